import { foldText } from '../../shared/fold-text.ts';
import { plainText } from '../../shared/plain-text.ts';
import type { NumberPlace } from '../numbers/national-number.ts';
import { readNumbers } from '../numbers/read-numbers.ts';
import { isPhoneWord, labelOf, wordsOf } from '../numbers/words.ts';
import { isHiddenWord } from './hidden-word.ts';
import { keyWithoutOutsideLineDigit, plainKey, readKeys, type NumberKey } from './number-keys.ts';

/**
 * Who a call comes from, or whom a line of text names. `claim`: the display name beside the number, which the caller may
 * have chosen; '' if there is none.
 */
export type Caller =
  | { kind: 'number'; number: NumberKey; claim: string }
  /** A SIP address that contains no number. */
  | { kind: 'address'; address: string; claim: string }
  /** The caller withheld the number. */
  | { kind: 'hidden'; claim: string }
  /** Words to search for. */
  | { kind: 'search'; text: string }
  | { kind: 'nothing' };

/** The beginning of a SIP header field that names a caller, for a line that was copied from a log. */
const HEADER = /^(?:from|p-asserted-identity|remote-party-id|p-preferred-identity|contact)\s*:\s*/i;
const SCHEME = /^(?:sips?|tel|callto) *:/i;
const BARE_ADDRESS = /^[^\s@]+@[^\s@]+$/;
/**
 * `user@host` without a scheme is a SIP address only if `user` is a number or a display name precedes it. Otherwise it
 * may be an e-mail address, and is searched for.
 */
const NUMBER_USER = /^[+*#]?[0-9][0-9*#.-]*@/;
const ADDRESS_START = /^ *(?:(?:sips?|tel|callto) *:|[+0-9*#(])/i;
const MAX_LINE_CHARACTERS = 2_000;
const MAX_NAME_CHARACTERS = 120;
/** "Berg 1234567" is a name and a number. With fewer digits, such as "Berg 12", it is a search. */
const MIN_DIGITS_AFTER_NAME = 7;

/** Reads a line of text: `"Anna" <sip:+4930…@pbx>`, `tel:…`, a number, or words to search for. */
export function readCaller(line: string, place: NumberPlace): Caller {
  const text = foldText(line.slice(0, MAX_LINE_CHARACTERS)).trim().replace(HEADER, '');
  if (text === '') return { kind: 'nothing' };
  const { name, rest } = splitName(text);
  const source = withoutBrackets(rest);
  const caller = classifySource(source, name, place);
  if (caller.kind !== 'number') return caller;
  const withoutOutsideLineDigit = keyWithoutOutsideLineDigit(source, place);
  return withoutOutsideLineDigit === null || withoutOutsideLineDigit === caller.number.key
    ? caller
    : { ...caller, number: { ...caller.number, withoutOutsideLineDigit } };
}

/** Decides what `source`, the line without its display name, is: a URI, a word for a hidden number, digits or words. */
function classifySource(source: string, name: string, place: NumberPlace): Caller {
  const claim = claimOf(name);
  if (SCHEME.test(source)) return readUri(source, claim, place);
  if (isHiddenWord(source)) return { kind: 'hidden', claim };
  if (BARE_ADDRESS.test(source) && (name !== '' || NUMBER_USER.test(source)))
    return readUri(`sip:${source}`, claim, place);
  if (!/\p{L}/u.test(source)) return ofDigits(source, claim, place);
  return ofWords(source, claim, place);
}

/** Reads a caller as a PBX reports one: the number and the display name in separate fields. */
export function callerOf(number: string, name: string, place: NumberPlace): Caller {
  const caller = readCaller(number, place);
  const claim = claimOf(name);
  // Without a readable number in the number field, the caller counts as hidden.
  if (caller.kind === 'nothing' || caller.kind === 'search') return { kind: 'hidden', claim };
  return { ...caller, claim };
}

/** Splits off the display name before an address, with or without quotes. */
function splitName(text: string): { name: string; rest: string } {
  const quoted = /^["“'‘]((?:[^"\\]|\\.){0,512}?)["”'’]\s*(?=\S)(.*)$/su.exec(text);
  if (quoted !== null && /^[<(+0-9*#]|^(?:sips?|tel|callto):/i.test(quoted[2] ?? '')) {
    return { name: (quoted[1] ?? '').replace(/\\(.)/g, '$1'), rest: quoted[2] ?? '' };
  }
  const bracket = addressBracket(text);
  if (bracket !== null) return { name: text.slice(0, bracket), rest: text.slice(bracket) };
  const scheme = /^(.{0,512}?\s)((?:sips?|tel|callto):\S.*)$/is.exec(text);
  return scheme === null ? { name: '', rest: text } : { name: scheme[1] ?? '', rest: scheme[2] ?? '' };
}

/**
 * Where the bracket of an address begins. The name may have brackets of its own ("Otto <Stein> <sip:…>"), and the last
 * bracket of a line may be cut off.
 */
function addressBracket(text: string): number | null {
  const brackets = [...text.matchAll(/<([^<>]*)(>|$)/g)];
  const address =
    brackets.find(([, inside = '']) => ADDRESS_START.test(inside)) ??
    brackets.find(([, inside = '']) => BARE_ADDRESS.test(inside)) ??
    brackets.find(([, , end]) => end === '>');
  return address?.index ?? null;
}

/** "<sip:1001@pbx>;tag=a1": parameters after the bracket belong to the header field. */
const withoutBrackets = (text: string): string => (/^<([^<>]*)(?:>|$)/.exec(text)?.[1] ?? text).trim();

/** The display name as plain text; '' if it is only a number or a word such as "Anonymous". */
function claimOf(name: string): string {
  const text = plainText(name.replace(/^["'\s]+|["'\s]+$/g, ''), MAX_NAME_CHARACTERS);
  // A person may have chosen a name that consists of symbols alone, such as an emoji.
  const hasSymbol = /\p{So}/u.test(text);
  const isName = hasSymbol || (!isHiddenWord(text) && !wordsOf(text).every(isPhoneWord));
  return isName ? text : '';
}

/** Reads a sip:, tel: or callto: URI. */
function readUri(uri: string, claim: string, place: NumberPlace): Caller {
  const isSip = /^sips? *:/i.test(uri);
  const bare = uri.replace(/^[a-z]+ *: *(?:\/\/)?/i, '');
  const [user, host]: [string, string] = isSip && bare.includes('@') ? splitAt(bare) : [bare, ''];
  const name = decoded(user.replace(/[;:].*$/s, '')).trim();
  // "sip:@10.0.0.1" has no caller.
  const isEmpty = isSip && bare.startsWith('@');
  if (isEmpty || isHiddenWord(name) || /(?:^|\.)anonymous\.invalid(?:[;:]|$)/i.test(host))
    return { kind: 'hidden', claim };
  if (isSip && !/^[+0-9*#(][0-9*#() .-]*(?:x[0-9]+)?$/i.test(name)) {
    const whole = `${name}@${host.replace(/[;?].*$/s, '').replace(/:[0-9]+$/, '')}`.toLowerCase();
    return { kind: 'address', address: host === '' ? name.toLowerCase() : whole, claim };
  }
  const reading = readNumbers(uri, { provenance: 'caller', place });
  if (reading.found === 'one') {
    const { dial, digitsAfterAnswer } = reading.number;
    const key = readKeys(dial, place)[0];
    if (key !== undefined)
      return {
        kind: 'number',
        number: { ...key, digitsAfterAnswer: digitsAfterAnswer ?? key.digitsAfterAnswer },
        claim,
      };
  }
  // With a foreign phone-context the local number must not match ours, so its key gets the context as prefix.
  const context = name.startsWith('+') ? undefined : /;phone-context=(\+[0-9().-]+)/i.exec(bare)?.[1];
  const number = ofDigits(name, claim, place);
  if (context === undefined || number.kind !== 'number') return number;
  const key = context.replace(/[^0-9+]/g, '') + name.replace(/[^0-9*#]/g, '');
  return { kind: 'number', number: plainKey(key), claim };
}

const splitAt = (text: string): [string, string] => {
  const at = text.lastIndexOf('@');
  return [text.slice(0, at), text.slice(at + 1)];
};

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function ofDigits(text: string, claim: string, place: NumberPlace): Caller {
  const [number, ...others] = readKeys(text, place);
  if (number === undefined) return claim === '' ? { kind: 'nothing' } : { kind: 'hidden', claim };
  // With several numbers it is not known which of them is meant.
  return others.every((other) => other.key === number.key)
    ? { kind: 'number', number, claim }
    : { kind: 'search', text };
}

/**
 * Reads a text with letters. "Anna Berg +49 30 1234567" and "+49 30 1234567 (Anna)" are a name and a number, "Berg 12"
 * is a search. Text around a number is accepted in two cases; otherwise the whole text is searched for:
 * 1. `readNumbers` finds one number with at least MIN_DIGITS_AFTER_NAME digits. If the numbering plan does not confirm
 *    the number, only words that label numbers may follow it.
 * 2. `readNumbers` fails, because the name has digits, too ("1&1 Support +49 30 1234567"), but the only long run of
 *    digits is a confirmed number, and the text before it does not label it as something else ("Order no.", "IBAN").
 */
function ofWords(text: string, claim: string, place: NumberPlace): Caller {
  const reading = readNumbers(text, { provenance: 'caller', place });
  const isPhoneText = wordsOf(text).every(isPhoneWord);
  if (reading.found === 'one' && (reading.number.kind === 'public' || isPhoneText)) {
    const { dial, digitsAfterAnswer, warnings } = reading.number;
    const [key] = readKeys(dial, place);
    const isVanity = warnings.includes('vanity');
    const [front, behind] = isVanity || isPhoneText ? ['', ''] : aroundNumber(text);
    const isWhole = dial.replace(/[^0-9]/g, '').length >= MIN_DIGITS_AFTER_NAME;
    if (key !== undefined && isWhole && (isVanity || key.certain || wordsOf(behind).every(isPhoneWord)))
      return {
        kind: 'number',
        number: { ...key, digitsAfterAnswer },
        claim: claim || claimOf(front) || claimOf(behind),
      };
  }
  const [front, behind, number] = aroundNumber(text);
  const [key, ...others] = number === '' ? [] : readKeys(number, place);
  return key?.certain === true && others.length === 0 && labelOf(front) !== 'other'
    ? { kind: 'number', number: key, claim: claim || claimOf(front) || claimOf(behind) }
    : { kind: 'search', text };
}

/** What stands before and behind the only number in a text that is long enough to be a whole one, and that number. */
function aroundNumber(text: string): [front: string, behind: string, number: string] {
  const runs = [...text.matchAll(/(?:\+|\(\+?)?[0-9](?:[ ()./-]{0,3}[0-9]){6,}/g)];
  const [run] = runs;
  if (run === undefined || runs.length > 1) return [text, '', ''];
  const [front, behind] = [text.slice(0, run.index), text.slice(run.index + run[0].length)];
  const withoutSigns = (side: string): string => side.replace(/^[\s:,;.()[\]"'-]+|[\s:,;.()[\]"'-]+$/g, '');
  return [withoutSigns(front), withoutSigns(behind), run[0]];
}
