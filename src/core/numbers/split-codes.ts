import type { SegmentOptions } from './segments.ts';

/** A star code without the # that would end it. */
const OPEN_CODE = /^\*{1,2}[0-9]{1,3}$/;
/** A longer number is not an extension of this PBX, so "#12" after it is the extension to press after the answer. */
const MAX_PBX_NUMBER_DIGITS = 5;

/**
 * Returns where new numbers begin in a text with feature codes that spaces divide: "*97 *98", "1001 *97". A code stays
 * together with the public number that it applies to: "*67 201 555 0123", "*31# 030 1234567".
 */
export function cutCodes(text: string, options: SegmentOptions): number[] {
  const places: number[] = [];
  let from = 0;
  for (const { 0: word, index } of text.matchAll(/[^ ]+/g)) {
    const before = text.slice(from, index);
    if (!/[0-9]/.test(before) || !beginsNumber(word, before, text.slice(index), options)) continue;
    places.push(index);
    from = index;
  }
  return places;
}

function beginsNumber(word: string, before: string, after: string, options: SegmentOptions): boolean {
  if (/^[*#].*[0-9]/.test(word)) {
    const extension = /^#[0-9]+$/.test(word) && !/[*#]/.test(before) && digitsOf(before).length > MAX_PBX_NUMBER_DIGITS;
    return !extension;
  }
  if (!/^[*#]/.test(before.trim()) || /#/.test(word)) return false;
  const number = digitsOf(/^[^*#]*/.exec(after)?.[0] ?? '');
  if (options.isEmergency(word)) return number === word || !options.isWholeAlone(number);
  return OPEN_CODE.test(before.trim()) && number === word && options.isExtension(word);
}

const digitsOf = (text: string): string => text.replace(/[^0-9]/g, '');
