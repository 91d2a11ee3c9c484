import type { NumberPlace } from '../../numbers/national-number.ts';
import { planOf } from '../../numbers/numbering-plan.ts';
import { isValidGlobal } from '../../numbers/public-number.ts';
import type { ImportProblemCode } from '../../../shared/contacts.ts';
import { readKeys } from '../number-keys.ts';

export interface Cell {
  /** The number without what the spreadsheet added; '' if digits are lost. */
  text: string;
  problem: ImportProblemCode | null;
}

/** "4.93E+11", "4,93012E+11" */
const ROUNDED = /^[+-]?[0-9](?:[.,][0-9]+)?E\+?[0-9]{1,2}$/i;
/** ="+4930…", =+4930…, ="030…" */
const FORMULA = /^=\s*(?:"([^"]*)"|([+0-9][0-9 ().-]*))$/;
/** 49301234567.0: the digits were kept as a decimal number. */
const DECIMAL = /^([1-9][0-9]*)[.,]00?$/;

/** Reads a number from a table and reports what a spreadsheet has changed. Lost digits are never guessed. */
export function readCell(raw: string, place: NumberPlace): Cell {
  const text = raw.trim().replace(/^'(?=[+0-9(])/, '');
  if (ROUNDED.test(text)) return { text: '', problem: 'number-rounded' };
  const formula = FORMULA.exec(text);
  if (formula !== null) return { text: (formula[1] ?? formula[2] ?? '').trim(), problem: 'number-as-formula' };
  const whole = DECIMAL.exec(text)?.[1];
  const digits = whole ?? text;
  if (isTruncated(digits, place)) return { text: digits, problem: 'zero-lost' };
  return { text: digits, problem: whole === undefined ? null : 'number-as-decimal' };
}

/**
 * True for bare digits that are a number of the country only with a 0 in front. A spreadsheet drops that 0 only from
 * bare digits, which it takes for an amount.
 */
function isTruncated(text: string, place: NumberPlace): boolean {
  const plan = planOf(place.country);
  if (plan === null || !/^[1-9][0-9]{6,12}$/.test(text)) return false;
  const code = plan.callingCode;
  if (text.startsWith(code) && isValidGlobal(`+${text}`)) return false;
  // Many countries write such digits as they stand, and no local number has as many.
  if (plan.nationalPrefix === '0')
    return isValidGlobal(`+${code}${text}`) && readKeys(text, place)[0]?.certain !== true;
  // Italy's area codes keep their 0 abroad.
  return code === '39' && !isValidGlobal(`+39${text}`) && isValidGlobal(`+390${text}`);
}
