/** One row of a table. */
export interface TableRecord {
  fields: string[];
  /** The line where it begins, from 1. */
  line: number;
  /** A quote was opened and not closed where it should: the row cannot be read. */
  broken: boolean;
}

/** A field longer than this, or of more lines, is more likely a quote that somebody forgot to close. */
const MAX_FIELD = 32_000;

/**
 * The rows of a text as in RFC 4180, with any delimiter. Quotes inside a field without quotes are text. A row whose
 * quote is not closed ends with its line, and the next one is read as if nothing had happened: no row is swallowed by
 * another.
 */
export function* readRecords(text: string, delimiter: string, start = 0, firstLine = 1): Generator<TableRecord> {
  let at = start;
  let line = firstLine;
  while (at < text.length) {
    const record = readRecord(text, at, delimiter);
    const lines = countLines(text, at, record.end);
    const isBlank = record.fields.every((field) => field.trim() === '');
    if (!isBlank || record.broken) yield { fields: record.fields, line, broken: record.broken };
    line += lines;
    at = record.end;
  }
}

interface Read {
  fields: string[];
  /** Where the next row begins. */
  end: number;
  broken: boolean;
}

function readRecord(text: string, start: number, delimiter: string): Read {
  const fields: string[] = [];
  let at = start;
  for (;;) {
    const quoted = /^[ ]*"/.test(text.slice(at, at + 4)) ? readQuoted(text, text.indexOf('"', at), delimiter) : null;
    if (quoted === 'open')
      return { fields: [text.slice(start, lineEnd(text, start))], end: nextLine(text, start), broken: true };
    const field = quoted ?? readPlain(text, at, delimiter);
    fields.push(field.value);
    at = field.end;
    if (at >= text.length || text.charAt(at) !== delimiter) return { fields, end: nextLine(text, at), broken: false };
    at += 1;
  }
}

interface ReadField {
  value: string;
  /** The delimiter or line end behind it. */
  end: number;
}

function readPlain(text: string, start: number, delimiter: string): ReadField {
  let end = start;
  while (end < text.length) {
    const sign = text.charAt(end);
    if (sign === delimiter || sign === '\n' || sign === '\r') break;
    end += 1;
  }
  return { value: text.slice(start, end), end };
}

/** `open` where the closing quote is missing; null where the quotes are those of a word, as in `"Bob" Smith`. */
function readQuoted(text: string, open: number, delimiter: string): ReadField | 'open' | null {
  let from = open + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0 || quote - open > MAX_FIELD) return 'open';
    if (text.charAt(quote + 1) === '"') {
      from = quote + 2;
      continue;
    }
    let end = quote + 1;
    while (text.charAt(end) === ' ') end += 1;
    const next = text.charAt(end);
    if (next === delimiter || next === '\n' || next === '\r' || next === '') {
      return { value: text.slice(open + 1, quote).replaceAll('""', '"'), end };
    }
    // The quotes are part of the field, unless they reach over a line end.
    if (text.slice(open, quote).includes('\n')) return 'open';
    const rest = readPlain(text, quote + 1, delimiter);
    if (!rest.value.includes('"')) return { value: text.slice(open, rest.end), end: rest.end };
    from = quote + 1;
  }
}

const lineEnd = (text: string, at: number): number => {
  const found = text.slice(at, at + MAX_FIELD * 4).search(/\r|\n/);
  return found < 0 ? Math.min(text.length, at + MAX_FIELD * 4) : at + found;
};

function nextLine(text: string, at: number): number {
  const end = lineEnd(text, at);
  return text.startsWith('\r\n', end) ? end + 2 : end + 1;
}

function countLines(text: string, start: number, end: number): number {
  let lines = 0;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) lines += 1;
  }
  return lines;
}

const DELIMITERS = [',', ';', '\t', '|'] as const;
const SAMPLED = 30;

/** Where the table begins and what divides its fields. Spreadsheets may say so in a first line, "sep=;". */
export function readFormat(text: string): { delimiter: string; start: number; firstLine: number } {
  const said = /^sep=(.)\r?\n/i.exec(text);
  if (said !== null) return { delimiter: said[1] ?? ',', start: said[0].length, firstLine: 2 };
  const scores = DELIMITERS.map((delimiter) => ({ delimiter, score: scoreOf(text, delimiter) }));
  const best = scores.reduce((a, b) => (b.score > a.score ? b : a));
  return { delimiter: best.delimiter, start: 0, firstLine: 1 };
}

/** How many rows have as many fields as the first one, and how many fields that are. */
function scoreOf(text: string, delimiter: string): number {
  const records = readRecords(text.slice(0, 200_000), delimiter);
  const counts: number[] = [];
  for (const { fields, broken } of records) {
    if (!broken) counts.push(fields.length);
    if (counts.length >= SAMPLED) break;
  }
  const [first = 1] = counts;
  if (first < 2) return counts.some((count) => count > 1) ? 0.1 : 0;
  return (counts.filter((count) => count === first).length / counts.length) * 100 + Math.min(first, 90);
}
