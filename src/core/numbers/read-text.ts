import type { DialWarning, NumberLabel } from '../../shared/dial.ts';
import { appError, type AppError } from '../../shared/errors.ts';
import { findNumbers, firstRefusal, type Found, type FoundNumbers } from './find-numbers.ts';
import {
  shownInput,
  type IdentifiedNumber,
  type NumberReading,
  type ReadContext,
  type ReadNumber,
} from './found-number.ts';
import { readLink } from './link.ts';
import { kindBefore } from './words.ts';

/** Links inside a text. Only a link in brackets or quotes may contain spaces, because they show where it ends. */
const LINKS =
  /(?<![\p{L}\p{N}])(?:(?<=["'<(])(?:tel|callto):[^"'<>()\n]{1,100}(?=["'>)])|(?:tel|callto):(?=[^\s"'<>]{0,60}[%;])[^\s"'<>,]{1,120}|sips?:[^\s"'<>(),]{1,200})/giu;
/** In a sentence, a number without a label or + needs at least this many digits. */
const MIN_UNMARKED_DIGITS = 7;

interface Candidate {
  plan: IdentifiedNumber;
  text: string;
  start: number;
  named: NumberLabel | null;
}

/**
 * Reads a text that is not a link. The result is one number, several to choose from, or none and the reason. A text of
 * digits, separators and words such as "phone" must consist of numbers only; in a sentence, only clear numbers count.
 */
export function readText(text: string, context: ReadContext): NumberReading {
  if (hasControls(text)) return none(appError('number-invalid', { detail: 'a control character' }));
  const links = linksIn(text, context);
  const rest = links.rest;
  const numbers = findNumbers(rest, context.place);
  const accepted = numbers.found.filter((found) => isAccepted(found, rest, numbers.prose));
  const notAccepted = numbers.found.filter(
    (found) => !accepted.includes(found) && /[0-9+*#]/.test(rest.slice(found.start, found.end)),
  );
  const candidates = faxLast(
    withoutRepetitions(
      [...links.candidates, ...accepted.flatMap((found) => asCandidate(found, text))].sort((a, b) => a.start - b.start),
    ),
  );
  const [only, ...others] = candidates;
  if (only === undefined) return none(whyNone(text, numbers, notAccepted, links.refusal));
  // In "030 123456, 12" it is not certain that the rest can be ignored.
  if (!numbers.prose && notAccepted.length > 0) {
    const hasDigits = notAccepted.some((found) => /[0-9]/.test(rest.slice(found.start, found.end)));
    return none((hasDigits ? null : firstRefusal(notAccepted)) ?? appError('number-several'));
  }
  if (others.length > 0) return { found: 'choose', candidates: candidates.map((each) => numberOf(each, each.text)) };
  const warnings = [...new Set([...only.plan.warnings, ...warningsAboutRest(notAccepted, accepted, rest)])];
  return { found: 'one', number: numberOf({ ...only, plan: { ...only.plan, warnings } }, shownInput(text)) };
}

const numberOf = ({ plan, named }: Candidate, input: string): ReadNumber => ({
  input,
  ...plan,
  ...(named === null ? {} : { label: named }),
});

const faxLast = (candidates: readonly Candidate[]): Candidate[] => [
  ...candidates.filter(({ named }) => named !== 'fax' && named !== 'maybe-fax'),
  ...candidates.filter(({ named }) => named === 'maybe-fax'),
  ...candidates.filter(({ named }) => named === 'fax'),
];

/** The warnings if one number was read from a sentence and other digits that could be a number were not. */
function warningsAboutRest(notAccepted: readonly Found[], accepted: readonly Found[], text: string): DialWarning[] {
  const unread = notAccepted.filter(({ label, glued }) => label !== 'other' && !glued);
  const digitsOf = ({ start, end }: Found): number => text.slice(start, end).replace(/[^0-9]/g, '').length;
  const other = unread.some((found) => digitsOf(found) >= MIN_UNMARKED_DIGITS && !isSomethingElse(found));
  const after = unread.some(
    (found) => digitsOf(found) < MIN_UNMARKED_DIGITS && accepted.some((whole) => isDirectlyAfter(found, whole, text)),
  );
  return [...(after ? (['unclear-end'] as const) : []), ...(other ? (['unread-number'] as const) : [])];
}

/** True for digits that look like a date, an amount or the like. */
const isSomethingElse = ({ plan }: Found): boolean => !plan.ok && plan.error.code.startsWith('looks-');

/** True for digits directly after a number and one word, unless they could belong to another word that follows. */
function isDirectlyAfter({ start, end }: Found, whole: Found, text: string): boolean {
  const between = text.slice(whole.end, start);
  if (start < whole.end || between.length > 20 || /[\n.;!?]/.test(between.trim())) return false;
  return /^[ ,(:~-]*\p{L}[\p{L}\p{M}]*[ .:#]*$/u.test(between) && !/^ ?\p{L}/u.test(text.slice(end, end + 2));
}

/** Reads the links in a text, and replaces them by spaces in the rest. */
function linksIn(text: string, context: ReadContext) {
  const candidates: Candidate[] = [];
  let refusal: AppError | null = null;
  const rest = text.replace(LINKS, (link: string, at: number) => {
    const reading = readLink(link, context);
    const plans = reading.found === 'one' ? [reading.number] : reading.found === 'choose' ? reading.candidates : [];
    for (const { input, ...plan } of plans) {
      candidates.push({ plan, text: input, start: at, named: kindBefore(lineBefore(text, at)) });
    }
    if (reading.found === 'none') refusal ??= reading.refusal;
    return ' '.repeat(link.length);
  });
  return { candidates, rest, refusal: refusal as AppError | null };
}

/** True if digits that could be dialled are meant as a phone number. */
function isAccepted({ plan, label, glued, start, end }: Found, text: string, prose: boolean): boolean {
  if (!plan.ok || glued) return false;
  const { kind, e164, warnings } = plan.value;
  const written = text.slice(start, end);
  if (!prose) return label !== 'other';
  const international = written.includes('+') && !warnings.includes('not-valid');
  if (label === 'phone' || label === 'extension') return true;
  if (label === 'other') return international;
  if (kind !== 'public') return false;
  if (international) return true;
  const digits = written.replace(/[^0-9]/g, '').length;
  if (e164 !== null && !warnings.includes('not-valid')) return true;
  const grouped = /^[0(]/.test(written) || /[0-9)][ ./-]+[0-9(]/.test(written);
  return digits >= MIN_UNMARKED_DIGITS && (grouped || (digits >= 10 && digits <= 12));
}

const asCandidate = ({ plan, named, start, end }: Found, text: string): Candidate[] =>
  plan.ok ? [{ plan: plan.value, text: shownInput(text.slice(start, end)), start, named }] : [];

const lineBefore = (text: string, at: number): string =>
  /[^\n]*$/.exec(text.slice(Math.max(0, at - 80), at))?.[0] ?? '';

/**
 * Removes repetitions: "+49 30 123456 <tel:+4930123456>" is one number. Numbers that differ in the digits to press after
 * the answer both stay.
 */
function withoutRepetitions(candidates: readonly Candidate[]): Candidate[] {
  const seen = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const key = `${candidate.plan.dial} ${candidate.plan.digitsAfterAnswer ?? ''}`;
    const first = seen.get(key);
    // A number that is both phone and fax can be called.
    const named = first === undefined || first.named === null || first.named === 'fax' ? candidate.named : first.named;
    seen.set(key, { ...(first ?? candidate), named: named ?? first?.named ?? null });
  }
  return [...seen.values()];
}

/** The reason why a text has no number. `linkRefusal`: the error of a link in the text; null without one. */
function whyNone(
  text: string,
  numbers: FoundNumbers,
  notAccepted: readonly Found[],
  linkRefusal: AppError | null,
): AppError {
  if (linkRefusal !== null) return linkRefusal;
  const clear = notAccepted.filter((found) => !found.glued);
  const refusal = firstRefusal(clear);
  const [look] = numbers.looks;
  if (refusal !== null && (!numbers.prose || text.includes('+'))) {
    return clear.length > 1 && look === undefined && !numbers.prose ? several(clear, refusal) : refusal;
  }
  if (look !== undefined) return appError(look);
  if (numbers.found.some(isReference)) return appError('looks-reference');
  if (/[\p{L}\p{M}]/u.test(text)) return appError('number-letters');
  if (/[0-9*#]/.test(text)) return appError(/[0-9]/.test(text) ? 'number-invalid' : 'number-too-short');
  return appError(/^[ \-.()/\n\t,;|&\\]*$/.test(text) ? 'number-empty' : 'number-invalid');
}

/** The refusal for several numbers that are not all complete, such as "1001/12" or "030 1234567/68". */
const several = (numbers: readonly Found[], refusal: AppError): AppError =>
  numbers.every(({ plan }) => !plan.ok && plan.error.code === refusal.code) ? refusal : appError('number-several');

/** True for digits in a code, or after a word such as "order". */
const isReference = ({ glued, label, start, end }: Found): boolean => (glued && end - start > 2) || label === 'other';

const none = (refusal: AppError): NumberReading => ({ found: 'none', refusal });

/** True for control characters other than tabs and line ends, which divide numbers. */
const hasControls = (text: string): boolean => /[^\P{Cc}\n\t]/u.test(text);
