/** How the bytes of a file were read. */
export interface DecodedText {
  text: string;
  /** A name of the Encoding standard, such as utf-8 or windows-1252. */
  encoding: string;
}

/** Code pages that Windows programs and old phones use without saying so, the most common first. */
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
] as const;

/** How many bytes to look at, and which share of every second byte must be zero, to recognise UTF-16 without a BOM. */
const SAMPLE = 4_096;
const MOSTLY = 0.3;

/**
 * Decodes a file. UTF-8 and UTF-16 are recognised; for any other file, `score` rates its text in each code page, and
 * the first code page with the highest score wins.
 */
export function decodeText(bytes: Uint8Array, score: (text: string) => number): DecodedText {
  const [first = 0, second = 0, third = 0] = bytes;
  if (first === 0xff && second === 0xfe) return { text: decode(bytes, 'utf-16le'), encoding: 'utf-16le' };
  if (first === 0xfe && second === 0xff) return { text: decode(bytes, 'utf-16be'), encoding: 'utf-16be' };
  if (first === 0xef && second === 0xbb && third === 0xbf) return { text: decode(bytes, 'utf-8'), encoding: 'utf-8' };
  const wide = wideEncoding(bytes);
  if (wide !== null) return { text: decode(bytes, wide), encoding: wide };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return byCodePage(bytes, score);
  }
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

function byCodePage(bytes: Uint8Array, score: (text: string) => number): DecodedText {
  let best: DecodedText = { text: decode(bytes, 'windows-1252'), encoding: 'windows-1252' };
  let most = score(best.text);
  for (const encoding of CODE_PAGES.slice(1)) {
    const text = tryDecode(bytes, encoding);
    const found = text === null ? -1 : score(text);
    if (text === null || found <= most) continue;
    best = { text, encoding };
    most = found;
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
