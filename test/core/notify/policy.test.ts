import { describe, expect, test } from 'vitest';
import type { NotifyOutput } from '../../../src/core/notify/planned-notification.ts';
import {
  notify,
  NO_NOTIFICATIONS,
  type NotifyContext,
  type NotifyInput,
  type NotifyState,
} from '../../../src/core/notify/policy.ts';
import { desktopNotification } from '../../../src/main/notifications/notification-text.ts';
import { ENGLISH } from '../../../src/messages/main.ts';
import type { Call, CallEvent } from '../../../src/shared/call.ts';
import { NOTIFY_ALL, ringingCall as call, SAMPLE_NOW as NOW } from '../../support/samples.ts';

const DEFAULTS: NotifyContext = {
  ...NOTIFY_ALL,
  formatNumber: (number) => (number === '+12015550123' ? '+1 201 555 0123' : number),
};

/** Plays a story and records which notifications are on the screen, as a desktop would. */
class Desktop {
  screen = new Map<string, string>();
  outputs: NotifyOutput[] = [];
  now = NOW;
  #state: NotifyState = NO_NOTIFICATIONS;
  readonly #context: NotifyContext;

  constructor(context: Partial<NotifyContext> = {}) {
    this.#context = { ...DEFAULTS, ...context };
  }

  sees(...inputs: NotifyInput[]): this {
    [this.#state, this.outputs] = notify(this.#state, inputs, this.#context, this.now);
    for (const output of this.outputs) {
      if (output.type === 'close') this.screen.delete(output.key);
      else {
        const { title, body } = desktopNotification(output, ENGLISH);
        this.screen.set(output.key, `${title} / ${body}`);
      }
    }
    return this;
  }

  later(ms: number): this {
    this.now += ms;
    return this;
  }

  get texts(): string[] {
    return [...this.screen.values()];
  }
}

const forMe = (id: string, more: Partial<Call> = {}): CallEvent => ({
  type: 'for-me',
  call: call(id, more),
  transferred: false,
});
const answered = (id: string): CallEvent => ({ type: 'answered', call: call(id) });
const ended = (id: string): CallEvent => ({ type: 'ended', call: call(id), at: NOW });
const missed = (id: string, more: Partial<Call> = {}): CallEvent => ({ type: 'missed', call: call(id, more), at: NOW });

describe('one call', () => {
  test("announces a call for me with the caller's name in the title, and what was called and the number in the body, without the trunk", () => {
    const desktop = new Desktop().sees(
      forMe('7', {
        other: { name: 'Anna Berg', number: '+12015550123' },
        trunk: 'Telekom',
        callee: { name: '', number: '4000' },
      }),
    );
    expect(desktop.texts).toEqual(['Anna Berg / Incoming call · to 4000 · +1 201 555 0123']);
    expect(desktop.outputs).toEqual([
      {
        type: 'show',
        key: 'call:7',
        content: {
          kind: 'incoming',
          other: { name: 'Anna Berg', number: '+1 201 555 0123', company: '', several: 0, claimed: false },
          called: '4000',
          through: '',
          transferred: false,
          by: '',
        },
        urgency: 'normal',
        stays: true,
        call: { id: '7', at: NOW },
      },
    ]);
  });

  test('puts the number into the title if there is no name, and "Unknown caller" if there is neither', () => {
    const desktop = new Desktop().sees(
      forMe('1', { other: { name: '', number: '+12015550123' } }),
      forMe('2', { other: { name: '+12015550123', number: '+12015550123' } }),
      forMe('3', { other: { name: '\u200b', number: '' } }),
    );
    expect(desktop.texts).toEqual([
      '+1 201 555 0123 / Incoming call',
      '+1 201 555 0123 / Incoming call',
      'Unknown caller / Incoming call',
    ]);
  });

  test('shows "Anonymous" once if both the name and the number are that word', () => {
    const other = { name: 'Anonymous', number: 'anonymous' };
    const desktop = new Desktop().sees(forMe('1', { other, trunk: 'Hudson SIP' }));
    expect(desktop.texts).toEqual(['Anonymous / Incoming call']);
    desktop.sees(missed('1', { other, trunk: 'Hudson SIP' }));
    expect(desktop.texts).toEqual(['Missed call: Anonymous / Click to view']);
  });

  test('stays on the screen while the call rings; a missed call does not stay', () => {
    const desktop = new Desktop().sees(forMe('1'));
    expect(desktop.outputs).toMatchObject([{ type: 'show', stays: true, urgency: 'normal' }]);
    desktop.sees(missed('1'));
    expect(desktop.outputs).toMatchObject([{ type: 'show', stays: false, urgency: 'low' }]);
    desktop.sees(forMe('2'), forMe('3'), forMe('4'), forMe('5'));
    expect(desktop.outputs.at(-1)).toMatchObject({ key: 'calls-waiting', stays: true });
  });

  test('does not announce the same call twice', () => {
    const desktop = new Desktop().sees(forMe('1'));
    expect(desktop.later(3_000).sees(forMe('1')).outputs).toEqual([]);
  });

  test('replaces the notification when the call is transferred or its name is found', () => {
    const desktop = new Desktop().sees(forMe('1', { other: { name: '', number: '+12015550123' } }));
    desktop.sees({ type: 'changed', call: call('1', { other: { name: 'Anna Berg', number: '+12015550123' } }) });
    expect(desktop.texts).toEqual(['Anna Berg / Incoming call · +1 201 555 0123']);
    desktop.sees({
      type: 'for-me',
      transferred: true,
      call: call('1', { other: { name: 'Anna Berg', number: '+12015550123' } }),
    });
    expect(desktop.texts).toEqual(['Anna Berg / Transferred to you · +1 201 555 0123']);
    desktop.sees({
      type: 'for-me',
      transferred: true,
      call: call('1', { other: { name: 'Anna Berg', number: '+12015550123' }, passedBy: 'Bo Chen' }),
    });
    expect(desktop.texts).toEqual(['Anna Berg / Transferred by Bo Chen · +1 201 555 0123']);
  });

  test('changes the notification of a ring that gets a name, instead of announcing it again', () => {
    const nameless = { name: '', number: '' };
    const desktop = new Desktop().sees(forMe('push:1', { other: nameless }));
    const named = call('7', { other: { name: 'Anna Berg', number: '+12015550123' } });
    desktop.sees({ type: 'for-me', call: named, transferred: false, insteadOf: 'push:1' });
    expect(desktop.outputs).toMatchObject([{ type: 'show', key: 'call:push:1', call: { id: '7' } }]);
    expect(desktop.texts).toEqual(['Anna Berg / Incoming call · +1 201 555 0123']);
    expect(desktop.sees(answered('7')).texts).toEqual([]);
    expect(desktop.outputs).toEqual([{ type: 'close', key: 'call:push:1' }]);
  });

  test('closes the notification when the call is answered or ends', () => {
    expect(new Desktop().sees(forMe('1')).sees(answered('1')).texts).toEqual([]);
    expect(new Desktop().sees(forMe('1')).sees(ended('1')).texts).toEqual([]);
  });

  test('closes the notification when the call moves on to somebody else without an answer', () => {
    const desktop = new Desktop().sees({ type: 'for-me', call: call('a'), transferred: false });
    expect(desktop.sees({ type: 'moved', call: call('a', { mine: false }) }).texts).toEqual([]);
  });

  test('does not announce a call that began and was answered between two polls', () => {
    expect(new Desktop().sees(forMe('1'), answered('1')).outputs).toEqual([]);
  });

  test.for([
    [[missed('1')], 'missed alone'],
    [[ended('1'), missed('1')], 'ended, then missed'],
    [[missed('1'), ended('1')], 'missed, then ended'],
  ] as const)('replaces the notification by "Missed call" (%s)', ([events]) => {
    const desktop = new Desktop().sees(forMe('1', { other: { name: 'Anna Berg', number: '+12015550123' } }));
    desktop.sees(...events);
    expect([...desktop.screen.keys()]).toEqual(['call:1']);
    expect(desktop.texts).toEqual(['Missed call: Caller 1 / +1 201 555 0123']);
  });

  test('announces a call again that comes back after it was answered', () => {
    const desktop = new Desktop().sees(forMe('1')).sees(answered('1')).later(60_000);
    desktop.sees({ type: 'for-me', call: call('1'), transferred: true });
    expect(desktop.texts).toEqual(['Caller 1 / Transferred to you · +1 201 555 0123']);
  });

  test('cuts a name of 1,024 characters and keeps the rest of the notification', () => {
    const desktop = new Desktop().sees(forMe('1', { other: { name: 'N'.repeat(1024), number: '+12015550123' } }));
    expect(desktop.texts).toEqual([`${'N'.repeat(79)}… / Incoming call · +1 201 555 0123`]);
  });
});

describe('nothing is announced', () => {
  test('for calls of colleagues', () => {
    expect(new Desktop().sees({ type: 'appeared', call: call('1', { mine: false }) }).texts).toEqual([]);
  });

  test('for outgoing calls and calls that were placed here', () => {
    const desktop = new Desktop().sees(forMe('1', { placedHere: true }), forMe('2', { direction: 'outgoing' }));
    expect(desktop.sees(missed('1', { placedHere: true })).texts).toEqual([]);
  });

  test('while paused, and again when the pause is over', () => {
    const desktop = new Desktop({ pausedUntil: NOW + 60_000 });
    expect(desktop.sees(forMe('1'), missed('2')).texts).toEqual([]);
    expect(desktop.later(60_000).sees(forMe('3')).texts).toHaveLength(1);
  });

  test('for kinds that are switched off', () => {
    expect(new Desktop({ incoming: false }).sees(forMe('1')).sees(missed('1')).texts).toEqual([
      'Missed call: Caller 1 / +1 201 555 0123',
    ]);
    expect(new Desktop({ missed: false }).sees(forMe('1')).sees(missed('1')).texts).toEqual([]);
  });
});

describe('a storm', () => {
  test('of three calls is three notifications', () => {
    expect(new Desktop().sees(forMe('1'), forMe('2'), forMe('3')).texts).toHaveLength(3);
  });

  test('becomes one summary with the fourth call, which takes the place of the others', () => {
    const desktop = new Desktop().sees(forMe('1'), forMe('2'), forMe('3')).later(4_000).sees(forMe('4'));
    expect(desktop.texts).toEqual(['4 calls ringing: Caller 1, Caller 2, Caller 3 and 1 more / Click to view']);
  });

  test('of calls that arrive at once shows only the summary', () => {
    const desktop = new Desktop().sees(...['1', '2', '3', '4', '5'].map((id) => forMe(id)));
    expect(desktop.outputs.map((output) => `${output.type} ${output.key}`)).toEqual(['show calls-waiting']);
  });

  test('of ten thousand calls at once is one summary, and so are their missed calls', () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => `${index}`);
    const desktop = new Desktop({ formatNumber: String }).sees(...ids.map((id) => forMe(id)));
    expect(desktop.outputs.map((output) => `${output.type} ${output.key}`)).toEqual(['show calls-waiting']);
    expect(desktop.texts[0]).toMatch(/^10,000 calls ringing: Caller 0, /);
    desktop.later(3_000).sees(...ids.flatMap((id) => [ended(id), missed(id)]));
    expect(desktop.texts).toEqual([expect.stringMatching(/^10,000 missed calls: Caller 0, /)]);
  });

  test('grows by replacement, also when the next call comes later', () => {
    const desktop = new Desktop().sees(...['1', '2', '3', '4'].map((id) => forMe(id)));
    desktop.later(30_000).sees(forMe('5'));
    expect(desktop.texts).toEqual(['5 calls ringing: Caller 1, Caller 2, Caller 3 and 2 more / Click to view']);
  });

  test('shrinks without a sound, and its summary is closed with the last call', () => {
    const desktop = new Desktop().sees(...['1', '2', '3', '4'].map((id) => forMe(id)));
    expect(desktop.sees(answered('1'), ended('2')).outputs).toEqual([]);
    desktop.sees(ended('3'), ended('4'));
    expect(desktop.texts).toEqual([]);
  });

  test('ends, and a later call has its own notification', () => {
    const desktop = new Desktop().sees(...['1', '2', '3', '4'].map((id) => forMe(id)));
    desktop.sees(...['1', '2', '3', '4'].map((id) => ended(id)));
    desktop.later(5_000).sees(forMe('5'));
    expect([...desktop.screen.keys()]).toEqual(['call:5']);
  });

  test('does not arise from calls that ring one after the other', () => {
    const desktop = new Desktop();
    for (const id of ['1', '2', '3', '4', '5', '6']) desktop.sees(forMe(id)).later(2_000);
    expect(desktop.screen.size).toBe(6);
  });

  test('of missed calls becomes one summary, too', () => {
    const desktop = new Desktop().sees(...['1', '2', '3', '4', '5'].map((id) => forMe(id)));
    desktop.later(20_000).sees(...['1', '2', '3', '4', '5'].map((id) => missed(id)));
    expect(desktop.texts).toEqual(['5 missed calls: Caller 1, Caller 2, Caller 3 and 2 more / Click to view']);
  });

  test('never hides that one more call was missed later', () => {
    const desktop = new Desktop().sees(...['1', '2', '3', '4'].map((id) => missed(id)));
    desktop.later(60_000).sees(missed('5'));
    expect(desktop.texts).toContain('Missed call: Caller 5 / +1 201 555 0123');
  });
});

test('signing out clears what rings and leaves missed calls', () => {
  const desktop = new Desktop().sees(forMe('1'), forMe('2'), missed('2')).sees({ type: 'clear' });
  expect(desktop.texts).toEqual(['Missed call: Caller 2 / +1 201 555 0123']);
});

test('keeps no state of calls that have ended', () => {
  let state = NO_NOTIFICATIONS;
  for (let index = 0; index < 1_000; index++) {
    const id = String(index);
    [state] = notify(state, [forMe(id), missed(id)], DEFAULTS, NOW + index * 1_000);
  }
  [state] = notify(state, [], DEFAULTS, NOW + 2_000_000);
  expect([state.ringing.size, state.missed.size, state.recent.length]).toEqual([0, 0, 0]);
});
