import { duration } from '../../messages/format.ts';
import type { PlacedCall, PlacedStep } from '../../shared/dial.ts';
import { messages } from '../state/messages.svelte.ts';
import { endWords } from './end-words.ts';
import { endMessages } from './sentence.ts';

export interface CallStep {
  step: PlacedStep;
  words: string;
  current: boolean;
  /** When it was first seen, ms since 1970. */
  from: number;
  /** When it was over; null for the last one. */
  until: number | null;
}

/** The steps of a placed call that were seen, in order; the last one is the current one. */
export function callSteps(placed: PlacedCall): CallStep[] {
  return placed.reached.map(({ step, at }, index) => {
    const next = placed.reached[index + 1];
    const current = next === undefined;
    const words =
      step === 'ended' && placed.end !== null ? endWords(placed, endMessages()) : wordsOf(placed, step, current);
    // The PBX says how long they talked; the end may have been seen later.
    const talkedMs = step === 'connected' ? (placed.end?.talkedMs ?? null) : null;
    return { step, words, current, from: at, until: talkedMs === null ? (next?.at ?? null) : at + talkedMs };
  });
}

/** Says that the phone rings only if a source reported it; until then it should ring. */
function wordsOf({ phoneRings, plan }: PlacedCall, step: PlacedStep, current: boolean): string {
  const { placed } = messages();
  if (step === 'phone-ringing' && !phoneRings) return current ? placed.shouldRing : placed.accepted;
  return (current ? placed.now : placed.past)[step](plan.shown);
}

/** What the user can do at this step; '' when nothing is needed. */
export function hintFor(placed: PlacedCall): string {
  if (placed.stale || placed.hangingUp) return '';
  const isRinging = placed.step === 'phone-ringing' && placed.phoneRings;
  return isRinging ? messages().placed.pickUp(placed.plan.shown) : '';
}

/** The current step of a placed call, for a screen reader. */
export function stepWords(placed: PlacedCall): string {
  return callSteps(placed).at(-1)?.words ?? wordsOf(placed, placed.step, true);
}

/** How long a step lasted, with a label: "for 0:08". */
export const lasted = (ms: number): string => messages().placed.lasted(duration(ms));
