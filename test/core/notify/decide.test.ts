import { describe, expect, test } from 'vitest';
import { decide, decideRecord, type DecideContext } from '../../../src/core/notify/decide.ts';
import { notify, NO_NOTIFICATIONS, type NotifyContext, type NotifyInput } from '../../../src/core/notify/policy.ts';
import type { Call } from '../../../src/shared/call.ts';
import type { CallKind, NotifyMoment, NotifyReason } from '../../../src/shared/notified.ts';
import { NOTIFY_ALL, ringingCall, SAMPLE_NOW as NOW } from '../../support/samples.ts';

const ALL = { internal: true, external: true, queue: true };
const ON: DecideContext = NOTIFY_ALL;

const call = (id: string, changes: Partial<Call> = {}): Call =>
  ringingCall(id, { other: { name: 'Anna Berg', number: '+12015550123' }, ...changes });

const announced: NotifyReason = { code: 'announced' };
const byPerson: NotifyReason = { code: 'announced', because: 'person' };
const byFavourite: NotifyReason = { code: 'announced', because: 'favourite' };
const paused: NotifyReason = { code: 'paused', until: NOW + 1 };

const rule = (calls: CallKind): NotifyReason => ({ code: 'rule', calls });
const COLLEAGUE: Partial<Call> = { other: { name: 'Bo Chen', number: '1002' } };
const OUTSIDE: Partial<Call> = { other: { name: '', number: '1002', external: true } };
const HIDDEN: Partial<Call> = { other: { name: '', number: 'anonymous' }, trunk: 'Main' };
const NAMELESS: Partial<Call> = { other: { name: '', number: '' } };

describe('decide', () => {
  test.each<[string, NotifyMoment, Partial<DecideContext>, Partial<Call>, NotifyReason]>([
    ['a call that rings', 'ringing', {}, {}, announced],
    ['a missed call', 'missed', {}, {}, announced],
    ['incoming off', 'ringing', { incoming: false }, {}, { code: 'incoming-off' }],
    ['incoming off, missed', 'missed', { incoming: false }, {}, announced],
    ['missed off', 'missed', { missed: false }, {}, { code: 'missed-off' }],
    ['missed off, rings', 'ringing', { missed: false }, {}, announced],
    ['a pause', 'ringing', { pausedUntil: NOW + 1 }, {}, paused],
    ['a pause, missed', 'missed', { pausedUntil: NOW + 1, away: true }, {}, paused],
    ['a pause that has ended', 'ringing', { pausedUntil: NOW }, {}, announced],
    ['a pause, incoming off', 'ringing', { pausedUntil: NOW + 1, incoming: false }, {}, { code: 'incoming-off' }],
    ['away, missed', 'missed', { away: true }, {}, { code: 'away' }],
    // A screen can be locked in front of a user who is there.
    ['away, rings', 'ringing', { away: true }, {}, announced],
    ['quiet hours', 'ringing', { quietUntil: NOW + 1 }, {}, { code: 'quiet-hours', until: NOW + 1 }],
    ['quiet hours, missed', 'missed', { quietUntil: NOW + 1 }, {}, { code: 'quiet-hours', until: NOW + 1 }],
    ['quiet hours, a favourite', 'ringing', { quietUntil: NOW + 1, isExempt: () => true }, {}, byFavourite],
    ['a pause, a favourite', 'ringing', { pausedUntil: NOW + 1, isExempt: () => true }, {}, paused],
    ['never this person', 'ringing', { ruleFor: () => 'never' }, {}, { code: 'person' }],
    ['never this person, missed', 'missed', { ruleFor: () => 'never', away: true }, {}, { code: 'person' }],
    [
      'never this person, a favourite',
      'ringing',
      { ruleFor: () => 'never', isExempt: () => true },
      {},
      { code: 'person' },
    ],
    [
      'never this person, incoming off',
      'ringing',
      { ruleFor: () => 'never', incoming: false },
      {},
      { code: 'incoming-off' },
    ],
    ['always this person', 'ringing', { ruleFor: () => 'always' }, {}, announced],
    ['always this person, incoming off', 'ringing', { ruleFor: () => 'always', incoming: false }, {}, byPerson],
    ['always this person, in quiet hours', 'ringing', { ruleFor: () => 'always', quietUntil: NOW + 1 }, {}, byPerson],
    ['always this person, paused', 'ringing', { ruleFor: () => 'always', pausedUntil: NOW + 1 }, {}, paused],
    [
      'always this person, away',
      'missed',
      { ruleFor: () => 'always', quietUntil: NOW + 1, away: true },
      {},
      { code: 'away' },
    ],
    ['this person without a sound', 'ringing', { ruleFor: () => 'silent' }, {}, announced],
    ['no internal calls', 'ringing', { calls: { ...ALL, internal: false } }, COLLEAGUE, rule('internal')],
    ['no internal calls, missed', 'missed', { calls: { ...ALL, internal: false } }, COLLEAGUE, rule('internal')],
    ['no internal calls, external', 'ringing', { calls: { ...ALL, internal: false } }, {}, announced],
    ['no external calls', 'ringing', { calls: { ...ALL, external: false } }, {}, rule('external')],
    ['no external calls, by trunk', 'ringing', { calls: { ...ALL, external: false } }, HIDDEN, rule('external')],
    [
      'no external calls, from outside with the number of an extension',
      'ringing',
      { calls: { ...ALL, external: false } },
      OUTSIDE,
      rule('external'),
    ],
    [
      'no internal calls, an extension as long as mine',
      'ringing',
      { calls: { ...ALL, internal: false }, extension: '1000001' },
      { other: { name: '', number: '1000002' } },
      rule('internal'),
    ],
    [
      'no internal calls, longer than my extension',
      'ringing',
      { calls: { ...ALL, internal: false } },
      { other: { name: '', number: '1000002' } },
      announced,
    ],
    [
      'no internal calls, a withheld number',
      'ringing',
      { calls: { ...ALL, internal: false } },
      { other: { name: '', number: 'anonymous' } },
      announced,
    ],
    ['no external calls, unknown caller', 'ringing', { calls: { ...ALL, external: false } }, NAMELESS, announced],
    [
      'no external calls, a favourite',
      'missed',
      { calls: { ...ALL, external: false }, isExempt: () => true },
      {},
      byFavourite,
    ],
    ['no queues', 'ringing', { calls: { ...ALL, queue: false } }, { via: '8000' }, rule('queue')],
    ['no queues, direct', 'ringing', { calls: { ...ALL, queue: false } }, {}, announced],
    ['outgoing', 'ringing', {}, { direction: 'outgoing' }, { code: 'outgoing' }],
    ['placed here', 'ringing', { pausedUntil: NOW + 1 }, { placedHere: true }, { code: 'placed-here' }],
  ])('%s', (_what, moment, context, more, reason) => {
    expect(decide(moment, call('1', more), { ...ON, ...context }, NOW)).toEqual(reason);
  });

  test('a call that only a record reports is explained by when it took place', () => {
    const absence = { startedAt: NOW, sleeps: [{ from: NOW + 100, until: NOW + 200 }] };
    expect(decideRecord(NOW - 1, absence)).toEqual({ code: 'before-start' });
    expect(decideRecord(NOW + 150, absence)).toEqual({ code: 'slept' });
    expect(decideRecord(NOW + 250, absence)).toEqual({ code: 'record-only' });
  });
});

const forMe = (one: Call): NotifyInput => ({ type: 'for-me', call: one, transferred: false });

/** The final reasons, by id and moment. */
function reasonsOf(inputs: NotifyInput[], context: NotifyContext = NOTIFY_ALL): Record<string, string> {
  const [, , decisions] = notify(NO_NOTIFICATIONS, inputs, context, NOW);
  return Object.fromEntries(decisions.map(({ call: { id }, moment, reason }) => [`${id} ${moment}`, reason.code]));
}

describe('the decisions of the policy', () => {
  test('agree with the notifications on the screen', () => {
    expect(reasonsOf([forMe(call('1')), { type: 'missed', call: call('1'), at: NOW }])).toEqual({
      '1 ringing': 'announced',
      '1 missed': 'announced',
    });
    const [, outputs, decisions] = notify(
      NO_NOTIFICATIONS,
      [forMe(call('1'))],
      { ...NOTIFY_ALL, incoming: false },
      NOW,
    );
    expect(outputs).toEqual([]);
    expect(decisions).toMatchObject([{ reason: { code: 'incoming-off' }, key: null }]);
  });

  test('name the summary for every call of a storm, the first ones included', () => {
    const storm = ['1', '2', '3', '4', '5'];
    expect(reasonsOf(storm.map((id) => forMe(call(id))))).toEqual(
      Object.fromEntries(storm.map((id) => [`${id} ringing`, 'summed-up'])),
    );
    expect(reasonsOf(storm.map((id) => ({ type: 'missed', call: call(id), at: NOW })))).toEqual(
      Object.fromEntries(storm.map((id) => [`${id} missed`, 'summed-up'])),
    );
  });

  test.each<[string, Partial<Call>, string]>([
    ["a colleague's call", { mine: false }, 'not-mine'],
    ['a call that I dialled', { direction: 'outgoing' }, 'outgoing'],
    ['a call placed here', { direction: 'outgoing', placedHere: true }, 'placed-here'],
    ['a call that was answered at once', { state: 'talking' }, 'not-seen-ringing'],
  ])('%s that appears', (_what, more, code) => {
    expect(reasonsOf([{ type: 'appeared', call: call('1', more) }])).toEqual({ '1 ringing': code });
  });

  test('a call that the history adds', () => {
    const recorded = { type: 'recorded', call: call('1'), at: NOW, outcome: 'connected', seconds: 5 } as const;
    expect(reasonsOf([recorded])).toEqual({ '1 ringing': 'record-only' });
  });

  test('a ring that gets its session keeps its reason under the new id', () => {
    const [state] = notify(NO_NOTIFICATIONS, [forMe(call('nameless'))], NOTIFY_ALL, NOW);
    const [, , decisions] = notify(
      state,
      [{ type: 'for-me', call: call('7'), transferred: false, insteadOf: 'nameless' }],
      { ...NOTIFY_ALL, incoming: false },
      NOW,
    );
    expect(decisions).toMatchObject([
      { call: { id: '7' }, reason: announced, insteadOf: 'nameless', key: 'call:nameless' },
    ]);
  });

  test.each<[string, Partial<NotifyContext>, string]>([
    ['a kind of call of which the user is not notified', { calls: { ...ALL, internal: false } }, 'rule'],
    [
      'a person of whom the user is never notified',
      { ruleFor: ({ number }) => (number === '1002' ? 'never' : null) },
      'person',
    ],
  ])('a ring that turns out to be %s is taken off the screen', (_what, more, code) => {
    const context = { ...NOTIFY_ALL, ...more };
    const [state] = notify(NO_NOTIFICATIONS, [forMe(call('1', NAMELESS))], context, NOW);
    const known: NotifyInput[] = [
      { type: 'changed', call: call('1', COLLEAGUE) },
      { type: 'for-me', call: call('7', COLLEAGUE), transferred: false, insteadOf: '1' },
    ];
    for (const input of known) {
      const [after, outputs, decisions] = notify(state, [input], context, NOW);
      expect([outputs, after.ringing.size]).toEqual([[{ type: 'close', key: 'call:1' }], 0]);
      expect(decisions).toMatchObject([{ reason: { code }, key: null }]);
    }
  });

  test('a call that is announced stays on the screen when quiet hours begin', () => {
    const [state] = notify(NO_NOTIFICATIONS, [forMe(call('1', NAMELESS))], NOTIFY_ALL, NOW);
    const context = { ...NOTIFY_ALL, quietUntil: NOW + 1, pausedUntil: NOW + 1 };
    const [, outputs] = notify(state, [{ type: 'changed', call: call('1', COLLEAGUE) }], context, NOW);
    expect(outputs).toMatchObject([{ type: 'show', key: 'call:1' }]);
  });

  test('name each call of a batch of ten thousand once, and the first ones again with the summary', () => {
    const inputs = Array.from({ length: 10_000 }, (_none, index) => forMe(call(String(index))));
    expect(notify(NO_NOTIFICATIONS, inputs, NOTIFY_ALL, NOW)[2]).toHaveLength(10_003);
  });
});
