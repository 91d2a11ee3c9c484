import { appError, type ErrorCode } from '../../shared/errors.ts';
import { err, type Result } from '../../shared/result.ts';
import { foldText } from './fold-text.ts';
import { joinContext } from './public-number.ts';
import { readNumber, unwrap } from './read-number.ts';

const SCHEME = /^(tel|callto|sips?|traydial) *:/i;
const DECODABLE = /^(?:[^%]|%[0-9a-f]{2})*$/i;
/** Errors about the text around the number: in a link they all mean that it holds none. */
const NOT_A_NUMBER: ReadonlySet<ErrorCode> = new Set(['number-empty', 'number-letters', 'number-invalid']);

/** True for a text that begins with a scheme of telephone links. */
export const isLink = (text: string): boolean => SCHEME.test(unwrap(text));

/**
 * The number in a tel:, callto:, sip: or traydial: link, read as readNumber reads it. A link carries a number and nothing else:
 * parameters, query and host are left out. Grammar of RFC 3966, plus what pages really hold: spaces, `//`, escapes.
 * The raw text is parsed here because URL loses `#` codes and mistakes a number after `//` for a host.
 * Errors: link-invalid, number-several, number-too-long, number-too-short.
 */
export function readLink(text: string): Result<string> {
  const link = unwrap(text);
  const scheme = SCHEME.exec(link)?.[0];
  if (scheme === undefined) return noNumber('not a link to a phone number');
  const body = (link.slice(scheme.length).split('?')[0] ?? '').replace(/^ *\/*/, '');
  const [raw = '', ...parameters] = (/^sip/i.test(scheme) ? userPart(body) : body).split(';');
  const piece = decodeOnce(trimSlashes(raw));
  if (piece === null) return noNumber('an escape that cannot be read');
  const number = readNumber(piece);
  if (!number.ok) return NOT_A_NUMBER.has(number.error.code) ? noNumber(number.error.detail) : number;
  return inContext(number.value, parameters);
}

/** Without its user part a SIP address names a machine, unless it is digits only: "sip:1001". */
function userPart(body: string): string {
  const at = body.lastIndexOf('@');
  // "user:password@host"
  if (at >= 0) return body.slice(0, at).split(':')[0] ?? '';
  return /^[+0-9*#%]+(?:;|$)/.test(body) ? body : '';
}

/** A local number may say in which part of the world it is valid; see joinContext. */
function inContext(number: string, parameters: readonly string[]): Result<string> {
  const local = { ok: true, value: number } as const;
  const context = parameters.find((parameter) => /^phone-context=/i.test(parameter))?.split('=')[1];
  // Extensions, codes and emergency numbers have a context too, and are dialled without it.
  if (context === undefined || number.startsWith('+') || number.length <= 5 || /[*#]/.test(number)) return local;
  const prefix = decodeOnce(trimSlashes(context))?.replace(/[-.() ]/g, '');
  if (prefix === undefined) return noNumber('an escape that cannot be read');
  // Anything else than a prefix is a domain: the number is one of that company's own.
  if (!/^\+[0-9]+$/.test(prefix)) return local;
  const joined = joinContext(prefix, number);
  return joined === null
    ? noNumber(`a local number of ${prefix}, which cannot be completed`)
    : { ok: true, value: joined };
}

const trimSlashes = (text: string): string => text.replace(/[ /]+$/, '');

/** One round only: "%2520" is the text "%20", no space. An escape that is broken makes the whole piece worthless. */
function decodeOnce(piece: string): string | null {
  if (!DECODABLE.test(piece)) return null;
  try {
    return foldText(decodeURIComponent(piece));
  } catch {
    return null;
  }
}

const noNumber = (detail?: string): Result<never> =>
  err(appError('link-invalid', detail === undefined ? {} : { detail }));
