import { resolve } from 'node:path';
import { extensionProblem } from '../src/core/numbers/extension-pattern.ts';
import { planOf } from '../src/core/numbers/numbering-plan.ts';

/** What a person typed is wrong. The message is a sentence for that person. */
export class UsageError extends Error {}

/**
 * Returns what `read` makes of the command line. `--help` prints the usage and ends the script; options that are unknown
 * or wrong end it with a sentence and exit code 2. `script` is its name in package.json.
 */
export function readCommandLine<T extends { help: boolean }>(script: string, usage: string, read: () => T): T {
  try {
    const options = read();
    if (!options.help) return options;
    process.stdout.write(usage);
    process.exit(0);
  } catch (problem) {
    // An error of parseArgs is a TypeError.
    if (!(problem instanceof UsageError || problem instanceof TypeError)) throw problem;
    const [sentence = ''] = problem.message.split('. ');
    console.error(`${script}: ${sentence.replace(/\.$/, '')}. Try: npm run -s ${script} -- --help`);
    process.exit(2);
  }
}

/** Returns what `read` returns. Throws its errors as a UsageError, with this sentence or the first of theirs. */
export function orUsageError<T>(read: () => T, sentence?: string): T {
  try {
    return read();
  } catch (problem) {
    throw new UsageError(
      sentence ?? (problem instanceof Error ? (problem.message.split('. ')[0] ?? '') : String(problem)),
    );
  }
}

/** Checks a country code of two letters; '' stands for no country. Returns it in capitals. */
export function readRegion(text: string): string {
  const country = text.trim().toUpperCase();
  if (country === '' || planOf(country) !== null) return country;
  throw new UsageError(`--region takes a country code of two letters such as US or DE, not "${text}"`);
}

/** Checks which digits are extensions: a pattern or a range of lengths. */
export function readExtensions(text: string): string {
  if (extensionProblem(text) === null) return text;
  throw new UsageError(`--extensions takes a pattern such as [1-9][0-9]{2,3} or 3-5, not "${text}"`);
}

/** The path of a file that the user named. npm runs scripts in the package's folder, but the path is relative to theirs. */
export const userPath = (path: string): string => resolve(process.env['INIT_CWD'] ?? '.', path);

/** Reads a whole number above 0. */
export function countOf(option: string, text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new UsageError(`${option} takes a whole number above 0, not "${text}"`);
}
