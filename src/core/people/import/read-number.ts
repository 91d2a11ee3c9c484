import type { NumberPlace } from '../../numbers/national-number.ts';
import { readKeys } from '../number-keys.ts';
import type { NumberKind } from '../../../shared/people.ts';
import type { PersonNumber } from '../person.ts';
import { readCell } from './excel.ts';
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
  const cell = isTable ? readCell(raw, place) : { text: raw.trim(), problem: null };
  const about = { line, column, text: raw.trim().slice(0, MAX_SHOWN) };
  const problems: ImportProblem[] = cell.problem === null ? [] : [{ code: cell.problem, ...about }];
  if (cell.text === '') return { numbers: [], problems };
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
