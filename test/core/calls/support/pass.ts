import { settle, type ManualClock } from '../../../support/manual-clock.ts';

/** Lets what has just been started get its answer, then lets time pass, in ms. */
export async function pass(clock: ManualClock, ms: number): Promise<void> {
  await settle();
  await clock.advance(ms);
}
