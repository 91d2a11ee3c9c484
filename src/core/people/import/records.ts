/** One row of a table. */
export interface TableRecord {
  fields: string[];
  /** The line where it begins, from 1. */
  line: number;
  /** A quote is not closed, so the row cannot be read. */
  broken: boolean;
}

/** In a longer field, the closing quote is probably missing. In characters. */
const MAX_FIELD = 32_000;

/**
 * Reads rows according to RFC 4180, with any delimiter. Quotes inside an unquoted field are text. If a quote is not
 * closed, the row ends with its line, so that it does not swallow the following rows.
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
  /** Position of the delimiter or line end after the field. */
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

/** Returns `open` if the closing quote is missing. */
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
    // `"Bob" Smith`: the quotes belong to the text, unless they span lines.
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

/** Finds the delimiter and where the table begins. A first line such as "sep=;" declares the delimiter. */
export function readFormat(text: string): { delimiter: string; start: number; firstLine: number } {
  const said = /^sep=(.)\r?\n/i.exec(text);
  if (said !== null) return { delimiter: said[1] ?? ',', start: said[0].length, firstLine: 2 };
  const scores = DELIMITERS.map((delimiter) => ({ delimiter, score: scoreOf(text, delimiter) }));
  const best = scores.reduce((a, b) => (b.score > a.score ? b : a));
  return { delimiter: best.delimiter, start: 0, firstLine: 1 };
}

/**
 * Rates a delimiter: how many rows have the usual number of fields, and how many fields that is. Titles and notes above
 * the table have fewer. A comma before a space is more likely part of a text: "Berg, Anna".
 */
function scoreOf(text: string, delimiter: string): number {
  const records = readRecords(text.slice(0, 200_000), delimiter);
  const counts = new Map<number, number>();
  let rows = 0;
  let spaced = 0;
  for (const { fields, broken } of records) {
    if (!broken) {
      rows += 1;
      if (fields.length > 1) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1);
      if (fields.length > 1 && fields.slice(1).every((field) => field.startsWith(' '))) spaced += 1;
    }
    if (rows >= SAMPLED) break;
  }
  const [usual, most] = [...counts].reduce((a, b) => (b[1] > a[1] || (b[1] === a[1] && b[0] > a[0]) ? b : a), [0, 0]);
  return rows === 0 ? 0 : (most / rows) * 100 + Math.min(usual, 90) - (spaced / rows) * 5;
}
