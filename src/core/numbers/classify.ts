import type { DialKind, DialWarning } from '../../shared/dial.ts';
import { DEFAULT_EXTENSIONS } from '../../shared/dial-rules.ts';
import { ok, type Result } from '../../shared/result.ts';
import { isEmergencyCall } from './emergency.ts';
import { readNational, type NumberPlace } from './national-number.ts';
import { planOf } from './numbering-plan.ts';
import { readGlobal, refuse } from './public-number.ts';
import { matchesExtension } from './extension-pattern.ts';

/** A number before dial rules: what it is and what would be dialled. */
export interface Classified {
  kind: DialKind;
  dial: string;
  e164: string | null;
  warnings: DialWarning[];
}

/** What the API takes is far more (256); no number that a person dials is. */
const MAX_DIALLED = 32;
const MIN_DIGITS = 3;
/** Longer numbers are public ones, but for the European services that begin with 11 (116 117, 118 118). */
const LONGEST_SHORT_CODE = 5;
const LONG_SHORT_CODE = /^11[0-9]{4}$/;
/** What a field is filled with that has to hold a number. */
const NOTHING_BUT_ZEROS = /^0{6,}$/;
/** Known to be services of the network: nearly everywhere what begins with 1, in North America N11. */
const CERTAIN_SHORT_CODE = /^1[0-9]{2,5}$|^[2-8]11$/;

/** Public services whose short number begins with a 0, which elsewhere is the beginning of an area code. */
const HELPLINES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['ES', new Set('010 011 012 014 016 017 020 021 024 025 060'.split(' '))],
  ['MX', new Set('030 031 040 050 070 071 072 075 078 088 089 090'.split(' '))],
  ['RU', new Set(['04', '050'])],
]);

/**
 * What a number is (0-9 * # and a leading +), settled before any phone library sees it: those turn an extension or a
 * code into a number of somebody else. Emergency numbers come first, as every pattern for extensions covers them.
 * Errors: number-too-short, -too-long, -incomplete, -invalid.
 */
export function classify(number: string, place: NumberPlace): Result<Classified> {
  const { country } = place;
  if (number.length > MAX_DIALLED) return refuse('number-too-long');
  if (number.startsWith('+')) return asPublic(readGlobal(number));
  if (isEmergencyCall(number, knownPlace(place))) return plain('emergency', number);
  if (/[*#]/.test(number)) {
    return /[0-9]|^[*#]{2}$/.test(number) ? plain('feature-code', number) : refuse('number-too-short');
  }
  if (isExtension(number, place.extensions)) return plain('extension', number);
  if (NOTHING_BUT_ZEROS.test(number)) return refuse('number-invalid', 'nothing but zeros');
  if (number.length < MIN_DIGITS) return refuse('number-too-short');
  if (HELPLINES.get(country)?.has(number) === true) return plain('short-code', number);
  if (number.startsWith('0') && number.length <= LONGEST_SHORT_CODE + 1) return refuse('number-incomplete');
  if (number.length <= LONGEST_SHORT_CODE || LONG_SHORT_CODE.test(number)) {
    return plain('short-code', number, ...(CERTAIN_SHORT_CODE.test(number) ? [] : (['not-completed'] as const)));
  }
  return asPublic(readNational(number, place));
}

/** A country that has no plan is one that is not known. */
export const knownPlace = (place: NumberPlace): NumberPlace =>
  planOf(place.country) === null ? { ...place, country: '' } : place;

/** "030" is an area code. Nobody who left the pattern as it came said that extensions may begin with a 0. */
function isExtension(digits: string, pattern: string): boolean {
  if (pattern === DEFAULT_EXTENSIONS && digits.startsWith('0')) return false;
  return matchesExtension(digits, pattern);
}

const plain = (kind: DialKind, dial: string, ...warnings: DialWarning[]): Result<Classified> =>
  ok({ kind, dial, e164: null, warnings });

const asPublic = (read: ReturnType<typeof readGlobal>): Result<Classified> =>
  read.ok ? ok({ kind: 'public', ...read.value }) : read;
