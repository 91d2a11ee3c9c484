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

/** Reads a whole number above 0. */
export function countOf(option: string, text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new UsageError(`${option} takes a whole number above 0, not "${text}"`);
}
