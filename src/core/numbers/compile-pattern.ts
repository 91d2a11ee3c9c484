import { createRequire } from 'node:module';
import type { RE2JS } from 're2js';
import type { RuleProblem } from '../../shared/rule-problem.ts';

/** A compiled pattern, whose matches take a time that is linear in the length of the text. */
export interface LinearPattern {
  /** Returns the whole text, then the groups ('' for a group that matched nothing); null if the text does not match. */
  match(text: string): string[] | null;
  /** The number of groups, without the whole match. */
  groups: number;
}

export type Compiled = { pattern: LinearPattern } | { problem: RuleProblem };

export const MAX_PATTERN = 200;
/** In RE2 instructions. A number has at most 32 characters, so a match takes at most about 32,000 steps. */
const MAX_PROGRAM_SIZE = 1000;
/** Longer texts do not match. */
const MAX_TEXT = 64;
const MAX_CACHED = 500;

/**
 * Loads re2js when the first pattern is compiled. Most users have no pattern, and the package would be a tenth of the
 * code that main loads at its start. `require` is used because `import()` would make every caller asynchronous.
 */
const loadPackage = createRequire(import.meta.url);
const engine = (): typeof RE2JS => (loadPackage('re2js') as typeof import('re2js')).RE2JS;

const cache = new Map<string, Compiled>();

/**
 * Compiles a pattern in RE2 syntax, which has no back references and no look-around. It is matched against the whole
 * text. The last 500 compiled patterns are cached. `problem` explains to the author what is wrong.
 */
export function compilePattern(source: string): Compiled {
  if (source.length > MAX_PATTERN) return { problem: { code: 'too-long', params: { max: MAX_PATTERN } } };
  const cached = cache.get(source);
  if (cached !== undefined) {
    // Makes it the newest entry.
    cache.delete(source);
    cache.set(source, cached);
    return cached;
  }
  const compiled = compile(source);
  cache.set(source, compiled);
  for (const oldest of cache.keys()) {
    if (cache.size <= MAX_CACHED) break;
    cache.delete(oldest);
  }
  return compiled;
}

const TOO_LARGE: Compiled = { problem: { code: 'pattern-too-large' } };

function compile(source: string): Compiled {
  if (estimateSize(source) > MAX_PROGRAM_SIZE) return TOO_LARGE;
  try {
    const compiled = engine().compile(source);
    if (compiled.programSize() > MAX_PROGRAM_SIZE) return TOO_LARGE;
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
 * Returns an upper limit for the number of parts after counts are expanded: "(?:[0-9]{2}){50}" has a hundred. Compiling a
 * pattern with thousands of parts to find its real size would take too long.
 */
function estimateSize(source: string): number {
  let items = source.length;
  let groups = 1;
  for (const [, close = '', least = '', most = ''] of source.matchAll(/(\))?\{([0-9]+)(?:,([0-9]*))?\}/g)) {
    const count = Math.max(1, Number(least), Number(most));
    if (close === '') items += count;
    else groups *= count;
  }
  return items * groups;
}

/** Passes on the library's message, such as "error parsing regexp: missing closing ): `(0`". */
function describe(error: unknown): RuleProblem {
  const detail = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : '';
  return { code: 'pattern-invalid', params: { detail: detail.slice(0, 120) } };
}
