import type { PlacedCall, PlacedStep } from '../../shared/dial.ts';
import { endWords } from './end-words.ts';

const NOW: Record<PlacedStep, string> = {
  asking: 'Asking the PBX',
  'phone-ringing': 'Your phone rings',
  'other-ringing': 'You answered, the other side rings',
  connected: 'Connected',
  ended: 'Ended',
};
const PAST: Record<PlacedStep, string> = {
  asking: 'Asked the PBX',
  'phone-ringing': 'Your phone rang',
  'other-ringing': 'You answered, the other side rang',
  connected: 'Connected',
  ended: 'Ended',
};

export interface Rung {
  step: PlacedStep;
  words: string;
  current: boolean;
  /** When it was first seen, ms since 1970. */
  from: number;
  /** When the next step was first seen; null for the last one. */
  until: number | null;
}

/** The steps of a placed call that were really seen, in order; the last one is where it stands. */
export function ladder(placed: PlacedCall): Rung[] {
  return placed.reached.map(({ step, at }, index) => {
    const next = placed.reached[index + 1];
    const current = next === undefined;
    const words = step === 'ended' && placed.end !== null ? endWords(placed) : wordsOf(placed, step, current);
    return { step, words, current, from: at, until: next?.at ?? null };
  });
}

/** That the phone rings is said where it was seen; until then it is only supposed to. */
function wordsOf({ phoneRings }: PlacedCall, step: PlacedStep, current: boolean): string {
  if (step === 'phone-ringing' && !phoneRings)
    return current ? 'Your phone should be ringing' : 'The PBX took the call';
  return (current ? NOW : PAST)[step];
}

/** What the user can do at this step; '' when nothing is needed. */
export function hintFor(placed: PlacedCall): string {
  if (placed.stale || placed.hangingUp) return '';
  return placed.step === 'phone-ringing' && placed.phoneRings
    ? 'Pick up your phone, then the other side is called.'
    : '';
}

/** Where a placed call stands, for a screen reader. */
export function stepWords(placed: PlacedCall): string {
  return ladder(placed).at(-1)?.words ?? wordsOf(placed, placed.step, true);
}
