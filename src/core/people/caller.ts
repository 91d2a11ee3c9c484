import { foldText } from '../../shared/fold-text.ts';
import { plainText } from '../../shared/plain-text.ts';
import type { NumberPlace } from '../numbers/national-number.ts';
import { readNumbers } from '../numbers/read-numbers.ts';
import { isPhoneWord, wordsOf } from '../numbers/words.ts';
import { isHiddenWord } from './hidden-word.ts';
import { readKeys, type NumberKey } from './number-keys.ts';

/** The party that a call or a line of text names. */
export type Caller =
  /** A number, or a SIP address without one. */
  | { what: 'number'; number: NumberKey; claim: string }
  | { what: 'address'; address: string; claim: string }
  /** The caller withheld the number. */
  | { what: 'hidden'; claim: string }
  | { what: 'search'; text: string }
  | { what: 'nothing' };

/** SIP header fields that name a caller, as they stand in a log. */
const HEADER = /^(?:from|p-asserted-identity|remote-party-id|p-preferred-identity|contact)\s*:\s*/i;
const SCHEME = /^(?:sips?|tel|callto) *:/i;
const MAX_LINE = 2_000;
/** Fewer digits after words are not read as a number, but searched for. */
const MIN_WHOLE_DIGITS = 7;

/** Reads a line: `"Anna" <sip:+4930…@pbx>`, `tel:…`, a number, or words to search for. */
export function readCaller(line: string, place: NumberPlace): Caller {
  const text = foldText(line.slice(0, MAX_LINE)).trim().replace(HEADER, '');
  if (text === '') return { what: 'nothing' };
  const { name, rest } = splitName(text);
  const address = withoutBrackets(rest);
  const claim = claimOf(name);
  if (SCHEME.test(address)) return readAddress(address, claim, place);
  if (isHiddenWord(address)) return { what: 'hidden', claim };
  if (/^[^\s@]+@[^\s@]+$/.test(address) && name !== '') return readAddress(`sip:${address}`, claim, place);
  if (!/\p{L}/u.test(address)) return ofDigits(address, claim, place);
  return ofWords(address, claim, place);
}

/** A caller as a PBX reports one: number and display name apart. */
export function callerOf(number: string, name: string, place: NumberPlace): Caller {
  const caller = readCaller(number, place);
  const claim = claimOf(name);
  if (caller.what === 'nothing' || caller.what === 'search') return { what: 'hidden', claim };
  return { ...caller, claim };
}

/** The display name in front of an address, in quotes or not. */
function splitName(text: string): { name: string; rest: string } {
  const quoted = /^["“'‘]((?:[^"\\]|\\.){0,512}?)["”'’]\s*(?=\S)(.*)$/su.exec(text);
  if (quoted !== null && /^[<(+0-9*#]|^(?:sips?|tel|callto):/i.test(quoted[2] ?? '')) {
    return { name: (quoted[1] ?? '').replace(/\\(.)/g, '$1'), rest: quoted[2] ?? '' };
  }
  const bracket = /^([^<>]{0,512})(<[^<>]*>.*)$/s.exec(text);
  if (bracket !== null) return { name: bracket[1] ?? '', rest: bracket[2] ?? '' };
  const scheme = /^(.{0,512}?\s)((?:sips?|tel|callto):\S.*)$/is.exec(text);
  return scheme === null ? { name: '', rest: text } : { name: scheme[1] ?? '', rest: scheme[2] ?? '' };
}

/** "<sip:1001@pbx>;tag=a1": parameters after the bracket belong to the header field. */
const withoutBrackets = (text: string): string => (/^<([^<>]*)>/.exec(text)?.[1] ?? text).trim();

/** The name, or '' if it is a number or a word such as "Anonymous". */
function claimOf(name: string): string {
  const text = plainText(name.replace(/^["'\s]+|["'\s]+$/g, ''), 120);
  const says = /\p{So}/u.test(text) || (!isHiddenWord(text) && !wordsOf(text).every(isPhoneWord));
  return says ? text : '';
}

function readAddress(address: string, claim: string, place: NumberPlace): Caller {
  const isSip = /^sips? *:/i.test(address);
  const bare = address.replace(/^[a-z]+ *: *(?:\/\/)?/i, '');
  const [user, host]: [string, string] = isSip && bare.includes('@') ? splitAt(bare) : [bare, ''];
  const name = decoded(user.replace(/[;:].*$/s, '')).trim();
  if (isHiddenWord(name) || /(?:^|\.)anonymous\.invalid(?:[;:]|$)/i.test(host)) return { what: 'hidden', claim };
  if (isSip && !/^[+0-9*#(][0-9*#() .-]*(?:x[0-9]+)?$/i.test(name)) {
    const whole = `${name}@${host.replace(/[;?].*$/s, '').replace(/:[0-9]+$/, '')}`.toLowerCase();
    return { what: 'address', address: host === '' ? name.toLowerCase() : whole, claim };
  }
  const reading = readNumbers(address, { provenance: 'caller', place });
  if (reading.found === 'one') {
    const { dial, then } = reading.number;
    const key = readKeys(dial, place)[0];
    if (key !== undefined) return { what: 'number', number: { ...key, behind: then ?? key.behind }, claim };
  }
  return ofDigits(name, claim, place);
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
  if (number === undefined) return claim === '' ? { what: 'nothing' } : { what: 'hidden', claim };
  // With two numbers it is not known which of them calls.
  return others.every((other) => other.key === number.key)
    ? { what: 'number', number, claim }
    : { what: 'search', text };
}

/** "Anna Berg +49 30 1234567" is a name and a number, but "Berg 12" is a search. */
function ofWords(text: string, claim: string, place: NumberPlace): Caller {
  const reading = readNumbers(text, { provenance: 'caller', place });
  const isNumber = reading.found === 'one' && (reading.number.kind === 'public' || wordsOf(text).every(isPhoneWord));
  if (!isNumber) return { what: 'search', text };
  const { dial, then } = reading.number;
  const letters = /^[^0-9+(]*/.exec(text)?.[0] ?? '';
  const vanity = reading.number.warnings.includes('vanity');
  const trailing = text.slice(letters.length).replace(/[0-9+().\-/ ]/g, '');
  const certainly = vanity || wordsOf(trailing).every(isPhoneWord);
  const [key] = readKeys(dial, place);
  if (key === undefined || dial.replace(/[^0-9]/g, '').length < MIN_WHOLE_DIGITS || !certainly)
    return { what: 'search', text };
  const front = vanity || wordsOf(letters).every(isPhoneWord) ? '' : letters.replace(/[\s:,;.-]+$/, '');
  return { what: 'number', number: { ...key, behind: then }, claim: claim === '' ? claimOf(front) : claim };
}
