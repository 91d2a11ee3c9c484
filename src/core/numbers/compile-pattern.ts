import { RE2JS } from 're2js';

/** A pattern that was understood. */
export interface LinearPattern {
  /** All of `text` as group 0 and what the groups hold ('' where one took no part), or null where it does not fit. */
  match(text: string): string[] | null;
  /** How many groups it has; all of the match does not count. */
  groups: number;
}

export type Compiled = { pattern: LinearPattern } | { problem: string };

export const MAX_PATTERN = 200;
/** RE2 instructions. A number has 32 characters, so a match takes no more than some 32,000 steps. */
const MAX_SIZE = 1000;
/** The longest text that is worth matching. */
const MAX_TEXT = 64;
const KEPT = 500;

const kept = new Map<string, Compiled>();

/**
 * A pattern in RE2 syntax (no back references, no look-around), matched against the whole text in time that grows with
 * the text and nothing else. What was compiled is kept, the latest 500. `problem` is a sentence for whoever wrote it.
 */
export function compilePattern(source: string): Compiled {
  if (source.length > MAX_PATTERN) return { problem: `Use at most ${MAX_PATTERN} characters.` };
  const known = kept.get(source);
  if (known !== undefined) {
    kept.delete(source);
    kept.set(source, known);
    return known;
  }
  const compiled = compile(source);
  kept.set(source, compiled);
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT) break;
    kept.delete(oldest);
  }
  return compiled;
}

const TOO_LARGE = { problem: 'That repeats too much. Use smaller counts in the { }.' };

function compile(source: string): Compiled {
  if (estimate(source) > MAX_SIZE) return TOO_LARGE;
  try {
    const compiled = RE2JS.compile(source);
    if (compiled.programSize() > MAX_SIZE) return TOO_LARGE;
    return { pattern: linear(compiled) };
  } catch (error) {
    return { problem: describe(error) };
  }
}

function linear(compiled: RE2JS): LinearPattern {
  return {
    groups: compiled.groupCount(),
    match(text) {
      if (text.length > MAX_TEXT) return null;
      const matcher = compiled.matcher(text);
      if (!matcher.matches()) return null;
      return Array.from({ length: compiled.groupCount() + 1 }, (_group, index) => matcher.group(index) ?? '');
    },
  };
}

/**
 * At least as many parts as the pattern grows to when its counts are written out: "(?:[0-9]{2}){50}" is a hundred.
 * Compiling a pattern of thousands would take longer than anyone waits, before its real size is known.
 */
function estimate(source: string): number {
  let items = source.length;
  let groups = 1;
  for (const [, close = '', least = '', most = ''] of source.matchAll(/(\))?\{([0-9]+)(?:,([0-9]*))?\}/g)) {
    const count = Math.max(1, Number(least), Number(most));
    if (close === '') items += count;
    else groups *= count;
  }
  return items * groups;
}

/** The library says what is wrong and where: "error parsing regexp: missing closing ): `(0`". */
function describe(error: unknown): string {
  const said = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : '';
  return said === '' ? 'That pattern cannot be read.' : `That pattern cannot be read: ${said.slice(0, 120)}.`;
}
