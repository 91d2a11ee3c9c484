import type { NumberPlace } from '../../numbers/national-number.ts';
import { readKeys } from '../number-keys.ts';
import type { NumberKind } from '../../../shared/people.ts';
import type { PersonNumber } from '../person.ts';
import { readCell } from './excel.ts';
import { saysOthers } from './columns.ts';
import { foldHeader } from './header-words.ts';
import type { ImportProblem } from '../../../shared/contacts.ts';

const MAX_SHOWN = 80;
/** Values that mean "no number". */
const EMPTY = /^[-–—./\s]*$|^(?:n\/?a|none|null|keine?r?|no|nein|unknown|0+)$/i;

/** Digits and separators of one number, which can always be read. */
const PLAIN = /^\+?(?=[^0-9]*[0-9])[0-9 ().-]*(?:\/[0-9 ().-]*)?$/;

/** The numbers in a field and the problems found. `isTable`: a spreadsheet may have changed the number. */
export function readNumber(
  raw: string,
  kind: NumberKind,
  place: NumberPlace,
  { line, column }: { line: number; column: string },
  isTable: boolean,
): { numbers: PersonNumber[]; problems: ImportProblem[] } {
  if (EMPTY.test(raw.trim())) return { numbers: [], problems: [] };
  const cell = isTable ? readCell(raw.replace(/-\s*\n\s*(?=[0-9])/g, '-'), place) : { text: raw.trim(), problem: null };
  const about = { line, column, text: raw.trim().slice(0, MAX_SHOWN) };
  const problems: ImportProblem[] = cell.problem === null ? [] : [{ code: cell.problem, ...about }];
  if (cell.text === '') return { numbers: [], problems };
  const own = withoutOthers(cell.text);
  if (own !== cell.text) {
    const rest = readNumber(own, kind, place, { line, column }, isTable);
    return { numbers: rest.numbers, problems: [{ code: 'number-of-others', ...about }, ...rest.problems] };
  }
  if (/^sips?:/i.test(cell.text) && !/^sips?:[+0-9]/i.test(cell.text)) {
    return { numbers: [{ kind: 'sip', written: cell.text }], problems };
  }
  if (!PLAIN.test(cell.text) && readKeys(cell.text, place).length === 0)
    problems.push({ code: 'number-unreadable', ...about });
  return {
    numbers: [{ kind, written: cell.text, ...(cell.problem === 'zero-lost' ? { asItStands: true } : {}) }],
    problems,
  };
}

/** Between two numbers with words: "030 1234567, Sekretariat: 030 1234568". */
const BETWEEN = /[;,\n|]|\s\/\s|(?<=[0-9)]\s*)(?=\p{L}[\p{L}. ]*:)/u;
/** "Frau Kurz: 030 1234568" */
const NAMED =
  /^\s*(?:frau|fr\.|herr|hr\.|mr\.?|mrs\.?|ms\.?|mme|madame|monsieur|sig\.?|sr\.?|sra\.?) ?\p{Lu}[^0-9]*[0-9]/iu;
/** Words that name a person by their title ("Frau Kurz"), or a company's own number ("Notfall"). */
const NOT_OTHERS = /(?<!\p{L})(?:frau|mann) \p{L}+|(?:notfall|emergen|urgen|backup)\p{L}*/gu;

/** A field without the numbers beside which it says that they are somebody else's: "(Ehefrau)", "Sekretariat:". */
function withoutOthers(text: string): string {
  if (!/\p{L}{3}/u.test(text)) return text;
  const parts = text.split(BETWEEN);
  const isOthers = (part: string): boolean =>
    saysOthers(foldHeader(part).replace(NOT_OTHERS, '')) || (parts.length > 1 && NAMED.test(part));
  if (!parts.some(isOthers) || parts.every((part) => NAMED.test(part))) return text;
  // Words alone may be about the number before or behind them.
  if (parts.some((part) => isOthers(part) && !/[0-9]/.test(part))) return '';
  return parts.filter((part) => !isOthers(part)).join(', ');
}
