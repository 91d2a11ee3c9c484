import { settle, type ManualClock } from '../../../support/manual-clock.ts';

/** Lets requests that were just sent get their answers, then lets time pass. `ms`: how long. */
export async function pass(clock: ManualClock, ms: number): Promise<void> {
  await settle();
  await clock.advance(ms);
}
