import { createRequire } from 'node:module';
import type { RE2JS } from 're2js';
import type { RuleFault } from '../../shared/rule-fault.ts';

/** A compiled pattern. */
export interface LinearPattern {
  /** The whole text as group 0, then the groups ('' for one that took no part); null if the text does not match. */
  match(text: string): string[] | null;
  /** The number of groups, without the whole match. */
  groups: number;
}

export type Compiled = { pattern: LinearPattern } | { problem: RuleFault };

export const MAX_PATTERN = 200;
/** RE2 instructions. A number has 32 characters, so a match takes no more than some 32,000 steps. */
const MAX_SIZE = 1000;
/** Longer texts are not matched. */
const MAX_TEXT = 64;
const MAX_KEPT = 500;

/**
 * Loads re2js with the first pattern: most users have none, and it would be a tenth of what main loads at its start.
 * `require` and not `import()`, so that a rule applies at once and no caller has to wait for the package.
 */
const loadPackage = createRequire(import.meta.url);
const engine = (): typeof RE2JS => (loadPackage('re2js') as typeof import('re2js')).RE2JS;

const kept = new Map<string, Compiled>();

/**
 * A pattern in RE2 syntax (no back references, no look-around), matched against the whole text in time that grows only
 * with the text. The last 500 compiled patterns are kept. `problem` explains to the author what is wrong.
 */
export function compilePattern(source: string): Compiled {
  if (source.length > MAX_PATTERN) return { problem: { code: 'too-long', params: { max: MAX_PATTERN } } };
  const known = kept.get(source);
  if (known !== undefined) {
    kept.delete(source);
    kept.set(source, known);
    return known;
  }
  const compiled = compile(source);
  kept.set(source, compiled);
  for (const oldest of kept.keys()) {
    if (kept.size <= MAX_KEPT) break;
    kept.delete(oldest);
  }
  return compiled;
}

const TOO_LARGE: Compiled = { problem: { code: 'pattern-too-large' } };

function compile(source: string): Compiled {
  if (estimate(source) > MAX_SIZE) return TOO_LARGE;
  try {
    const compiled = engine().compile(source);
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
 * An upper limit for the number of parts when all counts are written out: "(?:[0-9]{2}){50}" has a hundred. Compiling a
 * pattern with thousands of parts, to find out its real size, would take too long.
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
function describe(error: unknown): RuleFault {
  const said = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : '';
  return { code: 'pattern-invalid', params: { detail: said.slice(0, 120) } };
}
