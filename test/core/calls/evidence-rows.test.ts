import { describe, expect, test } from 'vitest';
import type { PushEvent } from '../../../src/core/pbx/push/types.ts';
import type { PbxLeg } from '../../../src/core/pbx/types.ts';
import { began, over, phone, target } from './support/push.ts';
import { cdr, CUSTOMER, leg, NINE, session, talking } from './support/sessions.ts';
import { Tracking } from './support/tracking.ts';

// One test for each row of the table "A call" in docs/evidence.md and each source that proves it.

/** Push and the list work; the history is not read, so nothing waits for it. */
const desk = (): Tracking => new Tracking().withoutHistory().afterFirstPoll().withPush();
const pushed = (...events: PushEvent[]) => events;
const rings = pushed(began('a', CUSTOMER, '1001'), target('add', 'a', CUSTOMER, '1001'));
const ringing = pushed(...rings, target('ringing', 'a', CUSTOMER, '1001'));

/** The only call; undefined if there is none. */
const only = (from: Tracking) => {
  expect(from.calls.length).toBeLessThanOrEqual(1);
  return from.calls[0];
};

describe('My phone rings', () => {
  test.each<[string, (from: Tracking) => unknown, string]>([
    ['a step', (from) => from.push(...rings), CUSTOMER],
    ['a step that names me as the callee', (from) => from.push(began('a', CUSTOMER, '1001')), CUSTOMER],
    ['the list', (from) => from.poll(session('a', leg(CUSTOMER, '1001'))), CUSTOMER],
    ['the phone, which names no caller', (from) => from.push(phone('ringing')), ''],
    [
      'the status, which names no caller',
      (from) => from.apply({ type: 'status', status: { activity: 'ringing', pbxTime: NINE }, unannounced: false }),
      '',
    ],
  ])('by %s', (_source, says, caller) => {
    const from = desk();
    says(from);
    expect(only(from)).toMatchObject({ mine: true, state: 'ringing', other: { number: caller } });
    expect(from.events.map(({ type }) => type)).toContain('for-me');
  });
});

describe('A call really rang me, so that it can be missed', () => {
  const ends = (from: Tracking, more: Partial<PushEvent & { type: 'call-over' }> = {}) =>
    from.after(20).push(over('a', { callee: '1001', ...more }));
  test.each<[string, (from: Tracking) => unknown]>([
    ['the step "ringing"', (from) => (from.push(...ringing), ends(from))],
    ['the phone', (from) => (from.push(...rings, phone('ringing')), ends(from))],
    ['a talking time of 0', (from) => (from.poll(session('a', leg(CUSTOMER, '1001'))), from.after(20).poll())],
    [
      'a record of "noanswer"',
      (from) => (from.push(...rings), ends(from, { callStatus: 'noanswer', statusCode: 487 })),
    ],
  ])('by %s', (_source, says) => {
    const from = desk();
    says(from);
    expect(from.events.map(({ type }) => type)).toContain('missed');
  });

  test('otherwise it was refused before it rang', () => {
    const from = desk();
    from.push(...rings, target('fail', 'a', CUSTOMER, '1001'));
    expect(from.after(5).push(over('a', { callee: '1001', callStatus: 'fail', statusCode: 486 }))).not.toContain(
      'missed a',
    );
  });
});

describe('I picked up', () => {
  test.each<[string, (from: Tracking) => unknown]>([
    ['the step "answer"', (from) => from.push(target('answer', 'a', CUSTOMER, '1001'))],
    [
      'the phone, first ringing and then on a call',
      (from) => (from.push(phone('ringing')), from.push(phone('on-call'))),
    ],
    [
      'a talking time above 0',
      (from) => from.poll(session('a', talking(CUSTOMER, '1001', 1, { startedAt: NINE - 60_000 }))),
    ],
  ])('by %s', (_source, says) => {
    const from = desk();
    from.push(...ringing);
    from.after(3);
    says(from);
    expect(only(from)?.state).toBe('talking');
    expect(from.events.map(({ type }) => type)).toContain('answered');
  });

  test('otherwise it rings for five minutes at most', () => {
    const from = desk();
    from.push(...ringing);
    from.passSeconds(299);
    expect(only(from)?.state).toBe('ringing');
    from.passSeconds(1);
    expect(only(from)?.state).not.toBe('ringing');
  });
});

test('A talking time that has run since the session began proves no answer, unless this PBX counts from the answer', () => {
  const since = session('a', talking(CUSTOMER, '1001', 10));
  const unproven = desk().after(10);
  unproven.poll(since);
  expect(only(unproven)?.state).toBe('unknown');
  const proven = desk().after(10);
  proven.poll(session('b', leg('1002', '1003')));
  proven.poll(session('b', leg('1002', '1003')), since);
  expect(proven.calls.find(({ id }) => id === 'a')?.state).toBe('talking');
});

describe('A call that I placed', () => {
  const placed = (): Tracking => {
    const from = desk().placing('k', CUSTOMER);
    from.apply({ type: 'accepted', key: 'k', sessionId: 'a' });
    return from.after(2);
  };
  const callOf = (from: Tracking) => from.model.placedCalls.get('k')?.call;
  const lists =
    (...legs: PbxLeg[]) =>
    (from: Tracking) =>
      from.poll(session('a', ...legs));
  const up = talking(CUSTOMER, '1001', 1, { startedAt: NINE - 60_000 });

  test.each<[string, (from: Tracking) => unknown]>([
    ['a step', (from) => from.push(began('a', '1001', CUSTOMER), target('ringing', 'a', CUSTOMER, '1001'))],
    ['the list', lists(leg(CUSTOMER, '1001'))],
    ['the phone', (from) => from.push(phone('ringing'))],
  ])('rings my phone, by %s', (_source, says) => {
    const from = placed();
    expect(callOf(from)?.phoneRings).toBe(false);
    says(from);
    expect(callOf(from)).toMatchObject({ step: 'phone-ringing', phoneRings: true });
  });

  test.each<[string, (from: Tracking) => unknown]>([
    ['a leg beside my answered phone, in the list', lists(up, leg('1001', CUSTOMER))],
    [
      'the step "ringing" beside my answered phone',
      (from) => from.push(target('answer', 'a', CUSTOMER, '1001'), target('ringing', 'a', '1001', CUSTOMER)),
    ],
    ['my phone, first ringing and then on a call', (from) => from.push(phone('ringing'), phone('on-call'))],
  ])('rings the other side, by %s', (_source, says) => {
    const from = placed();
    says(from);
    expect(callOf(from)?.step).toBe('other-ringing');
  });

  test.each<[string, (from: Tracking) => unknown]>([
    ['the step "answer"', (from) => from.push(target('answer', 'a', '1001', CUSTOMER))],
    ['the list', lists(up, talking('1001', CUSTOMER, 1, { startedAt: NINE - 30_000 }))],
  ])('is connected, by %s', (_source, says) => {
    const from = placed();
    says(from);
    expect(callOf(from)?.step).toBe('connected');
  });

  test.each<[string, (from: Tracking) => unknown]>([
    ['a record', (from) => from.push(over('a'))],
    ['a list that does not show it any more', (from) => (lists(up)(from), from.after(5).poll())],
    [
      'GET /sessions/{id}',
      (from) => {
        lists(up)(from);
        from
          .after(5)
          .apply({ type: 'session', asOf: { seq: from.model.seq, at: from.elapsed }, id: 'a', session: null });
      },
    ],
    ['my idle phone, if nothing else shows it', (from) => (from.push(phone('ringing')), from.push(phone('idle')))],
  ])('is over, by %s', (_source, says) => {
    const from = placed();
    says(from);
    expect([callOf(from)?.step, from.calls]).toEqual(['ended', []]);
  });

  test.each<[string, (from: Tracking) => unknown, object]>([
    ['hanging up here', (from) => from.apply({ type: 'hung-up', key: 'k' }), { reason: 'hung-up-here', by: 'me' }],
    ['a record', (from) => from.push(over('a', { statusCode: 486 })), { reason: 'busy', by: 'other' }],
    [
      'the history',
      (from) => {
        from.poll();
        from.after(10).poll();
        from.apply({ type: 'record', key: 'k', record: { ...cdr({ statusCode: 603 }), callStatus: '', targets: [] } });
      },
      { reason: 'declined', by: 'other' },
    ],
    ['the last step that was seen', (from) => from.after(10).poll(), { reason: 'other-unanswered' }],
  ])('ended for a reason that is known from %s', (_source, says, end) => {
    const from = placed();
    lists(up, leg('1001', CUSTOMER))(from);
    says(from);
    expect(callOf(from)?.end).toMatchObject(end);
  });
});

describe('How long I talked is known', () => {
  const talked = (): Tracking => {
    const from = desk();
    from.push(...ringing);
    from.after(5).push(target('answer', 'a', CUSTOMER, '1001'));
    return from;
  };
  const seconds = (from: Tracking) =>
    from.events.flatMap((event) => (event.type === 'ended' ? [event.talk?.seconds] : []));

  test('from a record', () => {
    const from = talked().after(30);
    from.push(over('a', { answeredAt: NINE + 4_000, endedAt: NINE + 33_000 }));
    expect(seconds(from)).toEqual([29]);
  });

  test('from the answer and the end that were seen', () => {
    const from = talked().after(30);
    from.push(over('a'));
    expect(seconds(from)).toEqual([30]);
  });

  test('at least until the call was last seen, where its end was noticed late', () => {
    const from = new Tracking().withoutHistory().afterFirstPoll();
    from.poll(session('a', leg(CUSTOMER, '1001')));
    from.after(5).poll(session('a', talking(CUSTOMER, '1001', 1)));
    from.after(3_600).poll();
    expect(seconds(from)).toEqual([1]);
  });
});

describe('Somebody else answered', () => {
  const others = talking(CUSTOMER, '1002', 1, { startedAt: NINE - 60_000 });
  test.each<[string, (from: Tracking) => unknown]>([
    [
      'a step',
      (from) => {
        from.push(...ringing);
        from.after(5).push(target('answer', 'a', CUSTOMER, '1002'), target('fail', 'a', CUSTOMER, '1001'));
      },
    ],
    [
      'the list',
      (from) => {
        from.poll(session('a', leg(CUSTOMER, '1001'), leg(CUSTOMER, '1002')));
        from.after(5).poll(session('a', others));
      },
    ],
  ])('by %s', (_source, says) => {
    const from = desk();
    says(from);
    expect(from.after(20).push(over('a'))).toEqual(['ended a']);
  });
});

describe('A call was transferred to me', () => {
  test.each<[string, (from: Tracking) => unknown]>([
    [
      'the steps of a person’s phone before mine',
      (from) => {
        from.push(began('a', CUSTOMER, '1002'), target('ringing', 'a', CUSTOMER, '1002'));
        from.after(5).push(target('answer', 'a', CUSTOMER, '1002'));
        from.after(20).push(target('ringing', 'a', CUSTOMER, '1001'), target('end', 'a', CUSTOMER, '1002'));
      },
    ],
    [
      'a person’s leg in the list before mine',
      (from) => {
        from.poll(session('a', leg(CUSTOMER, '1002')));
        from.after(5).poll(session('a', talking(CUSTOMER, '1002', 1)));
        from.after(20).poll(session('a', leg(CUSTOMER, '1001')));
      },
    ],
  ])('by %s', (_source, says) => {
    const from = desk();
    says(from);
    expect(from.events.find(({ type }) => type === 'for-me')).toMatchObject({
      transferred: true,
      call: { passedBy: '1002' },
    });
  });

  test('otherwise it came through the queue that was called', () => {
    const from = desk();
    from.push(began('a', CUSTOMER, '8000'));
    from.after(9).push(target('ringing', 'a', CUSTOMER, '1001'));
    expect(from.events.find(({ type }) => type === 'for-me')).toMatchObject({ transferred: false, via: '8000' });
  });
});
