import { expect, test, vi } from 'vitest';
import { ManualClock } from '../support/manual-clock.ts';
import { expectedOf, type Fault } from './expected.ts';
import { pooled } from './pool.ts';
import { KINDS, outcomeOf, REQUESTS, type Kind } from './requests.ts';
import { startFaultyServer } from './faulty-server.ts';
import { FAULTS } from './table.ts';

/** Real time, longer than any wait of a busy machine. */
const ENDLESS_MS = 120_000;
/** The time limit of a request: connecting and receiving the head of the answer. */
const MAX_MS = 25_000;
const AT_ONCE = 24;

interface Seen {
  outcome: string;
  /** How often the request was sent. */
  sent: number;
  /** How long it took by the clock of the program. */
  waited: number;
  /** Timers and connections that are left afterwards. */
  left: number;
}

/** Runs all requests with all faults, with limited concurrency; each test below waits for its own run. */
const seen = new Map(
  FAULTS.map((fault) => [fault, KINDS.map((kind) => pooled(AT_ONCE, () => meet(kind, fault)))] as const),
);

test.each(FAULTS)('$what', async (fault) => {
  const all = await Promise.all(seen.get(fault) ?? []);
  const found = new Map(KINDS.map((kind, index) => [kind, all[index]]));
  const outcomes = KINDS.map((kind) => [kind, found.get(kind)?.outcome]);
  expect(Object.fromEntries(outcomes)).toEqual(
    Object.fromEntries(KINDS.map((kind) => [kind, expectedOf(kind, fault.expected)])),
  );
  // A password or a call is sent only once. Only a 401 proves that nothing was done, so only then is it sent again.
  for (const kind of ['sign_in', 'oauth', 'v16', 'verify_code', 'refresh', 'create', 'destroy', 'upgrade'] as const) {
    const again = fault.what.startsWith('401') && (kind === 'create' || kind === 'destroy');
    expect(found.get(kind)?.sent, kind).toBe(again ? 2 : 1);
  }
  for (const [kind, { waited = NaN, left = NaN } = {}] of found) {
    expect(left, `left of ${kind}`).toBe(0);
    if (fault.endless === true) expect(waited, kind).toBeLessThanOrEqual(MAX_MS);
    else expect(waited, kind).toBe(0);
  }
});

async function meet(kind: Kind, fault: Fault): Promise<Seen> {
  const clock = new ManualClock(Date.now());
  const begun = clock.now();
  const server = await startFaultyServer(REQUESTS[kind], fault.reply, fault.front);
  let outcome = '';
  const ended = REQUESTS[kind].ask({ ...server, clock }).then(
    (result) => (outcome = outcomeOf(kind, result)),
    () => (outcome = 'threw'),
  );
  const until = performance.now() + ENDLESS_MS;
  const isOpen = () => outcome === '';
  while (isOpen() && performance.now() < until) {
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 10))]);
    if (isOpen() && fault.endless === true && server.faultCount() > 0) await clock.advance(1_000);
  }
  const waited = clock.now() - begun;
  const left = () => clock.pending().length + server.open();
  await vi.waitFor(() => expect(left()).toBe(0), { timeout: 30_000, interval: 5 }).catch(() => {});
  const after = left();
  await server.close();
  return { outcome: isOpen() ? 'never ended' : outcome, sent: server.faultCount(), waited, left: after };
}
