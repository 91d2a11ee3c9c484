import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { explain, explainInWords } from './explain.ts';
import { planOf } from '../src/core/numbers/numbering-plan.ts';
import { readDial } from '../src/core/dial/read-dial.ts';
import { extensionProblem } from '../src/core/numbers/extension-pattern.ts';
import { readRulesFile } from '../src/core/dial/rules/rules-file.ts';
import type { DialRules } from '../src/shared/dial-rules.ts';
import { appError } from '../src/shared/errors.ts';
import { DEFAULT_DIAL_RULES } from '../test/support/default-dial-rules.ts';
import { eachLine } from './lines.ts';

const HELP = `Says what Traydial would dial for each line of standard input. Nothing is dialled.

  npm run -s dial:explain -- [options] < texts

  --json                one JSON object per line: input, kind, dial, e164, then, candidates, rule, warnings, refusal,
                        provenance. Each candidate: dial, text, and label, which is phone, mobile, fax, maybe-fax or
                        null; what is or may be a fax stands last
  --json-input          each line is a JSON string, so that line ends and control characters can be given
  --region CC           own country, such as US or DE (default: none, national numbers stay as they are)
  --extensions PATTERN  which digits are extensions: a pattern, or 3-5 for 3 to 5 digits (default: 3 to 5 digits)
  --rules FILE          dial rules as exported; --region and --extensions count before what is in the file
  --help                this text
`;

class UsageError extends Error {}

interface Options {
  rules: DialRules;
  json: boolean;
  jsonInput: boolean;
}

function readOptions(args: string[]): Options | 'help' {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parse(() =>
    parseArgs({
      args,
      options: { json: flag, 'json-input': flag, region: text, extensions: text, rules: text, help: flag },
    }),
  );
  if (values.help) return 'help';
  const rules = values.rules === undefined ? DEFAULT_DIAL_RULES : rulesFrom(values.rules);
  const country = values.region?.toUpperCase() ?? rules.country;
  if (country !== '' && planOf(country) === null) {
    throw new UsageError(
      `--region takes a country code of two letters such as US or DE, not "${values.region ?? country}"`,
    );
  }
  const extensions = values.extensions ?? rules.extensions;
  if (extensionProblem(extensions) !== null)
    throw new UsageError(`--extensions takes a pattern such as [1-9][0-9]{2,3} or 3-5, not "${extensions}"`);
  return { rules: { ...rules, country, extensions }, json: values.json, jsonInput: values['json-input'] };
}

function rulesFrom(path: string): DialRules {
  // npm runs scripts in the package's folder; the path is relative to the user's folder.
  const file = resolve(process.env['INIT_CWD'] ?? '.', path);
  const read = readRulesFile(parse(() => readFileSync(file, 'utf8'), `--rules: "${path}" cannot be read`));
  if (read.ok) return read.value;
  throw new UsageError(`--rules: "${path}" holds no dial rules. ${read.error.detail ?? read.error.code}`);
}

/** Runs a function and turns its errors into usage errors. */
function parse<T>(read: () => T, sentence?: string): T {
  try {
    return read();
  } catch (problem) {
    throw new UsageError(
      sentence ?? (problem instanceof Error ? (problem.message.split('. ')[0] ?? '') : String(problem)),
    );
  }
}

function answer(line: string, { rules, json, jsonInput }: Options): string {
  const text = jsonInput ? textOf(line) : line;
  const explanation =
    text === null
      ? explain(line, {
          found: 'none',
          refusal: appError('command-invalid', { detail: 'not a JSON string' }),
        })
      : explain(text, readDial(text, { provenance: 'typed', rules }));
  return json ? JSON.stringify(explanation) : explainInWords(explanation);
}

function textOf(line: string): string | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

async function run(options: Options): Promise<void> {
  const { stdin, stdout } = process;
  stdin.setEncoding('utf8');
  for await (const lines of eachLine(stdin)) {
    const answers = lines.map((line) => `${answer(line, options)}\n`).join('');
    if (!stdout.write(answers)) await new Promise((done) => stdout.once('drain', done));
  }
}

// The reader may stop early: `… | head`.
process.stdout.on('error', () => process.exit(0));

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') process.stdout.write(HELP);
  else await run(options);
} catch (problem) {
  if (!(problem instanceof UsageError)) throw problem;
  console.error(`dial:explain: ${problem.message.replace(/\.$/, '')}. Try: npm run -s dial:explain -- --help`);
  process.exitCode = 2;
}
