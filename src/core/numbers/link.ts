import type { DialWarning } from '../../shared/dial.ts';
import { appError, type ErrorCode } from '../../shared/errors.ts';
import { ok, type Result } from '../../shared/result.ts';
import { joinDigitsAfterAnswer } from './after-answer.ts';
import { classify } from './classify.ts';
import { findNumbers } from './find-numbers.ts';
import {
  identify,
  shownInput,
  type IdentifiedNumber,
  type NumberReading,
  type ReadContext,
  type ReadNumber,
} from './found-number.ts';
import { readContext, readParameters, type LinkParameters } from './link-parameters.ts';
import { decodeOnce, hasExtra } from './link-text.ts';
import { planOf } from './numbering-plan.ts';
import { joinPhoneContext, refuse } from './public-number.ts';
import type { WrittenNumber } from './read-number.ts';
import { isExtensionWord, wordsOf } from './words.ts';

const SCHEME = /^(tel|callto|sips?|traydial) *:/i;
/** Queries that web pages add to mean "call this number". They are ignored. */
const HARMLESS_QUERY = /^(?:call|audio|(?:method|action)=(?:call|audio))?$/i;
const HOST = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}._-]{0,252})|\[[0-9a-f:.]{2,45}\])(?::[0-9]{1,5})?$/iu;
/** Longer numbers are public ones. */
const MAX_CODE_DIGITS = 5;
const MAX_CALLING_CODE_DIGITS = 3;

/** True for a folded, unwrapped text that begins with a scheme of telephone links. */
export const isLink = (text: string): boolean => SCHEME.test(text);

interface LinkParts {
  number: string;
  parameters: readonly string[];
  /** The host of a SIP address; null if there is none. */
  host: string | null;
}

/**
 * Reads the number in a tel:, callto:, sip: or traydial: link (folded and unwrapped). A link that contains anything else
 * is refused as a whole. The grammar is that of RFC 3966, plus forms that are common on web pages: spaces, `//`, escapes
 * and pauses. This does not use `URL`, because that loses `#` codes and reads a number after `//` as a host.
 * Refusals: link-invalid, link-extra, number-*, looks-*.
 */
export function readLink(link: string, context: ReadContext): NumberReading {
  const scheme = SCHEME.exec(link)?.[0];
  if (scheme === undefined) return none('link-invalid', 'not a tel:, callto: or sip: link');
  const parts = splitLink(scheme, link.slice(scheme.length));
  if (!parts.ok) return { found: 'none', refusal: parts.error };
  const parameters = readParameters(parts.value.parameters);
  if (!parameters.ok) return { found: 'none', refusal: parameters.error };
  const number = decodeOnce(parts.value.number);
  if (number === null) return none('link-invalid', 'an escape that cannot be read');
  // "tel:*97;*98" contains two codes; *98 is not to be pressed after the answer.
  if (/^[*#]/.test(number) && /^[*#]/.test(parameters.value.digitsAfterAnswer ?? '')) return none('number-several');
  if (hasExtra(number) || /^[./]|\.\.|\/\//.test(number)) return none('link-extra');
  const warnings: DialWarning[] = [...parameters.value.warnings];
  if (parts.value.host !== null && !isOwnHost(parts.value.host, context)) warnings.push('foreign-host');
  return readBody({ link, number, parameters: parameters.value, warnings }, context);
}

/** Splits a link into number, parameters and host by the rules of its scheme. */
function splitLink(scheme: string, text: string): Result<LinkParts> {
  const [body = '', ...queries] = text.split('?');
  if (queries.length > 1 || !HARMLESS_QUERY.test((queries[0] ?? '').trim())) return refuse('link-extra', 'a query');
  if (text.includes('&')) return refuse('link-extra', 'an &');
  const trimmed = body
    .replace(/^ *\/{0,3} */, '')
    .replace(/[ /]+$/, '')
    .replace(/^["']/, '');
  if (!/^sip/i.test(scheme)) {
    const [number = '', ...parameters] = trimmed.split(';');
    return ok({ number: number.replace(/[ /]+$/, ''), parameters, host: null });
  }
  if (queries.length > 0) return refuse('link-extra', 'headers');
  const at = trimmed.lastIndexOf('@');
  // A SIP address without a user part names a host, unless it consists of digits: "sip:1001".
  if (at < 0 && !/^[+0-9*#%]+(?:;|$)/.test(trimmed)) return refuse('link-invalid', 'no user part');
  const user = at < 0 ? trimmed : trimmed.slice(0, at);
  const [host = ''] = at < 0 ? [''] : trimmed.slice(at + 1).split(';');
  if (at >= 0 && !HOST.test(host)) return refuse('link-extra', 'text that is not a host');
  const [number = '', ...parameters] = user.split(';');
  // "user:password@host"
  return ok({ number: number.split(':')[0] ?? '', parameters, host: at < 0 ? null : host });
}

interface LinkBody {
  link: string;
  /** The decoded text of the number. */
  number: string;
  parameters: LinkParameters;
  warnings: readonly DialWarning[];
}

function readBody({ link, number: text, parameters, warnings }: LinkBody, context: ReadContext): NumberReading {
  const numbers = findNumbers(text, context.place, { isNumberOnly: true });
  const digits = /[0-9]/.test(text);
  if (!digits) return none('link-invalid');
  if (numbers.looks[0] !== undefined) return none(numbers.looks[0]);
  // Letters that remain here are not part of any number.
  const strays = wordsOf(numbers.marked).filter((word) => !isExtensionWord(word));
  if (strays.length > 0 || numbers.found.some((found) => found.glued)) {
    return none(/^[+0-9(*#]/.test(text) ? 'link-extra' : 'link-invalid', 'letters');
  }
  if (/[^0-9+*#() \-./,;\uE000\p{L}:=]/u.test(numbers.marked))
    return none('link-extra', 'a character that no number has');
  const plans: IdentifiedNumber[] = [];
  for (const { written, vanity } of numbers.found) {
    if (!written.ok) return { found: 'none', refusal: written.error };
    const noted: readonly DialWarning[] = vanity ? [...warnings, 'vanity'] : warnings;
    const plan = withParameters(written.value, parameters, noted, context);
    if (!plan.ok) return { found: 'none', refusal: plan.error };
    plans.push(plan.value);
  }
  const [only, ...others] = plans;
  if (only === undefined) return none('link-invalid');
  const input = shownInput(link);
  if (others.every((plan) => plan.dial === only.dial && plan.digitsAfterAnswer === only.digitsAfterAnswer))
    return { found: 'one', number: { input, ...only } };
  const candidates = numbers.found.map(({ start, end }, at): ReadNumber => {
    return { input: shownInput(text.slice(start, end)), ...(plans[at] ?? only) };
  });
  return { found: 'choose', candidates };
}

/** Applies the parameters to a number: the digits to press after the answer, and the context in which it is valid. */
function withParameters(
  written: WrittenNumber,
  parameters: LinkParameters,
  warnings: readonly DialWarning[],
  context: ReadContext,
): Result<IdentifiedNumber> {
  const phoneContext = readContext(parameters.context);
  if (!phoneContext.ok) return phoneContext;
  const number: WrittenNumber = {
    number: written.number,
    digitsAfterAnswer: joinDigitsAfterAnswer(written.digitsAfterAnswer, parameters.digitsAfterAnswer),
  };
  const validIn = phoneContext.value;
  if (validIn === null || number.number.startsWith('+')) return identify(number, context.place, warnings);
  if (validIn.prefix === null) {
    const foreign: DialWarning[] = isOwnHost(validIn.domain, context) ? [] : ['foreign-host'];
    return identify(number, context.place, [...warnings, ...foreign]);
  }
  // Extensions, codes and emergency numbers may also have the user's country as context. They are dialled without it.
  const isLocal = isOwnCountry(validIn.prefix, context) && isNotPublic(number.number, context);
  if (isLocal || /[*#]/.test(number.number)) return identify(number, context.place, warnings);
  const joined = joinPhoneContext(validIn.prefix, number.number);
  if (joined === null) return refuse('number-incomplete', 'a local number whose context does not complete it');
  return identify({ ...number, number: joined }, context.place, warnings);
}

/** True if the prefix is the user's country code without an area code. */
function isOwnCountry(prefix: string, { place }: ReadContext): boolean {
  const plan = planOf(place.country);
  return plan === null ? prefix.length <= MAX_CALLING_CODE_DIGITS + 1 : prefix === `+${plan.callingCode}`;
}

/** True for a number that is dialled without a country code: an extension, a code or an emergency number. */
function isNotPublic(number: string, { place }: ReadContext): boolean {
  if (number.length <= MAX_CODE_DIGITS) return true;
  const classified = classify(number, place);
  return classified.ok && classified.value.kind !== 'public';
}

const isOwnHost = (host: string, { ownHosts = [] }: ReadContext): boolean =>
  ownHosts.includes(host.replace(/:[0-9]+$/, '').toLowerCase());

const none = (code: ErrorCode, detail?: string): NumberReading => ({
  found: 'none',
  refusal: appError(code, detail === undefined ? {} : { detail }),
});
