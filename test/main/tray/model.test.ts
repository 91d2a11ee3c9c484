import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src/core/settings/defaults.ts';
import { trayModel, type TrayModel } from '../../../src/main/tray/model.ts';
import type { TrayMenuItem } from '../../../src/main/tray/menu.ts';
import { german } from '../../../src/messages/de/main.ts';
import { ENGLISH, type MainMessages } from '../../../src/messages/main.ts';
import type { Call } from '../../../src/shared/call.ts';
import { call, NOW, placed, recent, stateWith } from './state-fixture.ts';

const clockTime = (ms: number): string => new Date(ms).toISOString().slice(11, 16);
const messages: MainMessages = { ...ENGLISH, format: { ...ENGLISH.format, clockTime } };
const model = (more: Parameters<typeof stateWith>[0] = {}, missed = 0): TrayModel =>
  trayModel({ state: stateWith(more), missed, messages, now: NOW });

/** A menu as text; ticks for checked lines, submenus are indented. */
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

/** The lines of the submenu "My calls", without what can be done with each call. */
const myCalls = (items: readonly TrayMenuItem[]): string[] =>
  under(items, 'My calls').filter((line) => !line.startsWith(' '));

function find(items: readonly TrayMenuItem[], label: string): TrayMenuItem | undefined {
  for (const item of items) {
    if (item.kind === 'separator') continue;
    if (item.label === label) return item;
    const inside = item.kind === 'submenu' ? find(item.items, label) : undefined;
    if (inside !== undefined) return inside;
  }
  return undefined;
}

describe('the menu', () => {
  const AFTER_CALLS = [
    '---',
    'Pause notifications',
    '  For 30 minutes',
    '  Until tomorrow',
    '  ---',
    '  (Resume notifications)',
    'Ignore links for 10 minutes',
    'Settings…',
    '---',
    'Quit Traydial',
  ];

  test('of a desk without calls', () => {
    expect(lines(model().menu)).toEqual([
      'Anna Berg · 1001 · Ready',
      '(No missed calls)',
      '(Not on a call)',
      '---',
      'Call…',
      'Call copied number',
      '(Redial)',
      '---',
      '(No favourites yet)',
      '(No recent calls)',
      ...AFTER_CALLS,
    ]);
  });

  test('of a signed-out user offers to sign in, and nothing to dial', () => {
    const { menu } = model(
      {
        account: { status: 'signed-out' },
        calls: { calls: [call('1')] },
        recents: [{ ...recent('1002'), direction: 'outgoing' }],
        favourites: [{ number: '1002', name: 'Bo', provenance: 'favourite' }],
        dial: { placed: placed('connected') },
      },
      2,
    );
    expect(lines(menu)).toEqual([
      'Not signed in',
      '(No missed calls)',
      '(Not on a call)',
      '---',
      'Sign in…',
      '(Call copied number)',
      '(Redial)',
      '---',
      '(No favourites yet)',
      '(No recent calls)',
      ...AFTER_CALLS,
    ]);
  });

  test('of a German desk', () => {
    const state = stateWith({ calls: { calls: [call('1')] } });
    const { menu, tooltip } = trayModel({ state, missed: 2, messages: german, now: NOW });
    expect(tooltip).toBe('Traydial: Caller 1 ruft an · 2 verpasste Anrufe');
    expect(lines(menu).slice(0, 12)).toEqual([
      'Anna Berg · 1001 · Caller 1 ruft an',
      'Verpasst (2)',
      'Meine Anrufe',
      '  Caller 1 – klingelt',
      '    Anzeigen',
      '    Ablehnen',
      '---',
      'Anrufen …',
      'Kopierte Nummer anrufen',
      '(Wahlwiederholung)',
      '---',
      '(Noch keine Favoriten)',
    ]);
  });

  test('counts the missed calls, and shows them', () => {
    expect(model({}, 2).menu[1]).toEqual({ kind: 'item', label: 'Missed (2)', action: { type: 'missed' } });
  });

  test('a long name of the account leaves the status visible', () => {
    const [line] = lines(model({ account: { displayName: 'N'.repeat(100) } }).menu);
    expect(line).toMatch(/^N+… · Ready$/);
    expect(line).toHaveLength(60);
  });

  test('keeps every line in its place when calls and account change', () => {
    // A line with nothing to do has other words.
    const places = (...more: Parameters<typeof model>): string[] =>
      model(...more).menu.map((item) =>
        item.kind === 'separator'
          ? '---'
          : (/^(?:Call|Sign|Redial|Pause|Ignore|Settings|Quit)/.exec(item.label)?.[0] ?? 'other'),
      );
    const [, , ...quiet] = places();
    const busy = {
      calls: { calls: [call('1'), call('2', { mine: false })] },
      recents: [{ ...recent('1002'), direction: 'outgoing' as const }],
      favourites: [{ number: '1002', name: 'Bo', provenance: 'favourite' as const }],
    };
    expect(places(busy, 3).slice(2)).toEqual(quiet);
    const signedOut = places({ account: { status: 'signed-out' } }).slice(2);
    expect(signedOut).toEqual(quiet.with(2, 'Sign'));
  });

  test('lists my calls, at most eight, and none of colleagues', () => {
    const mine = Array.from({ length: 10 }, (_, index) => call(`m${index}`));
    const { menu } = model({ calls: { calls: [call('c', { mine: false }), ...mine] } });
    expect(myCalls(menu)).toEqual([...mine.slice(0, 8).map(({ id }) => `Caller ${id} – ringing`), '2 more…']);
    expect(JSON.stringify(menu)).not.toContain('Caller c');
  });

  test('ends my calls in two clicks; a call that rings for me is declined', () => {
    const { menu } = model({ calls: { calls: [call('1'), call('2', { state: 'talking' })] } });
    expect(under(menu, 'My calls')).toEqual([
      'Caller 1 – ringing',
      '  Show',
      '  Decline',
      'Caller 2 – talking',
      '  Show',
      '  Hang up',
    ]);
    expect(find(menu, 'Decline')).toMatchObject({ action: { type: 'hang-up', call: '1' } });
    expect(find(menu, 'Hang up')).toMatchObject({ action: { type: 'hang-up', call: '2' } });
  });

  test('ends a placed call that the PBX does not list (yet), and lists it once', () => {
    const dial = { placed: placed('phone-ringing') };
    const { menu } = model({ dial });
    expect(under(menu, 'My calls')).toEqual(['+1 201 555 0123 – calling', '  Show', '  Hang up']);
    expect(find(menu, 'Hang up')).toMatchObject({ action: { type: 'hang-up', call: '9' } });
    const listed = model({ dial, calls: { calls: [call('9', { placedHere: true })] } });
    expect(under(listed.menu, 'My calls')).toEqual(['Caller 9 – ringing', '  Show', '  Hang up']);
    expect(under(model({ dial: { placed: placed('ended') } }).menu, 'My calls')).toEqual([]);
  });

  test('stays the same when calls of colleagues change', () => {
    const { menu } = model({ calls: { calls: [call('c', { mine: false })], more: { mine: 0, others: 9_897 } } });
    expect(menu).toEqual(model().menu);
  });

  test('counts my calls that are not among the eight listed', () => {
    const calls = { calls: [call('1'), call('2')], more: { mine: 3, others: 9_897 } };
    const { menu, title, tooltip } = model({ calls });
    expect(myCalls(menu).at(-1)).toBe('3 more…');
    expect([title, tooltip]).toEqual(['5', 'Traydial: More than 2 calls are ringing']);
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
    expect(myCalls(menu)).toEqual(['030 901820 – ringing', '+44 20 7946 0018 – talking']);
    expect(find(menu, '+1 201 555 0123')).toMatchObject({ action: { type: 'dial-number', number: '+12015550123' } });
  });

  test('offers recent numbers once each, at most five, and asks to dial', () => {
    const recents = [
      recent('+12015550123', 'Anna'),
      recent('+12015550123'),
      ...'123456789'.split('').map((n) => recent(n)),
    ];
    const { menu } = model({ recents });
    expect(under(menu, 'Recent')).toEqual(['Anna – +1 201 555 0123', ...'1234'.split(''), '---', 'All calls…']);
    expect(find(menu, 'Anna – +1 201 555 0123')).toMatchObject({
      action: { type: 'dial-number', number: '+12015550123' },
    });
  });

  test('a number is listed once, however it was written', () => {
    const recents = [recent('0012015550123', 'Grace'), recent('+12015550123'), recent('12015550123'), recent('1002')];
    expect(under(model({ recents }).menu, 'Recent')).toEqual([expect.any(String), '1002', '---', 'All calls…']);
  });

  test('lists a caller from outside and the colleague with the same number separately, and dials each as what they are', () => {
    const outside = { ...recent('1002', 'Somebody'), external: true, claimed: true } as const;
    const { menu } = model({
      recents: [outside, recent('1002', 'Bo')],
      favourites: [{ number: '1004', name: 'Ann', provenance: 'caller', external: true }],
    });
    const action = { type: 'dial-number', number: '1002' };
    expect(find(menu, '1002')).toMatchObject({ action: { ...action, external: true } });
    expect(find(menu, 'Bo – 1002')).toMatchObject({ action: { ...action, external: false } });
    expect(find(menu, 'Ann – 1004')).toMatchObject({ action: { external: true } });
  });

  test('dials what was copied, the last dialled number again, and favourites', () => {
    const { menu } = model({
      recents: [
        recent('1003', 'Cleo'),
        { ...recent('+12015550123', 'R&D'), direction: 'outgoing', provenance: 'dialled' },
      ],
      favourites: [{ number: '1002', name: 'Bo', provenance: 'favourite' }],
    });
    expect(lines(menu).slice(5, 12)).toEqual([
      'Call copied number',
      'Redial R&&D – +1 201 555 0123',
      '---',
      'Favourites',
      '  Bo – 1002',
      'Recent',
      '  Cleo – 1003',
    ]);
    expect(find(menu, 'Call copied number')).toMatchObject({ action: { type: 'dial-clipboard' } });
    expect(find(menu, 'Redial R&&D – +1 201 555 0123')).toMatchObject({
      action: { type: 'dial-number', number: '+12015550123', provenance: 'dialled' },
    });
    expect(find(menu, 'Bo – 1002')).toMatchObject({
      action: { type: 'dial-number', number: '1002', provenance: 'favourite' },
    });
  });

  test('a long name of a number to redial leaves the number visible', () => {
    const { menu } = model({ recents: [{ ...recent('+12015550123', 'N'.repeat(200)), direction: 'outgoing' }] });
    expect(lines(menu)[6]).toMatch(/^Redial N+… – \+1 201 555 0123$/);
    expect(lines(menu)[6]?.length).toBeLessThanOrEqual(60);
  });

  test('ticks that links are ignored, and until when', () => {
    const { menu } = model({ dial: { ignoredUntil: NOW + 10 * 60_000 } });
    expect(lines(menu)).toContain('✓ Links ignored until 09:10');
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
  ] as const)('ticks the current pause: %s', ([, pausedUntil, expected]) => {
    const shown = lines(model({ desktop: { pausedUntil } }).menu);
    expect(shown.slice(11, 11 + expected.length)).toEqual(expected);
  });

  test('shows hostile names as text: "&" is not an access key, and cutting keeps the state', () => {
    const { menu } = model({
      calls: {
        calls: [
          call('1', { other: { name: 'R&D &Help', number: '1' } }),
          call('2', { other: { name: `${'N'.repeat(1024)}\t\n`, number: '2' } }),
          call('3', { other: { name: '\u202e\u200b', number: '' } }),
        ],
      },
    });
    const shown = myCalls(menu);
    expect(shown).toEqual(['R&&D &&Help – ringing', `${'N'.repeat(49)}… – ringing`, 'Unknown caller – ringing']);
    expect(shown[1]).toHaveLength(60);
  });

  test('assigns an action to every entry', () => {
    const { menu } = model({ desktop: { pausedUntil: NOW + 1 } });
    const actions = [
      'Anna Berg · 1001 · Ready',
      'Call…',
      'Settings…',
      'Quit Traydial',
      'Until tomorrow',
      'Resume notifications',
    ];
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
