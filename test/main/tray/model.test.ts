import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src/core/settings/defaults.ts';
import { trayModel, type TrayModel } from '../../../src/main/tray/model.ts';
import type { TrayMenuItem } from '../../../src/main/tray/menu.ts';
import type { Call } from '../../../src/shared/call.ts';
import { appError } from '../../../src/shared/errors.ts';
import { call, NOW, placed, recent, stale, stateWith } from './state-fixture.ts';

const formatTime = (ms: number): string => new Date(ms).toISOString().slice(11, 16);
const model = (...more: Parameters<typeof stateWith>): TrayModel => trayModel(stateWith(...more), NOW, formatTime);

/** A menu as a person reads it; a tick for what is checked, indented what opens to the side. */
function lines(items: readonly TrayMenuItem[]): string[] {
  return items.flatMap((item) => {
    if (item.kind === 'separator') return ['---'];
    if (item.kind === 'submenu') return [item.label, ...lines(item.items).map((line) => `  ${line}`)];
    if (item.kind === 'disabled') return [`(${item.label})`];
    return [item.kind === 'check' && item.checked ? `✓ ${item.label}` : item.label];
  });
}

/** The lines of one submenu. */
function under(items: readonly TrayMenuItem[], label: string): string[] {
  const item = find(items, label);
  return item?.kind === 'submenu' ? lines(item.items) : [];
}

function find(items: readonly TrayMenuItem[], label: string): TrayMenuItem | undefined {
  for (const item of items) {
    if (item.kind === 'separator') continue;
    if (item.label === label) return item;
    const inside = item.kind === 'submenu' ? find(item.items, label) : undefined;
    if (inside !== undefined) return inside;
  }
  return undefined;
}

describe('the icon and its tooltip', () => {
  test.for([
    ['nothing going on', {}, 'idle', 'Traydial: ready'],
    ['the demo PBX', { account: { demo: true } }, 'idle', 'Traydial: ready (demo PBX)'],
    ['a call for me', { calls: { calls: [call('1')] } }, 'ringing', 'Traydial: Caller 1 is calling'],
    ['two calls for me', { calls: { calls: [call('1'), call('2')] } }, 'ringing', 'Traydial: 2 calls are ringing'],
    ['my call', { calls: { calls: [call('1', { state: 'talking' })] } }, 'active', 'Traydial: talking to Caller 1'],
    [
      'my call of unknown state',
      { calls: { calls: [call('1', { state: 'unknown' })] } },
      'active',
      'Traydial: in a call with Caller 1',
    ],
    ['a call of colleagues', { calls: { calls: [call('1', { mine: false })] } }, 'idle', 'Traydial: ready'],
    [
      'a call that I dial, which rings my own phone',
      { dial: { placed: placed('phone-ringing') }, calls: { calls: [call('1', { placedHere: true })] } },
      'active',
      'Traydial: pick up your phone to call +1 201 555 0123',
    ],
    ['a call that I dialled and that ended', { dial: { placed: placed('ended') } }, 'idle', 'Traydial: ready'],
    [
      'a PBX that did not answer for half a minute',
      { calls: { calls: [call('1', { state: 'talking' })], link: stale(NOW - 30_000) } },
      'attention',
      'Traydial: no answer from the PBX. Trying again',
    ],
    ['a PBX that missed one look', { calls: { link: stale(NOW - 5_000) } }, 'idle', 'Traydial: ready'],
    [
      'a PBX whose certificate was renewed a moment ago',
      { calls: { link: { ...stale(NOW - 1_000), error: appError('tls-changed') } } },
      'attention',
      'Traydial: the certificate of the PBX is not trusted. Open to see why',
    ],
    [
      'a PBX that never answered',
      { calls: { link: stale(null) } },
      'attention',
      'Traydial: no answer from the PBX. Trying again',
    ],
    [
      'calls that may not be listed',
      { calls: { link: { status: 'forbidden', error: appError('list-forbidden') } } },
      'idle',
      'Traydial: ready to dial. Calls are not listed',
    ],
    ['a user who signed out', { account: { status: 'signed-out' } }, 'idle', 'Traydial: not signed in'],
    [
      'a sign-in that the PBX ended',
      { account: { status: 'signed-out', reason: appError('session-expired') } },
      'attention',
      'Traydial: signed out. Open to see why',
    ],
    ['a pause', { desktop: { pausedUntil: NOW + 1 } }, 'idle', 'Traydial: ready (notifications paused)'],
    ['a pause that is over', { desktop: { pausedUntil: NOW } }, 'idle', 'Traydial: ready'],
  ] as [string, Parameters<typeof stateWith>[0], string, string][])('%s', ([, more, icon, tooltip]) => {
    expect(model(more)).toMatchObject({ icon, tooltip });
  });

  test('a hostile name makes the tooltip neither long nor misleading', () => {
    const other = { name: `\u202e${'N'.repeat(1024)}\n`, number: '1' };
    const { tooltip } = model({ calls: { calls: [call('1', { other })] } });
    expect(tooltip.length).toBeLessThanOrEqual(120);
    expect(tooltip).toMatch(/^Traydial: N+… is calling$/);
  });

  test('the number beside the icon counts my calls', () => {
    expect(model().title).toBe('');
    expect(model({ calls: { calls: [call('1'), call('2', { mine: false }), call('3')] } }).title).toBe('2');
  });
});

describe('the menu', () => {
  test('of a quiet desk', () => {
    expect(lines(model().menu)).toEqual([
      'Open Traydial',
      'Dial…',
      '---',
      'Dial from clipboard',
      '(Redial)',
      '(Favourites)',
      '(Recent numbers)',
      '(My calls)',
      '---',
      'Pause notifications',
      '  For 30 minutes',
      '  Until tomorrow',
      '  ---',
      '  (Resume notifications)',
      'Settings…',
      '---',
      'Quit Traydial',
    ]);
  });

  test('of a user who is not signed in offers to sign in, and nothing to dial', () => {
    const { menu } = model({
      account: { status: 'signed-out' },
      calls: { calls: [call('1')] },
      recents: [recent('1002')],
    });
    expect(lines(menu)).toEqual([
      'Open Traydial',
      'Sign in…',
      '---',
      'Pause notifications',
      '  For 30 minutes',
      '  Until tomorrow',
      '  ---',
      '  (Resume notifications)',
      'Settings…',
      '---',
      'Quit Traydial',
    ]);
  });

  test('keeps every line in its place when calls and recent numbers change', () => {
    const top = (...more: Parameters<typeof stateWith>): string[] =>
      model(...more).menu.map((item) => (item.kind === 'separator' ? '---' : (item.label.split(' ')[0] ?? '')));
    const busy = top({
      calls: { calls: [call('1'), call('2', { mine: false })] },
      recents: [{ ...recent('1002'), direction: 'outgoing' }],
      favourites: [{ number: '1002', name: 'Bo' }],
    });
    expect(busy).toEqual(top());
  });

  test('lists my calls, at most eight, and none of colleagues', () => {
    const mine = Array.from({ length: 10 }, (_, index) => call(`m${index}`));
    const { menu } = model({ calls: { calls: [call('c', { mine: false }), ...mine] } });
    expect(under(menu, 'My calls')).toEqual([...mine.slice(0, 8).map(({ id }) => `Caller ${id} – ringing`), '2 more…']);
    expect(JSON.stringify(menu)).not.toContain('Caller c');
  });

  test('does not change with the calls of colleagues', () => {
    const { menu } = model({ calls: { calls: [call('c', { mine: false })], more: { mine: 0, others: 9_897 } } });
    expect(menu).toEqual(model().menu);
  });

  test('also counts my calls beyond the eight that are listed', () => {
    const calls = { calls: [call('1'), call('2')], more: { mine: 3, others: 9_897 } };
    const { menu, title, tooltip } = model({ calls });
    expect(under(menu, 'My calls').at(-1)).toBe('3 more…');
    expect([title, tooltip]).toEqual(['5', 'Traydial: more than 2 calls are ringing']);
  });

  test('writes numbers as the window does: with their country code apart, national ones by the user’s country', () => {
    const nameless = (id: string, number: string, more: Partial<Call> = {}): Call =>
      call(id, { other: { name: '', number }, ...more });
    const germany = { ...DEFAULT_SETTINGS, dialling: { ...DEFAULT_SETTINGS.dialling, country: 'DE' } };
    const { menu, tooltip } = model({
      calls: { calls: [nameless('1', '030901820'), nameless('2', '+442079460018', { state: 'talking' })] },
      recents: [recent('+12015550123')],
      settings: germany,
    });
    expect(tooltip).toBe('Traydial: 030 901820 is calling');
    expect(under(menu, 'My calls')).toEqual(['030 901820 – ringing', '+44 20 7946 0018 – talking']);
    expect(find(menu, '+1 201 555 0123')).toMatchObject({ action: { type: 'dial-number', number: '+12015550123' } });
  });

  test('offers recent numbers once each, at most five, and asks to dial', () => {
    const recents = [
      recent('+12015550123', 'Anna'),
      recent('+12015550123'),
      ...'123456789'.split('').map((n) => recent(n)),
    ];
    const { menu } = model({ recents });
    expect(under(menu, 'Recent numbers')).toEqual(['Anna – +1 201 555 0123', ...'1234'.split('')]);
    expect(find(menu, 'Anna – +1 201 555 0123')).toMatchObject({
      action: { type: 'dial-number', number: '+12015550123' },
    });
  });

  test('a number is listed once, however it was written', () => {
    const recents = [recent('0012015550123', 'Grace'), recent('+12015550123'), recent('12015550123'), recent('1002')];
    expect(under(model({ recents }).menu, 'Recent numbers')).toHaveLength(2);
  });

  test('dials what was copied, the last dialled number again, and favourites', () => {
    const { menu } = model({
      recents: [recent('1003', 'Cleo'), { ...recent('+12015550123', 'R&D'), direction: 'outgoing' }],
      favourites: [{ number: '1002', name: 'Bo' }],
    });
    expect(lines(menu).slice(2, 9)).toEqual([
      '---',
      'Dial from clipboard',
      'Redial R&&D – +1 201 555 0123',
      'Favourites',
      '  Bo – 1002',
      'Recent numbers',
      '  Cleo – 1003',
    ]);
    expect(find(menu, 'Dial from clipboard')).toMatchObject({ action: { type: 'dial-clipboard' } });
    expect(find(menu, 'Redial R&&D – +1 201 555 0123')).toMatchObject({
      action: { type: 'redial', number: '+12015550123' },
    });
    expect(find(menu, 'Bo – 1002')).toMatchObject({ action: { type: 'dial-number', number: '1002' } });
  });

  test('a long name leaves the number of what is dialled again', () => {
    const { menu } = model({ recents: [{ ...recent('+12015550123', 'N'.repeat(200)), direction: 'outgoing' }] });
    expect(lines(menu)[4]).toMatch(/^Redial N+… – \+1 201 555 0123$/);
    expect(lines(menu)[4]?.length).toBeLessThanOrEqual(60);
  });

  test.for([
    [
      'no pause',
      null,
      ['Pause notifications', '  For 30 minutes', '  Until tomorrow', '  ---', '  (Resume notifications)'],
    ],
    [
      'half an hour',
      NOW + 30 * 60_000,
      ['Notifications paused until 09:30', '  ✓ For 30 minutes', '  Until tomorrow', '  ---', '  Resume notifications'],
    ],
    [
      'until tomorrow',
      NOW + 15 * 3_600_000,
      ['Notifications paused until 00:00', '  For 30 minutes', '  ✓ Until tomorrow', '  ---', '  Resume notifications'],
    ],
  ] as const)('ticks the pause that is on: %s', ([, pausedUntil, expected]) => {
    const shown = lines(model({ desktop: { pausedUntil } }).menu);
    expect(shown.slice(9, 9 + expected.length)).toEqual(expected);
  });

  test('shows hostile names as text: "&" is no shortcut, and the state survives the cut', () => {
    const { menu } = model({
      calls: {
        calls: [
          call('1', { other: { name: 'R&D &Help', number: '1' } }),
          call('2', { other: { name: `${'N'.repeat(1024)}\t\n`, number: '2' } }),
          call('3', { other: { name: '\u202e\u200b', number: '' } }),
        ],
      },
    });
    const shown = under(menu, 'My calls');
    expect(shown).toEqual(['R&&D &&Help – ringing', `${'N'.repeat(49)}… – ringing`, 'Unknown caller – ringing']);
    expect(shown[1]).toHaveLength(60);
  });

  test('every entry says what it asks for', () => {
    const { menu } = model({ desktop: { pausedUntil: NOW + 1 } });
    const actions = ['Open Traydial', 'Dial…', 'Settings…', 'Quit Traydial', 'Until tomorrow', 'Resume notifications'];
    expect(
      actions.map((label) => find(menu, label)).map((item) => item !== undefined && 'action' in item && item.action),
    ).toEqual([
      { type: 'open' },
      { type: 'dial' },
      { type: 'settings' },
      { type: 'quit' },
      { type: 'pause', until: 'tomorrow' },
      { type: 'pause', until: null },
    ]);
  });
});
