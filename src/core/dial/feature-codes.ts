import type { CodeEffect } from '../../shared/dial-guards.ts';

/**
 * The effect of feature codes on most systems: PortSIP's and Asterisk's defaults, the vertical service codes of North
 * America, and those of mobile networks (3GPP TS 22.030). Administrators can change them, so the question says what a
 * code "usually" does.
 */
const CODES: readonly (readonly [pattern: RegExp, effect: CodeEffect])[] = [
  [/^\*{1,2}(?:21|002)\*(?<to>\+?[0-9]+)(?:\*[0-9]*)*#?$/, 'forward-all'],
  [/^\*{1,2}(?:61|62|67|004)\*(?<to>\+?[0-9]+)(?:\*[0-9]*)*#?$/, 'forward-unanswered'],
  [/^#{1,2}(?:21|002|61|62|67|004)#?$/, 'stop-forwarding'],
  [/^\*#(?:21|002|61|62|67|004)#?$/, 'say-forwarding'],
  [/^\*72\*?(?<to>\+?[0-9]*)#?$/, 'forward-all'],
  [/^\*9[02]\*?(?<to>\+?[0-9]*)#?$/, 'forward-unanswered'],
  [/^\*(?:73|91|93)#?$/, 'stop-forwarding'],
  [/^\*78#?$/, 'do-not-disturb'],
  [/^\*79#?$/, 'end-do-not-disturb'],
  [/^\*63\*?(?<to>[0-9]*)(?:\*[0-9])?#?$/, 'listen-in'],
  [/^\*68\*?[0-9]*#?$/, 'park'],
  [/^\*44#?$/, 'record'],
  [/^\*69#?$/, 'call-back'],
  [/^\*33\*[0-9]*#?$/, 'block-outgoing'],
];

/** A prefix before a number that shows or hides the caller's number for this call only. */
const CALLER_ID_PREFIX = /^(?:[*#]31#|\*(?:65|67|82))(?=\+?[0-9]{3,}$)/;

/** The number after a prefix that shows or hides the caller's number; other text unchanged. */
export const withoutCallerIdPrefix = (dial: string): string => dial.replace(CALLER_ID_PREFIX, '');

/** Prefixes before a number that apply to this call only: for the caller ID, and *SC# or #SC# of mobile networks. */
const ONE_CALL_PREFIXES = /^(?:[*#]{1,2}[0-9]{2,3}#|\*(?:65|67|82)\*?)+(?=[+*#]{0,2}[0-9]{3})/;

/** The number after prefixes that apply to one call; other text unchanged. */
export const withoutOneCallPrefixes = (dial: string): string => dial.replace(ONE_CALL_PREFIXES, '');

/** The usual effect of a feature code and the number that it applies to, or ''; null for an unknown feature code. */
export function readFeatureCode(dial: string): { effect: CodeEffect; to: string } | null {
  for (const [pattern, effect] of CODES) {
    const match = pattern.exec(dial);
    if (match !== null) return { effect, to: match.groups?.['to'] ?? '' };
  }
  return null;
}
