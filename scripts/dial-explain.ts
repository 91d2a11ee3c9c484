import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { explain, explainInWords } from './explain.ts';
import { readDial } from '../src/core/dial/read-dial.ts';
import { readRulesFile } from '../src/core/dial/rules/rules-file.ts';
import type { DialRules } from '../src/shared/dial-rules.ts';
import { appError } from '../src/shared/errors.ts';
import { DEFAULT_DIAL_RULES } from '../test/support/default-dial-rules.ts';
import { answerLines, jsonText } from './lines.ts';
import { orUsageError, readCommandLine, readExtensions, readRegion, UsageError, userPath } from './usage.ts';

const HELP = `Says what Traydial would dial for each line of standard input. Nothing is dialled.

  npm run -s dial:explain -- [options] < texts

  --json                one JSON object per line: input, kind, dial, e164, then, candidates, rule, warnings, refusal,
                        provenance. Each candidate: dial, text, and label, which is phone, mobile, fax, maybe-fax or
                        null; what is or may be a fax comes last
  --json-input          each line is a JSON string, so that line ends and control characters can be given
  --region CC           own country, such as US or DE (default: none, national numbers stay as they are)
  --extensions PATTERN  which digits are extensions: a pattern, or 3-5 for 3 to 5 digits (default: 3 to 5 digits)
  --rules FILE          dial rules as exported; --region and --extensions override what the file says
  --help                this text
`;

interface Options {
  rules: DialRules;
  json: boolean;
  jsonInput: boolean;
  help: boolean;
}

function readOptions(args: string[]): Options {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args,
    options: { json: flag, 'json-input': flag, region: text, extensions: text, rules: text, help: flag },
  });
  const rules = values.rules === undefined ? DEFAULT_DIAL_RULES : rulesFrom(values.rules);
  return {
    rules: {
      ...rules,
      country: readRegion(values.region ?? rules.country),
      extensions: readExtensions(values.extensions ?? rules.extensions),
    },
    json: values.json,
    jsonInput: values['json-input'],
    help: values.help,
  };
}

function rulesFrom(path: string): DialRules {
  const text = orUsageError(() => readFileSync(userPath(path), 'utf8'), `--rules: "${path}" cannot be read`);
  const read = readRulesFile(text);
  if (read.ok) return read.value;
  throw new UsageError(`--rules: "${path}" holds no dial rules. ${read.error.detail ?? read.error.code}`);
}

function answer(line: string, { rules, json, jsonInput }: Options): string {
  const text = jsonInput ? jsonText(line) : line;
  const explanation =
    text === null
      ? explain(line, {
          found: 'none',
          refusal: appError('command-invalid', { detail: 'not a JSON string' }),
        })
      : explain(text, readDial(text, { provenance: 'typed', rules }));
  return json ? JSON.stringify(explanation) : explainInWords(explanation);
}

const options = readCommandLine('dial:explain', HELP, () => readOptions(process.argv.slice(2)));
await answerLines((line) => answer(line, options));
