import { expect, test } from 'vitest';
import { runFault, LIVE, type FaultRun, type Shown } from './run-fault.ts';
import { expectedOf, type Fault, type Outcome } from './expected.ts';
import { pooled } from './pool.ts';
import { DISTINCT } from './statuses.ts';
import { CREATE, LIST, REFRESH } from './fault-desk.ts';
import { FAULTS } from './table.ts';

/** One body for each distinct status is enough here. */
const isDistinct = ({ what, expected }: Fault): boolean => {
  const status = Number(/^(\d{3}) (?:with|whose)/.exec(what)?.[1] ?? 200);
  const plain = status === 200 ? expected.most !== 'good' : what.endsWith("PortSIP's error body");
  return plain && (status === 200 || DISTINCT.has(status));
};

const faults = FAULTS.filter(isDistinct);
const AT_ONCE = 24;

/** The expected state of the window for the outcome of a request. */
function shownFor(outcome: Outcome): Shown {
  if (outcome === 'session-expired') return { list: 'off', account: 'signed-out', code: outcome, calls: 0 };
  if (outcome === 'list-forbidden') return { list: 'forbidden', account: 'signed-in', code: outcome, calls: 1 };
  return { list: 'stale', account: 'signed-in', code: outcome, calls: 1 };
}

/** If the PBX may have placed the call, the user should check the phone first. */
const inDoubt = (outcome: Outcome): Outcome =>
  outcome === 'timed-out' || outcome === 'bad-answer' ? 'dial-unanswered' : outcome;

/** When the PBX cannot be reached, a poll of the list may also have failed. */
const SAME_CALL: unknown = expect.objectContaining({ account: 'signed-in', calls: 1 });

/** Runs all faults with limited concurrency; each test below waits for its own run. */
const runs = new Map(
  faults.map((fault) => [
    fault,
    ([LIST, REFRESH, CREATE] as const).map((at) => pooled(AT_ONCE, () => runFault(fault, at))),
  ]),
);

test.each(faults)('$what', async (fault) => {
  const [list, refresh, create] = await Promise.all(runs.get(fault) ?? []);
  const recovered: Omit<FaultRun, 'during'> = {
    placed: null,
    afterwards: LIVE,
    placedAfterwards: null,
    // There is one request at a time, and the existing call is not reported again.
    maxPending: 1,
    events: [],
    left: 0,
  };
  expect(list).toEqual({ ...recovered, during: shownFor(expectedOf('list', fault.expected)) });
  expect(refresh).toEqual({ ...recovered, during: shownFor(expectedOf('refresh', fault.expected)) });
  const placed = inDoubt(expectedOf('create', fault.expected));
  expect(create).toEqual({
    ...recovered,
    during: placed === 'session-expired' ? shownFor(placed) : fault.front === undefined ? LIVE : SAME_CALL,
    placed,
    placedAfterwards: 'good',
    maxPending: expect.any(Number) as number,
  });
});
