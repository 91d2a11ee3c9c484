import type { DialPlan, DialWarning } from '../../shared/dial.ts';
import type { Origin } from '../../shared/provenance.ts';
import type { AppError } from '../../shared/errors.ts';
import { plainText } from '../../shared/plain-text.ts';
import { ok, type Result } from '../../shared/result.ts';
import { showNumber } from '../../shared/show-number.ts';
import { classify } from './classify.ts';
import type { NumberPlace } from './national-number.ts';
import type { WrittenNumber } from './read-number.ts';

export interface ReadContext {
  provenance: Origin;
  place: NumberPlace;
  /** Hosts and domains of the user's PBX, in lower case. A link to any other host is foreign. */
  ownHosts?: readonly string[];
}

/** A number in a text, before dial rules: `dial` is what would be dialled without rules. */
export type ReadNumber = Omit<DialPlan, 'number' | 'rule' | 'trunk' | 'callerId' | 'afterRules' | 'provenance'>;

/** The result of reading a text, before dial rules: one number, several to choose from, or none and the reason. */
export type NumberReading =
  | { found: 'one'; number: ReadNumber }
  | { found: 'choose'; candidates: ReadNumber[] }
  | { found: 'none'; refusal: AppError };

/** A number without the text that it was read from. */
export type IdentifiedNumber = Omit<ReadNumber, 'input'>;

const MAX_INPUT = 200;

/** Finds out what a number is from how it was written. Errors: those of classify. */
export function identify(
  { number, digitsAfterAnswer }: WrittenNumber,
  place: NumberPlace,
  warnings: readonly DialWarning[] = [],
): Result<IdentifiedNumber> {
  const classified = classify(number, place);
  if (!classified.ok) return classified;
  const { kind, dial, e164 } = classified.value;
  const noted = new Set([
    ...(digitsAfterAnswer === null ? [] : (['then-press'] as const)),
    ...warnings,
    ...classified.value.warnings,
  ]);
  return ok({ shown: showNumber(dial, place.country), dial, kind, e164, digitsAfterAnswer, warnings: [...noted] });
}

/** Makes the input safe to show: removes the password that a SIP link may contain ("sip:1001:secret@pbx"). */
export const shownInput = (text: string): string =>
  plainText(text.slice(0, 1000).replace(/(sips?:[^:@\s]{0,64}):[^@\s]{0,200}@/gi, '$1@'), MAX_INPUT);
