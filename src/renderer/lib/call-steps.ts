import { duration } from '../../messages/format.ts';
import type { PlacedCall, PlacedStep } from '../../shared/dial.ts';
import { messages } from '../state/messages.svelte.ts';
import { endWords } from './end-words.ts';
import { endMessages } from './sentence.ts';

export interface CallStep {
  step: PlacedStep;
  words: string;
  current: boolean;
  /** When it was reached (ms since 1970). */
  from: number;
  /** When it ended (ms since 1970); null for the last step. */
  until: number | null;
}

/** The steps that a placed call has reached, in order. The last one is the current one. */
export function callSteps(placed: PlacedCall): CallStep[] {
  return placed.reached.map(({ step, at }, index) => {
    const next = placed.reached[index + 1];
    const current = next === undefined;
    const words =
      step === 'ended' && placed.end !== null ? endWords(placed, endMessages()) : wordsOf(placed, step, current);
    // The PBX reports how long they talked. This is more exact than the time at which the end was noticed.
    const talkedMs = step === 'connected' ? (placed.end?.talkedMs ?? null) : null;
    return { step, words, current, from: at, until: talkedMs === null ? (next?.at ?? null) : at + talkedMs };
  });
}

/** Says "is ringing" only if a source reported that; until then the phone "should be ringing". */
function wordsOf({ phoneRings, plan }: PlacedCall, step: PlacedStep, current: boolean): string {
  const { placed } = messages();
  if (step === 'phone-ringing' && !phoneRings) return current ? placed.shouldRing : placed.accepted;
  return (current ? placed.now : placed.past)[step](plan.shown);
}

/** What the user has to do at this step; '' for nothing. */
export function hintFor(placed: PlacedCall): string {
  if (placed.stale || placed.hangingUp) return '';
  const isRinging = placed.step === 'phone-ringing' && placed.phoneRings;
  return isRinging ? messages().placed.pickUp(placed.plan.shown) : '';
}

/** The current step of a placed call, for a screen reader. */
export function stepWords(placed: PlacedCall): string {
  return callSteps(placed).at(-1)?.words ?? wordsOf(placed, placed.step, true);
}

/** How long a step took: "for 0:08". */
export const lasted = (ms: number): string => messages().placed.lasted(duration(ms));
