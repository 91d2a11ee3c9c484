import { describe, expect, test } from 'vitest';
import { trayModel, type TrayModel } from '../../../src/main/tray/model.ts';
import { ENGLISH } from '../../../src/messages/main.ts';
import { appError } from '../../../src/shared/errors.ts';
import { call, NOW, placed, stale, stateWith } from './state-fixture.ts';

const model = (more: Parameters<typeof stateWith>[0] = {}): TrayModel =>
  trayModel({ state: stateWith(more), missed: 0, messages: ENGLISH, now: NOW });

describe('the icon and its tooltip', () => {
  test.for([
    ['nothing going on', {}, 'idle', 'Traydial: Ready'],
    ['the demo PBX', { account: { demo: true } }, 'idle', 'Traydial: Ready (demo PBX)'],
    ['a call for me', { calls: { calls: [call('1')] } }, 'ringing', 'Traydial: Caller 1 is calling'],
    ['two calls for me', { calls: { calls: [call('1'), call('2')] } }, 'ringing', 'Traydial: 2 calls are ringing'],
    ['my call', { calls: { calls: [call('1', { state: 'talking' })] } }, 'active', 'Traydial: Talking to Caller 1'],
    [
      'my call of unknown state',
      { calls: { calls: [call('1', { state: 'unknown' })] } },
      'active',
      'Traydial: In a call with Caller 1',
    ],
    ['a call of colleagues', { calls: { calls: [call('1', { mine: false })] } }, 'idle', 'Traydial: Ready'],
    [
      'a call that I dial, which rings my own phone',
      { dial: { placed: placed('phone-ringing') }, calls: { calls: [call('1', { placedHere: true })] } },
      'active',
      'Traydial: Pick up your phone to call +1 201 555 0123',
    ],
    ['a call that I dialled and that ended', { dial: { placed: placed('ended') } }, 'idle', 'Traydial: Ready'],
    [
      'a PBX that did not answer for half a minute',
      { calls: { calls: [call('1', { state: 'talking' })], list: stale(NOW - 30_000) } },
      'attention',
      'Traydial: PBX not responding, retrying',
    ],
    ['a PBX that missed one poll', { calls: { list: stale(NOW - 5_000) } }, 'idle', 'Traydial: Ready'],
    [
      'a PBX whose certificate was renewed a moment ago',
      { calls: { list: { ...stale(NOW - 1_000), error: appError('tls-changed') } } },
      'attention',
      'Traydial: PBX certificate not trusted – click for details',
    ],
    [
      'a PBX that never answered',
      { calls: { list: stale(null) } },
      'attention',
      'Traydial: PBX not responding, retrying',
    ],
    [
      'calls that may not be listed',
      { calls: { list: { status: 'forbidden', error: appError('list-forbidden') } } },
      'idle',
      'Traydial: Ready (call list unavailable)',
    ],
    ['a user who signed out', { account: { status: 'signed-out' } }, 'idle', 'Traydial: Not signed in'],
    [
      'a sign-in that the PBX ended',
      { account: { status: 'signed-out', reason: appError('session-expired') } },
      'attention',
      'Traydial: Signed out – click for details',
    ],
    ['a pause', { desktop: { pausedUntil: NOW + 1 } }, 'idle', 'Traydial: Ready (notifications paused)'],
    ['a pause that is over', { desktop: { pausedUntil: NOW } }, 'idle', 'Traydial: Ready'],
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
