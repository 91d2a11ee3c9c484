import type { DialKind, DialReading, DialWarning, NumberLabel } from '../src/shared/dial.ts';
import type { ErrorCode } from '../src/shared/errors.ts';

/** What a text comes to, for scripts: keys in this order, one JSON object for one text. */
export interface Explanation {
  /** The text as it was given. */
  input: string;
  kind: DialKind | 'choose' | 'none';
  /** What the PBX would get; null unless there is exactly one number. */
  dial: string | null;
  e164: string | null;
  /** Digits to press after the answer. */
  then: string | null;
  /** Filled for `choose` only: each number with the text it was found as and what the text calls it (phone, mobile, fax), fax last. */
  candidates: { dial: string; text: string; label: NumberLabel | null }[];
  rule: string | null;
  warnings: DialWarning[];
  refusal: { code: ErrorCode; message: string } | null;
}

/** The explanation of a reading; see readDial. */
export function explain(input: string, reading: DialReading): Explanation {
  const empty = { dial: null, e164: null, then: null, candidates: [], rule: null, warnings: [], refusal: null };
  switch (reading.found) {
    case 'one': {
      const { kind, dial, e164, then, rule, warnings } = reading.plan;
      return { input, kind, dial, e164, then, candidates: [], rule, warnings, refusal: null };
    }
    case 'choose': {
      const candidates = reading.candidates.map(({ dial, input: text, label = null }) => ({ dial, text, label }));
      return { input, kind: 'choose', ...empty, candidates };
    }
    case 'none': {
      const { code, message, detail } = reading.refusal;
      return { input, kind: 'none', ...empty, refusal: { code, message: withDetail(message, detail) } };
    }
  }
}

/** Details of readings never hold digits of the number. */
const withDetail = (message: string, detail: string | undefined): string =>
  detail === undefined ? message : `${message} (${detail})`;

/** The same for people, as one line. */
export function explainInWords({ input, kind, dial, then, candidates, rule, warnings, refusal }: Explanation): string {
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
    ...(warnings.length === 0 ? [] : [`warnings ${warnings.join(' ')}`]),
  ];
  return notes.join(', ');
}
