import { appError } from '../../shared/errors.ts';
import { foldText } from '../../shared/fold-text.ts';
import type { NumberReading, ReadContext } from './found-number.ts';
import { isLink, readLink } from './link.ts';
import { readText } from './read-text.ts';

/** No number is that long, with whatever stands around it; more is not looked at. */
const MAX_TEXT = 1000;

// Quotes and brackets that come along when a number is copied out of a sentence or a mail address list.
const WRAPPING = /[\s"'<>‘’“”«»„‹›「」]/u;
const PHONE_SIGNS = /[℡☎☏✆📞📟📱📲]/gu;
/** Links of other programs; with a blank behind it, "SMS:" is a label. */
const OTHER_SCHEME =
  /^(?:https?|ftp|file|mailto|javascript|vbscript|data|skype|facetime(?:-audio)?|sms(?:to)?|mms|whatsapp|intent|xmpp|im|ssh):[^ ]/i;
/** A label with a blank behind it: what follows is a text. A link that is written so is read as well. */
const LABEL = /^tel ?: |^TEL:[^%?&]{5,40}FAX/i;

/**
 * From a text (typed, pasted, a link) to the one number it holds, several to choose from, or none and why. A link
 * is taken for one wherever it comes from; from the source `link` nothing else is. Pure and linear, never throws.
 */
export function readNumbers(text: string, context: ReadContext): NumberReading {
  if (text.length > MAX_TEXT)
    return { found: 'none', refusal: appError('number-too-long', { detail: 'over 1,000 characters' }) };
  const folded = unwrap(foldText(text).replace(PHONE_SIGNS, ' '));
  if (folded === '') return { found: 'none', refusal: appError('number-empty') };
  if (isLink(folded)) {
    const reading = readLink(folded, context);
    const isText = reading.found !== 'one' && context.source !== 'link' && LABEL.test(folded);
    return isText && !carriesSwitch(folded) ? readText(folded, context) : reading;
  }
  if (context.source === 'link' || OTHER_SCHEME.test(folded))
    return { found: 'none', refusal: appError('link-invalid') };
  return readText(folded, context);
}

/** A link with a blank in it is still a link: nothing is read past what could be meant for a command line. */
const carriesSwitch = (text: string): boolean => /\s(?:--?|\/)\p{L}/u.test(text) || /[?&%]/.test(text);

/** Without the signs around a text. By hand: a regular expression for the end would try every place. */
function unwrap(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && WRAPPING.test(text.charAt(start))) start += 1;
  while (end > start && WRAPPING.test(text.charAt(end - 1))) end -= 1;
  const inner = text.slice(start, end);
  return /^\[[^[\]]*\]$/.test(inner) ? unwrap(inner.slice(1, -1)) : inner;
}
