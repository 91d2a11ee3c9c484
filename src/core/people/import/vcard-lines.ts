/** One property of a card. */
export interface CardLine {
  /** In capitals, without its group: TEL, FN, X-ABLABEL. */
  name: string;
  /** "item1" of "item1.TEL"; '' without one. */
  group: string;
  /** In lower case. Parameters without a name (vCard 2.1) are types. */
  types: string[];
  /** Other parameters, names in lower case. */
  params: ReadonlyMap<string, string>;
  /** Decoded, but still with its backslashes. */
  value: string;
  /** From 1. */
  line: number;
}

/** The text of a vCard file, and how to decode values in it that are still bytes. */
export interface CardText {
  text: string;
  /** The file has no single encoding: each character of `text` is one byte. */
  isBinary: boolean;
  /** `charset` as declared in the card, or ''. */
  decode: (bytes: Uint8Array, charset: string) => string;
}

/** Properties that may be megabytes long and do not identify anybody. */
const SKIPPED = /^(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY|NOTE)[;:]/i;
const LINE = /^(?:([\w-]+)\.)?([\w-]+)((?:;(?:[^":;]|"[^"]*")*)*):(.*)$/s;

/** Headers of a property whose value is quoted-printable, in which a = at the end of a line continues on the next one. */
const QUOTED = /^[^:]*;(?:ENCODING=)?QUOTED-PRINTABLE[;:]/i;
const CONTINUES = /=[ \t]*$/;

/** The lines as they are in the file, numbered from 1. */
function* physicalLines(text: string): Generator<{ text: string; line: number }> {
  const lineEnd = text.includes('\n') ? '\n' : '\r';
  let start = 0;
  let line = 1;
  while (start <= text.length) {
    let end = text.indexOf(lineEnd, start);
    if (end < 0) end = text.length;
    yield { text: text.slice(start, end).replace(/\r+$/, ''), line };
    start = end + 1;
    line += 1;
  }
}

/** The properties of all cards, with folded lines joined; `broken` for a line that is not a property. */
export function* cardLines(card: CardText): Generator<CardLine | { broken: string; line: number }> {
  let whole = '';
  let began = 1;
  let skipping = false;
  let continues = false;
  let isQuoted = false;
  for (const { text: part, line } of physicalLines(card.text)) {
    // A card whose last value has a = too many ends nevertheless.
    if (continues && !/^END:VCARD\s*$/i.test(part)) {
      if (!skipping) whole = whole.replace(CONTINUES, '') + part;
      continues = CONTINUES.test(part);
      continue;
    }
    if (/^[ \t]/.test(part) && (whole !== '' || skipping)) {
      if (!skipping) whole += part.slice(1);
      continues = isQuoted && CONTINUES.test(part);
      continue;
    }
    // Some programs write base64 values of vCard 2.1 on further lines without indenting them.
    if (skipping && !/^(?:[\w-]+\.)?[A-Za-z][\w-]*[;:]/.test(part)) continue;
    if (whole !== '') yield parseLine(whole, began, card);
    skipping = SKIPPED.test(part);
    isQuoted = QUOTED.test(part);
    continues = isQuoted && CONTINUES.test(part);
    whole = skipping ? '' : part;
    began = line;
  }
  if (whole !== '') yield parseLine(whole, began, card);
}

function parseLine(text: string, line: number, card: CardText): CardLine | { broken: string; line: number } {
  const [, group = '', name = '', rawParams = '', raw = ''] = LINE.exec(text) ?? [];
  if (name === '') return { broken: text, line };
  const types: string[] = [];
  const params = new Map<string, string>();
  for (const piece of rawParams.match(/;(?:[^";]|"[^"]*")*/g) ?? []) {
    const [key, value] = splitParam(piece.slice(1));
    if (value === undefined) types.push(key.toLowerCase());
    else if (key.toLowerCase() === 'type') types.push(...value.toLowerCase().split(','));
    else params.set(key.toLowerCase(), value);
  }
  const bytes = bytesOf(raw, (params.get('encoding') ?? '').toLowerCase(), types, card.isBinary);
  const value = bytes === null ? raw : card.decode(bytes, params.get('charset') ?? '');
  return { name: name.toUpperCase(), group: group.toLowerCase(), types, params, value, line };
}

/** The bytes of an encoded value; null for a value that is text already. */
function bytesOf(raw: string, encoding: string, types: readonly string[], isBinary: boolean): Uint8Array | null {
  if (encoding === 'quoted-printable' || types.includes('quoted-printable')) return fromQuotedPrintable(raw, isBinary);
  if (encoding === 'base64' || encoding === 'b' || types.includes('base64')) return Buffer.from(raw, 'base64');
  return isBinary ? Uint8Array.from(raw, (character) => character.charCodeAt(0) & 0xff) : null;
}

function splitParam(text: string): [string, string | undefined] {
  const at = text.indexOf('=');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1).replace(/^"|"$/g, '')];
}

function fromQuotedPrintable(text: string, isBinary: boolean): Uint8Array {
  const encoder = new TextEncoder();
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const hex = text.charAt(at) === '=' ? /^=([0-9A-Fa-f]{2})/.exec(text.slice(at, at + 3))?.[1] : undefined;
    if (hex !== undefined) {
      bytes.push(Number.parseInt(hex, 16));
      at += 2;
    } else if (isBinary) bytes.push(text.charCodeAt(at) & 0xff);
    else bytes.push(...encoder.encode(text.charAt(at)));
  }
  return Uint8Array.from(bytes);
}

/** The parts of a structured value: "Berg;Anna;;" -> "Berg", "Anna", "", "". */
export function structured(value: string): string[] {
  const parts = value.match(/(?:\\.|[^\\;])*(?:;|$)/gs) ?? [];
  return parts.map((part) => unescaped(part.replace(/;$/, '')));
}

/** Removes the escaping of vCard 3.0 and 4.0. */
export const unescaped = (value: string): string =>
  value.replace(/\\([\\,;:nN])/g, (_, sign: string) => (/n/i.test(sign) ? ' ' : sign)).trim();
