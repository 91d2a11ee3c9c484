import { appError } from '../../shared/errors.ts';
import { foldText } from '../../shared/fold-text.ts';
import type { NumberReading, ReadContext } from './found-number.ts';
import { isLink, readLink } from './link.ts';
import { readText } from './read-text.ts';

/** Longer texts are refused. */
const MAX_TEXT_CHARACTERS = 1000;

// Quotes and brackets around a number that was copied from a sentence or a list of mail addresses.
const WRAPPING = /[\s"'<>‘’“”«»„‹›「」]/u;
const PHONE_SIGNS = /[℡☎☏✆📞📟📱📲]/gu;
const FAX_SIGNS = /[📠🖷]/gu;
/** A sign between two numbers belongs to the second one. */
const SIGN_BETWEEN = /(?<=[0-9)] ?)[℡☎☏✆📞📟📱📲📠🖷]\uFE0F?(?= ?[0-9(+])/gu;
/** Links for other programs. Words with a space after the colon, such as "SMS: ", are labels. */
const OTHER_SCHEME =
  /^(?:https?|ftp|file|mailto|javascript|vbscript|data|skype|facetime(?:-audio)?|sms(?:to)?|mms|whatsapp|intent|xmpp|im|ssh):[^ ]/i;
/** A label before a number that looks like the scheme of a link. The text is first read as a link. */
const LABEL = /^tel ?: |^TEL:[^%?&]{5,40}FAX/i;

/**
 * Reads a typed or pasted text or a link. The result is one number, several to choose from, or none and the reason.
 * Typed links are read as links, but a clicked text must be a link. The time is linear; never throws.
 */
export function readNumbers(text: string, context: ReadContext): NumberReading {
  if (text.length > MAX_TEXT_CHARACTERS)
    return { found: 'none', refusal: appError('number-too-long', { detail: 'over 1,000 characters' }) };
  const folded = unwrap(signsAsWords(foldText(text)));
  if (folded === '') return { found: 'none', refusal: appError('number-empty') };
  if (isLink(folded)) {
    const reading = readLink(folded, context);
    const isText = reading.found !== 'one' && context.provenance !== 'link' && LABEL.test(folded);
    return isText && !carriesSwitch(folded) ? readText(folded, context) : reading;
  }
  if (context.provenance === 'link' || OTHER_SCHEME.test(folded))
    return { found: 'none', refusal: appError('link-invalid') };
  return readText(folded, context);
}

const signsAsWords = (text: string): string =>
  text
    .replace(SIGN_BETWEEN, (sign) => (/[📠🖷]/u.test(sign) ? '\nfax: ' : '\n'))
    .replace(FAX_SIGNS, ' fax ')
    .replace(PHONE_SIGNS, ' ');

/** True if a link contains a possible command-line switch or a query. Such a link is not read as a text. */
const carriesSwitch = (text: string): boolean => /\s(?:--?|\/)\p{L}/u.test(text) || /[?&%]/.test(text);

/**
 * Removes quotes and brackets around a text. It uses loops, because a regular expression would try every position.
 */
function unwrap(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && WRAPPING.test(text.charAt(start))) start += 1;
  while (end > start && WRAPPING.test(text.charAt(end - 1))) end -= 1;
  const inner = text.slice(start, end);
  return /^\[[^[\]]*\]$/.test(inner) ? unwrap(inner.slice(1, -1)) : inner;
}
