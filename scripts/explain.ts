import { errorText } from '../src/messages/error-text.ts';
import { ENGLISH } from '../src/messages/error-messages.ts';
import type { DialKind, DialReading, DialWarning, NumberLabel } from '../src/shared/dial.ts';
import type { Provenance } from '../src/shared/provenance.ts';
import type { ErrorCode } from '../src/shared/errors.ts';

/** The result for one text, for scripts: one JSON object with the keys in this order. */
export interface Explanation {
  /** The text as it was given. */
  input: string;
  kind: DialKind | 'choose' | 'none';
  /** The number for the PBX; null unless there is exactly one. */
  dial: string | null;
  e164: string | null;
  /** Digits to press after the answer. */
  then: string | null;
  /**
   * Filled for `choose` only: each number, the part of the text that it was found in, and its label there. Fax numbers come
   * last.
   */
  candidates: { dial: string; text: string; label: NumberLabel | null }[];
  rule: string | null;
  warnings: DialWarning[];
  refusal: { code: ErrorCode; message: string } | null;
  /**
   * Provenance of the number that the PBX would get: `typed`, or `rule` where a rule put another number in its place;
   * null without one number.
   */
  provenance: Provenance | null;
}

/** The explanation of a reading; see readDial. */
export function explain(input: string, reading: DialReading): Explanation {
  const empty = {
    dial: null,
    e164: null,
    then: null,
    candidates: [],
    rule: null,
    warnings: [],
    refusal: null,
    provenance: null,
  };
  switch (reading.found) {
    case 'one': {
      const { kind, dial, e164, digitsAfterAnswer, rule, provenance, warnings } = reading.plan;
      return {
        input,
        kind,
        dial,
        e164,
        then: digitsAfterAnswer,
        candidates: [],
        rule,
        warnings,
        refusal: null,
        provenance,
      };
    }
    case 'choose': {
      const candidates = reading.candidates.map(({ dial, input: text, label = null }) => ({ dial, text, label }));
      return { input, kind: 'choose', ...empty, candidates };
    }
    case 'none': {
      const { code, detail } = reading.refusal;
      const { message } = errorText(ENGLISH, reading.refusal);
      return { input, kind: 'none', ...empty, refusal: { code, message: withDetail(message, detail) } };
    }
  }
}

/** Details of readings never hold digits of the number. */
const withDetail = (message: string, detail: string | undefined): string =>
  detail === undefined ? message : `${message} (${detail})`;

/** The same as one line for people. */
export function explainInWords({
  input,
  kind,
  dial,
  then,
  candidates,
  rule,
  provenance,
  warnings,
  refusal,
}: Explanation): string {
  const text = JSON.stringify(input.length > 80 ? `${input.slice(0, 79)}…` : input);
  if (refusal !== null) return `${text}: nothing to dial. ${refusal.message}`;
  if (kind === 'choose') {
    const choices = candidates.map(
      ({ dial: number, text: found, label }) =>
        `${label === null ? '' : `${label} `}${number} (${JSON.stringify(found)})`,
    );
    return `${text}: choose between ${choices.join(', ')}`;
  }
  const notes = [
    `${text}: ${kind} ${dial ?? ''}`,
    ...(then === null ? [] : [`then press ${then}`]),
    ...(rule === null ? [] : [`rule ${JSON.stringify(rule)}`]),
    ...(provenance === 'rule' ? ['another number than the one that was meant'] : []),
    ...(warnings.length === 0 ? [] : [`warnings ${warnings.join(' ')}`]),
  ];
  return notes.join(', ');
}
