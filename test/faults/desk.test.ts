import { expect, test } from 'vitest';
import { course, LIVE, type Course, type Shown } from './course.ts';
import { expectedOf, type Fault, type Outcome } from './expected.ts';
import { pooled } from './pool.ts';
import { TELLING } from './statuses.ts';
import { CREATE, LIST, REFRESH } from './struck-desk.ts';
import { FAULTS } from './table.ts';

/** One of the bodies for each telling status is enough here. */
const isTold = ({ what, expected }: Fault): boolean => {
  const status = Number(/^(\d{3}) (?:with|whose)/.exec(what)?.[1] ?? 200);
  const plain = status === 200 ? expected.most !== 'good' : what.endsWith("PortSIP's error body");
  return plain && (status === 200 || TELLING.has(status));
};

const faults = FAULTS.filter(isTold);
const AT_ONCE = 24;

/** What the window is to show for what a request came to. */
function shownFor(outcome: Outcome): Shown {
  if (outcome === 'session-expired') return { link: 'off', account: 'signed-out', code: outcome, calls: 0 };
  if (outcome === 'list-forbidden') return { link: 'forbidden', account: 'signed-in', code: outcome, calls: 0 };
  return { link: 'stale', account: 'signed-in', code: outcome, calls: 1 };
}

/** Where it is not certain that the PBX did nothing, the phone is to be looked at first. */
const inDoubt = (outcome: Outcome): Outcome =>
  outcome === 'timed-out' || outcome === 'bad-answer' ? 'dial-unanswered' : outcome;

/** All at once, many at a time; the rows below wait for what is theirs. */
const courses = new Map(
  faults.map((fault) => [
    fault,
    ([LIST, REFRESH, CREATE] as const).map((at) => pooled(AT_ONCE, () => course(fault, at))),
  ]),
);

test.each(faults)('$what', { timeout: 120_000 }, async (fault) => {
  const [list, refresh, create] = await Promise.all(courses.get(fault) ?? []);
  const recovered: Omit<Course, 'during'> = {
    placed: null,
    afterwards: LIVE,
    placedAfterwards: null,
    // One request at a time, and the call that was there is not told of again.
    mostOpen: 1,
    events: [],
    left: 0,
  };
  expect(list).toEqual({ ...recovered, during: shownFor(expectedOf('list', fault.expected)) });
  expect(refresh).toEqual({ ...recovered, during: shownFor(expectedOf('refresh', fault.expected)) });
  const placed = inDoubt(expectedOf('create', fault.expected));
  expect(create).toEqual({
    ...recovered,
    during: placed === 'session-expired' ? shownFor(placed) : LIVE,
    placed,
    placedAfterwards: 'good',
    mostOpen: expect.any(Number) as number,
  });
});
