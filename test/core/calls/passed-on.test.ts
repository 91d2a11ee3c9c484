import { describe, expect, test } from 'vitest';
import type { PushEvent } from '../../../src/core/pbx/push/types.ts';
import { began, over, target } from './support/push.ts';
import { CUSTOMER, leg, NINE, session, talking } from './support/sessions.ts';
import { Tracking } from './support/tracking.ts';

// One test per source for the rows on transferred calls in docs/evidence.md.

/** Push and the list work. The history is forbidden, so no call waits for its entry. */
const newDesk = (): Tracking => new Tracking().withoutHistory().afterFirstPoll().withPush();
const ringing: PushEvent[] = [
  began('a', CUSTOMER, '1001'),
  target('add', 'a', CUSTOMER, '1001'),
  target('ringing', 'a', CUSTOMER, '1001'),
];

/** Push reports: I answer after 5 s and talk for 20 s. */
const talk = (desk: Tracking): Tracking => {
  desk.push(...ringing);
  desk.after(5).push(target('answer', 'a', CUSTOMER, '1001'));
  return desk.after(20);
};

/** The list shows the same; push reports nothing. */
const listed = (desk: Tracking): Tracking => {
  desk.poll(session('a', leg(CUSTOMER, '1001')));
  desk.after(5).poll(session('a', talking(CUSTOMER, '1001', 1)));
  return desk.after(20);
};

// The timeline of the records, in seconds after nine: the call rings me at 0, and I answer at 5. My colleague’s phone
// rings at 28. I leave the call at 30. The colleague answers at 31 and talks until 90.
const at = (seconds: number): number => NINE + seconds * 1_000;
const mine = { number: '1001', rangAt: at(0), answeredAt: at(5), endedAt: at(30) };
const theirs = { number: '1002', rangAt: at(28), answeredAt: at(31), endedAt: at(90) };

const passedTo = (desk: Tracking) =>
  desk.events.flatMap((event) => (event.type === 'ended' ? [event.talk?.passedTo] : []));

describe('That I passed a call on', () => {
  test.each<[string, (desk: Tracking) => unknown]>([
    [
      'the push events of a colleague’s phone that rang while I talked',
      (desk) => {
        talk(desk).push(target('ringing', 'a', CUSTOMER, '1002'));
        desk.after(4).push(target('answer', 'a', CUSTOMER, '1002'), target('end', 'a', CUSTOMER, '1001'));
        desk.after(30).push(over('a'));
      },
    ],
    [
      'the push events of a colleague’s phone that rang after I had left',
      (desk) => {
        talk(desk).push(target('end', 'a', CUSTOMER, '1001'));
        desk.after(1).push(target('ringing', 'a', CUSTOMER, '1002'));
        desk.after(4).push(target('answer', 'a', CUSTOMER, '1002'));
        desk.after(30).push(over('a'));
      },
    ],
    [
      'a colleague’s leg in the list',
      (desk) => {
        listed(desk).poll(session('a', talking(CUSTOMER, '1001', 21), leg(CUSTOMER, '1002')));
        desk.after(5).poll(session('a', talking(CUSTOMER, '1002', 1)));
        desk.after(5).poll();
      },
    ],
    [
      'a record in which a colleague’s phone rang before it was answered',
      (desk) => talk(desk).push(over('a', { targets: [mine, theirs] })),
    ],
    [
      'a record that says of my phone that it transferred the call',
      (desk) =>
        talk(desk).push(
          over('a', {
            targets: [
              { ...mine, endReason: 'blind_transfer_complete' },
              { ...theirs, rangAt: null },
            ],
          }),
        ),
    ],
  ])('is proved by %s', (_source, scenario) => {
    const desk = newDesk();
    scenario(desk);
    expect(passedTo(desk)).toEqual(['1002']);
  });

  test.each<[string, (desk: Tracking) => unknown]>([
    [
      'when the PBX connects a queue or a menu after me, which answers at once',
      (desk) => {
        talk(desk).push(target('end', 'a', CUSTOMER, '1001'), target('ringing', 'a', CUSTOMER, '8000'));
        desk.push(target('answer', 'a', CUSTOMER, '8000'));
        const menu = { ...theirs, number: '8000', rangAt: at(30), answeredAt: at(30) };
        desk.after(30).push(over('a', { targets: [mine, menu] }));
      },
    ],
    [
      'when the caller reaches somebody long after I left',
      (desk) => {
        talk(desk).push(target('end', 'a', CUSTOMER, '1001'));
        desk.after(40).push(target('ringing', 'a', CUSTOMER, '1002'));
        desk.after(4).push(target('answer', 'a', CUSTOMER, '1002'));
        const late = { ...theirs, rangAt: at(70), answeredAt: at(74) };
        desk.after(30).push(over('a', { targets: [mine, late] }));
      },
    ],
    [
      'when the other phones of a group only rang',
      (desk) => talk(desk).push(over('a', { targets: [{ ...theirs, answeredAt: null }, mine] })),
    ],
    [
      'when the colleague had the call before me',
      (desk) =>
        talk(desk).push(
          over('a', { targets: [{ ...theirs, rangAt: at(-60), answeredAt: at(-50), endedAt: at(3) }, mine] }),
        ),
    ],
  ])('is not assumed %s', (_when, scenario) => {
    const desk = newDesk();
    scenario(desk);
    expect(passedTo(desk)).toEqual([undefined]);
  });
});

test('a record shows which colleague passed a call on to me', () => {
  const desk = newDesk();
  talk(desk).push(over('a', { targets: [{ ...theirs, rangAt: at(-60), answeredAt: at(-50), endedAt: at(3) }, mine] }));
  expect(desk.events.at(-1)).toMatchObject({ type: 'ended', talk: { call: { passedBy: '1002' } } });
});
