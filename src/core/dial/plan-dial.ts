import type { DialPlan, DialSource } from '../../shared/dial.ts';
import { appError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { isLink, readLink } from './link.ts';
import { plainText } from '../../shared/plain-text.ts';
import { nationalToGlobal, tidyGlobal } from './public-number.ts';
import { readNumber } from './read-number.ts';
import { showNumber } from '../../shared/show-number.ts';

export interface DialContext {
  source: DialSource;
  /** ISO 3166-1 alpha-2 in capitals, to complete national numbers; '' leaves them as they are typed. */
  country: string;
  /** How many digits the extensions of this PBX have; 3 to 5 unless given. */
  extensionDigits?: { min: number; max: number };
}

/** No number is that long, with whatever stands around it; more is not looked at. */
const MAX_TEXT = 1000;
const MAX_INPUT = 200;
const MIN_DIGITS = 3;

/** Emergency numbers of three digits. Those of other countries look like extensions and are dialled alike. */
const EMERGENCY = new Set(['000', '110', '112', '119', '911', '999']);

/**
 * From a text (typed, pasted, a link) to the one number the PBX gets, or why there is none. A link is taken for one
 * wherever it comes from; from the source `link` nothing else is. Pure, never throws.
 * Errors: number-empty, -letters, -several, -too-short, -too-long, -invalid, link-invalid.
 */
export function planDial(text: string, context: DialContext): Result<DialPlan> {
  if (text.length > MAX_TEXT) return err(appError('number-too-long'));
  const number = context.source === 'link' || isLink(text) ? readLink(text) : readNumber(text);
  if (!number.ok) return number;
  const min = Math.min(MIN_DIGITS, context.extensionDigits?.min ?? MIN_DIGITS);
  if (!/[*#]/.test(number.value) && number.value.length < min) return err(appError('number-too-short'));
  const kind = kindOf(number.value, context);
  const dial = kind === 'public' ? complete(number.value, context.country) : number.value;
  const e164 = dial.startsWith('+') ? dial : null;
  const shown = showNumber(dial, context.country);
  return ok({
    input: shownInput(text),
    shown,
    dial,
    kind,
    e164,
    then: null,
    rule: null,
    trunk: '',
    callerId: '',
    warnings: [],
  });
}

function kindOf(number: string, { extensionDigits = { min: 3, max: 5 } }: DialContext): DialPlan['kind'] {
  if (/[*#]/.test(number)) return 'feature-code';
  if (number.startsWith('+') || EMERGENCY.has(number)) return 'public';
  return number.length >= extensionDigits.min && number.length <= extensionDigits.max ? 'extension' : 'public';
}

/** E.164 where that is certain. Short numbers are services of the network, which a phone library would mangle. */
function complete(number: string, country: string): string {
  if (number.startsWith('+')) return tidyGlobal(number);
  return number.length <= 5 ? number : (nationalToGlobal(number, country) ?? number);
}

/** A SIP link may hold a password: "sip:1001:secret@pbx". */
const shownInput = (text: string): string => plainText(text.replace(/^(\s*sips?:[^:@]*):[^@]*@/i, '$1@'), MAX_INPUT);
