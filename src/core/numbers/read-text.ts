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
import { kindNamed } from './words.ts';

/** Addresses of links inside a text; with blanks in them only where brackets or quotes say where they end. */
const LINKS =
  /(?<![\p{L}\p{N}])(?:(?<=["'<(])(?:tel|callto):[^"'<>()\n]{1,100}(?=["'>)])|(?:tel|callto):(?=[^\s"'<>]{0,60}[%;])[^\s"'<>,]{1,120}|sips?:[^\s"'<>(),]{1,200})/giu;
/** Digits from which a number without any sign of being one counts in a sentence. */
const MIN_UNMARKED = 7;

interface Candidate {
  plan: IdentifiedNumber;
  text: string;
  start: number;
  named: NumberLabel | null;
}

/**
 * Numbers in a text that is no link: one, several to choose from, or none and why. A text of digits, separators and
 * words such as "phone" has to be numbers as a whole; in a sentence only what is clearly a number counts.
 */
export function readText(text: string, context: ReadContext): NumberReading {
  if (hasControls(text)) return none(appError('number-invalid', { detail: 'a control character' }));
  const links = linksIn(text, context);
  const rest = links.rest;
  const numbers = findNumbers(rest, context.place);
  const accepted = numbers.found.filter((found) => isAccepted(found, rest, numbers.prose));
  const left = numbers.found.filter(
    (found) => !accepted.includes(found) && /[0-9+*#]/.test(rest.slice(found.start, found.end)),
  );
  const candidates = faxLast(
    unlike(
      [...links.candidates, ...accepted.flatMap((found) => asCandidate(found, text))].sort((a, b) => a.start - b.start),
    ),
  );
  const [only, ...others] = candidates;
  if (only === undefined) return none(whyNone(text, numbers, left, links.refusal));
  // "030 123456, 12": nothing says that the rest may be left out.
  if (!numbers.prose && left.length > 0) {
    const digits = left.some((found) => /[0-9]/.test(rest.slice(found.start, found.end)));
    return none((digits ? null : firstRefusal(left)) ?? appError('number-several'));
  }
  if (others.length > 0) return { found: 'choose', candidates: candidates.map((each) => numberOf(each, each.text)) };
  const warnings = [...new Set([...only.plan.warnings, ...leftOut(left, accepted, rest)])];
  return { found: 'one', number: numberOf({ ...only, plan: { ...only.plan, warnings } }, shownInput(text)) };
}

const numberOf = ({ plan, named }: Candidate, input: string): ReadNumber => ({
  input,
  ...plan,
  ...(named === null ? {} : { label: named }),
});

const faxLast = (candidates: readonly Candidate[]): Candidate[] => [
  ...candidates.filter(({ named }) => named !== 'fax'),
  ...candidates.filter(({ named }) => named === 'fax'),
];

/** What is to be said when one number was taken out of a sentence and digits that could be a number were not. */
function leftOut(left: readonly Found[], accepted: readonly Found[], text: string): DialWarning[] {
  const unread = left.filter(({ label, glued }) => label !== 'other' && !glued);
  const digitsOf = ({ start, end }: Found): number => text.slice(start, end).replace(/[^0-9]/g, '').length;
  const other = unread.some((found) => digitsOf(found) >= MIN_UNMARKED && !isSomethingElse(found));
  const behind = unread.some(
    (found) => digitsOf(found) < MIN_UNMARKED && accepted.some((whole) => isBehind(found, whole, text)),
  );
  return [...(behind ? (['unclear-end'] as const) : []), ...(other ? (['unread-number'] as const) : [])];
}

/** A date, an amount or the like, as far as its digits say. */
const isSomethingElse = ({ plan }: Found): boolean => !plan.ok && plan.error.code.startsWith('looks-');

/** Digits right behind a number, with one word between them and none behind that they would belong to. */
function isBehind({ start, end }: Found, whole: Found, text: string): boolean {
  const between = text.slice(whole.end, start);
  if (start < whole.end || between.length > 20 || /[\n.;!?]/.test(between.trim())) return false;
  return /^[ ,(:~-]*\p{L}[\p{L}\p{M}]*[ .:#]*$/u.test(between) && !/^ ?\p{L}/u.test(text.slice(end, end + 2));
}

/** Links are read as links wherever they stand, and blanked out of the text. */
function linksIn(text: string, context: ReadContext) {
  const candidates: Candidate[] = [];
  let refusal: AppError | null = null;
  const rest = text.replace(LINKS, (link: string, at: number) => {
    const reading = readLink(link, context);
    const plans = reading.found === 'one' ? [reading.number] : reading.found === 'choose' ? reading.candidates : [];
    for (const { input, ...plan } of plans) {
      candidates.push({ plan, text: input, start: at, named: kindNamed(lineBefore(text, at)) });
    }
    if (reading.found === 'none') refusal ??= reading.refusal;
    return ' '.repeat(link.length);
  });
  return { candidates, rest, refusal: refusal as AppError | null };
}

/** Whether something that could be dialled is meant as a number. */
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
  return digits >= MIN_UNMARKED && (grouped || (digits >= 10 && digits <= 12));
}

const asCandidate = ({ plan, named, start, end }: Found, text: string): Candidate[] =>
  plan.ok ? [{ plan: plan.value, text: shownInput(text.slice(start, end)), start, named }] : [];

const lineBefore = (text: string, at: number): string =>
  /[^\n]*$/.exec(text.slice(Math.max(0, at - 80), at))?.[0] ?? '';

/** "+49 30 123456 <tel:+4930123456>" is one number. Of two that differ only in what to press, both stay. */
function unlike(candidates: readonly Candidate[]): Candidate[] {
  const seen = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const key = `${candidate.plan.dial} ${candidate.plan.then ?? ''}`;
    const first = seen.get(key);
    // A number for both, phone and fax, is one to call.
    const named = first === undefined || first.named === null || first.named === 'fax' ? candidate.named : first.named;
    seen.set(key, { ...(first ?? candidate), named: named ?? first?.named ?? null });
  }
  return [...seen.values()];
}

function whyNone(text: string, numbers: FoundNumbers, left: readonly Found[], link: AppError | null): AppError {
  if (link !== null) return link;
  const clear = left.filter((found) => !found.glued);
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

/** "1001/12" or "030 1234567/68": more than one number, and not all of them whole. */
const several = (left: readonly Found[], refusal: AppError): AppError =>
  left.every(({ plan }) => !plan.ok && plan.error.code === refusal.code) ? refusal : appError('number-several');

/** Digits in a code, or behind a word such as "order". */
const isReference = ({ glued, label, start, end }: Found): boolean => (glued && end - start > 2) || label === 'other';

const none = (refusal: AppError): NumberReading => ({ found: 'none', refusal });

/** Tabs and line ends divide; nothing else of that kind belongs into a text. */
const hasControls = (text: string): boolean => /[^\P{Cc}\n\t]/u.test(text);
