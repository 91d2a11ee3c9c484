/** How the bytes of a file were read. */
export interface DecodedText {
  text: string;
  /** A name of the Encoding standard, such as utf-8 or windows-1252. */
  encoding: string;
  /** The file is UTF-8 except for some bytes, which were read in windows-1252. */
  isMixed: boolean;
}

/** Code pages that programs and old phones use without saying so, the most common first. */
export const CODE_PAGES = [
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'shift_jis',
  'gb18030',
  'big5',
  'euc-kr',
  // Excel on a Mac.
  'macintosh',
] as const;

type CodePage = (typeof CODE_PAGES)[number];

/** The code page of Windows in these countries. In all others it is windows-1252. */
const OF_COUNTRY: ReadonlyMap<string, CodePage> = new Map(
  (
    [
      ['windows-1250', 'PL CZ SK HU RO SI HR BA AL'],
      ['windows-1251', 'RU UA BY BG MK KZ'],
      ['windows-1253', 'GR CY'],
      ['windows-1254', 'TR AZ'],
      ['windows-1255', 'IL'],
      ['windows-1256', 'EG SA AE JO KW QA BH OM LB IQ IR'],
      ['windows-1257', 'EE LV LT'],
      ['shift_jis', 'JP'],
      ['gb18030', 'CN SG'],
      ['big5', 'TW HK MO'],
      ['euc-kr', 'KR'],
    ] as const
  ).flatMap(([codePage, countries]) => countries.split(' ').map((country) => [country, codePage] as const)),
);

/** How many bytes to look at, and which share of every second byte must be zero, to recognise UTF-16 without a BOM. */
const SAMPLE = 4_096;
const MOSTLY = 0.3;

/**
 * Decodes a file. UTF-8 and UTF-16 are recognised; for any other file, `score` rates its text in each code page, and
 * the first code page with the highest score wins. `country`: that of the user, whose code page comes first.
 */
export function decodeText(bytes: Uint8Array, score: (text: string) => number, country = ''): DecodedText {
  const encoding = unicodeOf(bytes);
  if (encoding === 'utf-16le' || encoding === 'utf-16be')
    return { text: decode(bytes, encoding), encoding, isMixed: false };
  const text = tryDecode(bytes, 'utf-8');
  if (text !== null) return { text, encoding: 'utf-8', isMixed: false };
  const mixed = mostlyUtf8(bytes);
  if (mixed !== null || encoding === 'utf-8')
    return { text: mixed ?? decode(bytes, 'utf-8'), encoding: 'utf-8', isMixed: true };
  return byCodePage(bytes, score, OF_COUNTRY.get(country) ?? 'windows-1252');
}

/** The encoding that a BOM or the zeros of UTF-16 show; null without them. */
function unicodeOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | null {
  const [first = 0, second = 0, third = 0] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xef && second === 0xbb && third === 0xbf ? 'utf-8' : wideEncoding(bytes);
}

/** Letters outside ASCII in UTF-8, as characters of one byte each. */
const UTF8_LETTERS =
  /(?:[\u00c2-\u00df][\u0080-\u00bf]|[\u00e0-\u00ef][\u0080-\u00bf]{2}|[\u00f0-\u00f4][\u0080-\u00bf]{3})+/g;
/** Bytes of such letters for each other byte outside ASCII. In other encodings, a few form letters of UTF-8 by chance. */
const MIN_UTF8_BYTES = 4;

/**
 * A file in UTF-8 with some bytes that are not: it was cut within a letter, or rows of another file were appended. null
 * if most bytes outside ASCII are not UTF-8.
 */
function mostlyUtf8(bytes: Uint8Array): string | null {
  const characters = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const letters = characters.match(UTF8_LETTERS)?.join('').length ?? 0;
  const others = characters.replace(UTF8_LETTERS, '').match(/[\u0080-\u00ff]/g)?.length ?? 0;
  if (letters < others * MIN_UTF8_BYTES) return null;
  return characters.replace(/[\u0080-\u00ff]+/g, (run) => runOf(run)).replace(/^\uFEFF/, '');
}

function runOf(run: string): string {
  let text = '';
  let end = 0;
  for (const { 0: letters, index } of run.matchAll(UTF8_LETTERS)) {
    text += decode(Buffer.from(run.slice(end, index), 'latin1'), 'windows-1252');
    text += decode(Buffer.from(letters, 'latin1'), 'utf-8');
    end = index + letters.length;
  }
  return text + decode(Buffer.from(run.slice(end), 'latin1'), 'windows-1252');
}

const decode = (bytes: Uint8Array, encoding: string): string => new TextDecoder(encoding).decode(bytes);

function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const sample = bytes.subarray(0, SAMPLE);
  const zeros = [0, 0];
  for (const [at, byte] of sample.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const enough = (sample.length / 2) * MOSTLY;
  if (odd > enough && even < odd / 4) return 'utf-16le';
  return even > enough && odd < even / 4 ? 'utf-16be' : null;
}

/** By how much the score of another code page must exceed that of the country's. */
const OWN_COUNTRY = 1;

function byCodePage(bytes: Uint8Array, score: (text: string) => number, first: CodePage): DecodedText {
  let best: DecodedText = { text: decode(bytes, 'windows-1252'), encoding: 'windows-1252', isMixed: false };
  let most = -Infinity;
  for (const encoding of [first, ...CODE_PAGES.filter((other) => other !== first)]) {
    const text = tryDecode(bytes, encoding);
    const found = text === null ? -Infinity : score(text);
    if (text === null || found <= most) continue;
    best = { text, encoding, isMixed: false };
    most = found + (encoding === first ? OWN_COUNTRY : 0);
  }
  return best;
}

/** Returns null if the bytes are not valid in that code page, or if the runtime does not support it. */
function tryDecode(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
