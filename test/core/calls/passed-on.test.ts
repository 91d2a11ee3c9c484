import { describe, expect, test } from 'vitest';
import type { PushEvent } from '../../../src/core/pbx/push/types.ts';
import { began, over, target } from './support/push.ts';
import { CUSTOMER, leg, NINE, session, talking } from './support/sessions.ts';
import { Tracking } from './support/tracking.ts';

// The rows about calls that were passed on in docs/evidence.md, one test for each source that proves them.

/** Push and the list work; the history is not read, so nothing waits for it. */
const desk = (): Tracking => new Tracking().unreadable().ready().listening();
const ringing: PushEvent[] = [
  began('a', CUSTOMER, '1001'),
  target('add', 'a', CUSTOMER, '1001'),
  target('ringing', 'a', CUSTOMER, '1001'),
];

describe('I passed a call on', () => {
  /** I answered after 5 s, and talk for 20 s. */
  const talk = (from: Tracking): Tracking => {
    from.push(...ringing);
    from.after(5).push(target('answer', 'a', CUSTOMER, '1001'));
    return from.after(20);
  };
  /** The same in the list alone. */
  const listed = (from: Tracking): Tracking => {
    from.poll(session('a', leg(CUSTOMER, '1001')));
    from.after(5).poll(session('a', talking(CUSTOMER, '1001', 1)));
    return from.after(20);
  };
  const at = (seconds: number): number => NINE + seconds * 1_000;
  const mine = { number: '1001', rangAt: at(0), answeredAt: at(5), endedAt: at(30) };
  const theirs = { number: '1002', rangAt: at(28), answeredAt: at(31), endedAt: at(90) };
  const passedTo = (from: Tracking) =>
    from.events.flatMap((event) => (event.type === 'ended' ? [event.talk?.passedTo] : []));

  test.each<[string, (from: Tracking) => unknown]>([
    [
      'the steps of a person’s phone that rang while I talked',
      (from) => {
        talk(from).push(target('ringing', 'a', CUSTOMER, '1002'));
        from.after(4).push(target('answer', 'a', CUSTOMER, '1002'), target('end', 'a', CUSTOMER, '1001'));
        from.after(30).push(over('a'));
      },
    ],
    [
      'the steps of a person’s phone that rang when I had left',
      (from) => {
        talk(from).push(target('end', 'a', CUSTOMER, '1001'));
        from.after(1).push(target('ringing', 'a', CUSTOMER, '1002'));
        from.after(4).push(target('answer', 'a', CUSTOMER, '1002'));
        from.after(30).push(over('a'));
      },
    ],
    [
      'a person’s leg in the list',
      (from) => {
        listed(from).poll(session('a', talking(CUSTOMER, '1001', 21), leg(CUSTOMER, '1002')));
        from.after(5).poll(session('a', talking(CUSTOMER, '1002', 1)));
        from.after(5).poll();
      },
    ],
    [
      'a record with a person’s phone that rang before it was answered',
      (from) => talk(from).push(over('a', { targets: [mine, theirs] })),
    ],
    [
      'a record that says of my phone that it transferred the call',
      (from) =>
        talk(from).push(
          over('a', {
            targets: [
              { ...mine, endReason: 'blind_transfer_complete' },
              { ...theirs, rangAt: null },
            ],
          }),
        ),
    ],
  ])('by %s', (_source, says) => {
    const from = desk();
    says(from);
    expect(passedTo(from)).toEqual(['1002']);
  });

  test.each<[string, (from: Tracking) => unknown]>([
    [
      'when the PBX connects a queue or a menu after me, which answers at once',
      (from) => {
        talk(from).push(target('end', 'a', CUSTOMER, '1001'), target('ringing', 'a', CUSTOMER, '8000'));
        from.push(target('answer', 'a', CUSTOMER, '8000'));
        const menu = { ...theirs, number: '8000', rangAt: at(30), answeredAt: at(30) };
        from.after(30).push(over('a', { targets: [mine, menu] }));
      },
    ],
    [
      'when the caller gets to somebody long after I left',
      (from) => {
        talk(from).push(target('end', 'a', CUSTOMER, '1001'));
        from.after(40).push(target('ringing', 'a', CUSTOMER, '1002'));
        from.after(4).push(target('answer', 'a', CUSTOMER, '1002'));
        const late = { ...theirs, rangAt: at(70), answeredAt: at(74) };
        from.after(30).push(over('a', { targets: [mine, late] }));
      },
    ],
    [
      'when the other phones of a group only rang',
      (from) => talk(from).push(over('a', { targets: [{ ...theirs, answeredAt: null }, mine] })),
    ],
    [
      'when the colleague had the call before me',
      (from) =>
        talk(from).push(
          over('a', { targets: [{ ...theirs, rangAt: at(-60), answeredAt: at(-50), endedAt: at(3) }, mine] }),
        ),
    ],
  ])('not %s', (_when, says) => {
    const from = desk();
    says(from);
    expect(passedTo(from)).toEqual([undefined]);
  });

  test('a record shows who passed it on to me, too', () => {
    const from = desk();
    talk(from).push(
      over('a', { targets: [{ ...theirs, rangAt: at(-60), answeredAt: at(-50), endedAt: at(3) }, mine] }),
    );
    expect(from.events.at(-1)).toMatchObject({ type: 'ended', talk: { call: { passedBy: '1002' } } });
  });
});
