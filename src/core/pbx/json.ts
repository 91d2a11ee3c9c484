/**
 * Finds numbers of 16 digits or more, which JavaScript may not hold exactly, and text that looks like such a number.
 */
const LONG_NUMBER = /(?:^|[:,[\s])-?\d{16}/;
const [QUOTE, BACKSLASH, OPENING_BRACE, CLOSING_BRACE] = [0x22, 0x5c, 0x7b, 0x7d];
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
/** Characters of a number besides digits: + - . e E */
const isPartOfNumber = (code: number): boolean =>
  code === 0x2b || code === 0x2d || code === 0x2e || code === 0x45 || code === 0x65;
/**
 * Maximum number of objects, and of arrays. Each costs far more memory than its two characters. A list of ten thousand
 * sessions with two legs each has thirty thousand.
 */
const MAX_OBJECTS = 250_000;

/**
 * Parses JSON text; undefined when it is not JSON, or has more than 250,000 objects and arrays. Whole numbers that a
 * JavaScript number cannot hold (session ids have 18 digits) come out as the string of their digits, so that an id sent
 * as a number stays exact.
 */
export function parseJson(text: string): unknown {
  try {
    if (hasTooManyObjects(text)) return undefined;
    return JSON.parse(LONG_NUMBER.test(text) ? quoteLongIntegers(text) : text);
  } catch {
    // JSON.parse also throws if the text is nested too deeply.
    return undefined;
  }
}

/** Whether the text has more objects or arrays than are read. */
export function hasTooManyObjects(text: string): boolean {
  return hasTooMany('{', text) || hasTooMany('[', text);
}

/** Returns the end of the object that begins at `open`; -1 if it has none. */
export function endOfObject(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfText(text, at);
    else if (code === OPENING_BRACE) depth += 1;
    else if (code === CLOSING_BRACE && --depth === 0) return at + 1;
  }
  return -1;
}

/** Returns the end of the digits that begin at `begin`. */
export function endOfDigits(text: string, begin: number): number {
  let end = begin;
  while (isDigit(text.charCodeAt(end))) end++;
  return end;
}

function hasTooMany(bracket: string, text: string): boolean {
  if (text.length <= MAX_OBJECTS) return false;
  let count = 0;
  for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) {
    if (++count > MAX_OBJECTS) return true;
  }
  return false;
}

/**
 * Puts quotes around the integers that JavaScript cannot hold. A reviver could do the same, but makes any list three
 * times as slow, and a huge one far slower.
 */
function quoteLongIntegers(text: string): string {
  const pieces: string[] = [];
  let copied = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfText(text, at);
    else if (isDigit(code) || isPartOfNumber(code)) {
      const end = endOfNumber(text, at);
      const number = text.slice(at, end);
      if (end - at >= 16 && /^-?[1-9]\d*$/.test(number) && !Number.isSafeInteger(Number(number))) {
        pieces.push(text.slice(copied, at), '"', number, '"');
        copied = end;
      }
      at = end - 1;
    }
  }
  return copied === 0 ? text : pieces.join('') + text.slice(copied);
}

/** Returns the place of the closing quote of the text that begins at `open`. */
function endOfText(text: string, open: number): number {
  let at = open + 1;
  for (let code = text.charCodeAt(at); code !== QUOTE && at < text.length; code = text.charCodeAt(at)) {
    at += code === BACKSLASH ? 2 : 1;
  }
  return at;
}

function endOfNumber(text: string, begin: number): number {
  let end = begin + 1;
  for (let code = text.charCodeAt(end); isDigit(code) || isPartOfNumber(code); code = text.charCodeAt(end)) end++;
  return end;
}
