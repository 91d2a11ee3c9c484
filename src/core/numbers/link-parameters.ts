import type { DialWarning } from '../../shared/dial.ts';
import { ok, type Result } from '../../shared/result.ts';
import { joinDigitsAfterAnswer, tidyDigitsAfterAnswer } from './after-answer.ts';
import { decodeOnce } from './link-text.ts';
import { refuse } from './public-number.ts';

export interface LinkParameters {
  /** Digits for after the answer: `;ext=`, `;postd=` and the wait sign of mobile phones, `;456`. */
  digitsAfterAnswer: string | null;
  /** `;phone-context=` as written; null without one. */
  context: string | null;
  warnings: DialWarning[];
}

/** Where a local number is valid (RFC 3966, 5.1.5): after a global prefix, or in a domain such as that of a company. */
export type PhoneContext = { prefix: string } | { prefix: null; domain: string };

/** `pname` and `pvalue` of RFC 3966, without spaces and other characters that could add more than a value. */
const PARAMETER = /^([a-z0-9][a-z0-9-]{0,39})(?:=([a-z0-9[\]/:+$_.!~*'()-]{0,200}))?$/i;
const DOMAIN = /^[a-z0-9](?:[a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){0,8})\.?$/i;

/**
 * Reads the parameters of a link. Errors: link-extra for text that does not look like a parameter, link-invalid for a
 * parameter that occurs twice.
 */
export function readParameters(raw: readonly string[]): Result<LinkParameters> {
  const digitGroups: (string | null)[] = [];
  const seen = new Map<string, string>();
  let ignored = false;
  for (const piece of raw) {
    const text = decodeOnce(piece.trim());
    if (text === null) return refuse('link-invalid', 'an escape that cannot be read');
    if (text === '') continue;
    // "tel:2015550123;2015550124"
    if (/^[0-9]{7,}$/.test(text)) return refuse('link-extra', 'a second number');
    if (/^[0-9*#pw,]+$/i.test(text)) {
      digitGroups.push(tidyDigitsAfterAnswer(text));
      continue;
    }
    const [, name = '', value = ''] =
      PARAMETER.exec(text.replace(/(?<=^(?:ext|postd)=.{0,200})[ #,]/gi, encodeSign)) ?? [];
    if (name === '') return refuse('link-extra', 'text that is not a parameter');
    const key = name.toLowerCase();
    if (seen.has(key)) return refuse('link-invalid', 'the same parameter twice');
    seen.set(key, value);
    if (key === 'ext' || key === 'postd') {
      if (!/^[0-9*.()pw_-]*$/i.test(value)) return refuse('link-extra', 'text that is not an extension');
      digitGroups.push(tidyDigitsAfterAnswer(value.replaceAll('_', '#')));
    } else if (key !== 'phone-context') {
      ignored = true;
    }
  }
  return ok({
    digitsAfterAnswer: joinDigitsAfterAnswer(...digitGroups),
    context: seen.get('phone-context') ?? null,
    warnings: ignored ? ['parameter-ignored'] : [],
  });
}

/** Web pages write # and commas in parameters, which RFC 3966 does not allow. This encodes them as _ and p. */
const encodeSign = (sign: string): string => (sign === '#' ? '_' : sign === ',' ? 'p' : '');

/** Reads the value of phone-context; null if there is none. Error: link-invalid. */
export function readContext(context: string | null): Result<PhoneContext | null> {
  if (context === null) return ok(null);
  const text = context.replace(/\/+$/, '');
  const prefix = text.replace(/[-.()]/g, '');
  if (/^\+[1-9][0-9]{0,14}$/.test(prefix)) return ok({ prefix });
  if (DOMAIN.test(text) && /[a-z0-9]/i.test(text))
    return ok({ prefix: null, domain: text.toLowerCase().replace(/\.$/, '') });
  return refuse('link-invalid', 'text that is not a context');
}
