/** One form of contacts file as a program writes it, and what must be shown for callers. */
export interface Form {
  name: string;
  /** Contents; line ends as written here, unless `lineEnd` says otherwise. */
  text: string;
  encoding: Encoding;
  lineEnd?: '\n' | '\r\n' | '\r';
  country: string;
  /** The user's area code; none by default. */
  areaCode?: string;
  matchLength?: number;
  /** Lines of "caller => what is shown". */
  pairs: string;
}

export type Encoding =
  | 'utf-8'
  | 'utf-8 with BOM'
  | 'utf-16le'
  | 'utf-16le without BOM'
  | 'utf-16be'
  | 'windows-1250'
  | 'windows-1251'
  | 'windows-1252'
  | 'shift_jis'
  | 'macintosh';

export interface Pair {
  caller: string;
  shown: string;
}

export const pairsOf = ({ pairs }: Form): Pair[] =>
  pairs
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [caller = '', shown = ''] = line.trim().split(/ =>(?: |$)/);
      return { caller, shown };
    });

/** The bytes of a form's file. */
export function bytesOf({ text, encoding, lineEnd = '\n' }: Form): Uint8Array {
  const lines = text.replace(/^\n/, '').replaceAll('\n', lineEnd);
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(lines, 'utf8');
    case 'utf-8 with BOM':
      return Buffer.from(`\uFEFF${lines}`, 'utf8');
    case 'utf-16le':
      return Buffer.from(`\uFEFF${lines}`, 'utf16le');
    case 'utf-16le without BOM':
      return Buffer.from(lines, 'utf16le');
    case 'utf-16be':
      return Buffer.from(`\uFEFF${lines}`, 'utf16le').swap16();
    default:
      return inCodePage(lines, encoding);
  }
}

const tables = new Map<string, Map<string, number[]>>();

function inCodePage(text: string, encoding: string): Uint8Array {
  const table = tables.get(encoding) ?? tableOf(encoding);
  tables.set(encoding, table);
  return Uint8Array.from(
    Array.from(text).flatMap((sign) => {
      const bytes = table.get(sign);
      if (bytes === undefined) throw new Error(`${encoding} has no ${sign}`);
      return bytes;
    }),
  );
}

function tableOf(encoding: string): Map<string, number[]> {
  const decoder = new TextDecoder(encoding);
  const table = new Map<string, number[]>();
  const add = (bytes: number[]): void => {
    const sign = decoder.decode(Uint8Array.from(bytes));
    if (Array.from(sign).length === 1 && sign !== '\uFFFD' && !table.has(sign)) table.set(sign, bytes);
  };
  for (let first = 0; first < 256; first += 1) add([first]);
  if (encoding === 'shift_jis') {
    for (let first = 0x81; first < 0xfd; first += 1)
      for (let second = 0x40; second < 0xfd; second += 1) add([first, second]);
  }
  return table;
}
