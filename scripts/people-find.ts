import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import type { NumberPlace } from '../src/core/numbers/national-number.ts';
import { ContactList } from '../src/core/people/contact-list.ts';
import { leavesOut } from '../src/core/people/import/problems.ts';
import { readAllContacts, type ContactsFile } from '../src/core/people/import/read-file.ts';
import { contacts } from '../src/messages/en/contacts.ts';
import { people as words } from '../src/messages/en/people.ts';
import { errorText } from '../src/messages/error-text.ts';
import { ENGLISH } from '../src/messages/error-messages.ts';
import type { ImportProblem } from '../src/shared/contacts.ts';
import { DEFAULT_EXTENSIONS } from '../src/shared/dial-rules.ts';
import { answerLines, jsonText } from './lines.ts';
import { orUsageError, readExtensions, readRegion, UsageError, userPath } from './usage.ts';

const HELP = `Says who each line of standard input is: a number, a SIP or tel address (with or without a display name in front,
which is what the caller claims), or words to search for.

  npm run -s people:find -- --contacts FILE --region CC [options] < lines

  --contacts FILE       CSV, semicolon- or tab-separated text, or vCard 2.1 to 4.0; may be given several times
  --region CC           own country, such as US or DE (default: none, national numbers then match any country's)
  --area-code N         own area code without the national 0, to complete local numbers
  --extensions PATTERN  which digits are extensions: a pattern, or 3-5 for 3 to 5 digits (default: 3 to 5 digits)
  --match-length N      the tenant's rule: numbers are the same when their last N digits are, 3 to 15 (default: all
                        digits). It never joins different numbers with country codes
  --limit N             at most this many matches of a search, 1 to 1000 (default: 20)
  --json                one JSON object per line: input, matches, shown. Each match: name, company, number, source
  --json-input          each line is a JSON string, so that line ends and control characters can be given
  --check               reads the files and says what was found and which rows could not be used; reads no input.
                        With --json as one JSON object for each file
  --quiet               nothing on standard error about rows that could not be used
  --help                this text

Exit code 0: every line has its answer. 1: a file holds no contacts that can be read. 2: wrong options, or a file that
cannot be opened.
`;

class UnreadableError extends Error {}

interface Options {
  files: string[];
  place: NumberPlace;
  matchLength: number | null;
  limit: number;
  json: boolean;
  jsonInput: boolean;
  check: boolean;
  quiet: boolean;
}

function readOptions(args: string[]): Options | 'help' {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = orUsageError(() =>
    parseArgs({
      args,
      options: {
        contacts: { type: 'string', multiple: true },
        region: text,
        'area-code': text,
        extensions: text,
        'match-length': text,
        limit: text,
        json: flag,
        'json-input': flag,
        check: flag,
        quiet: flag,
        help: flag,
      },
    }),
  );
  if (values.help) return 'help';
  const files = values.contacts ?? [];
  if (files.length === 0) throw new UsageError('--contacts FILE is missing');
  const areaCode = values['area-code'] ?? '';
  if (!/^[0-9]{0,8}$/.test(areaCode)) throw new UsageError(`--area-code takes digits, not "${areaCode}"`);
  return {
    files,
    place: {
      country: readRegion(values.region ?? ''),
      areaCode: areaCode.replace(/^0/, ''),
      extensions: readExtensions(values.extensions ?? DEFAULT_EXTENSIONS),
    },
    matchLength:
      values['match-length'] === undefined ? null : wholeNumber('--match-length', values['match-length'], 3, 15),
    limit: values.limit === undefined ? 20 : wholeNumber('--limit', values.limit, 1, 1000),
    json: values.json,
    jsonInput: values['json-input'],
    check: values.check,
    quiet: values.quiet,
  };
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const number = /^[0-9]{1,5}$/.test(text) ? Number(text) : -1;
  if (number < least || number > most)
    throw new UsageError(`${name} takes a number from ${least} to ${most}, not "${text}"`);
  return number;
}

/** In bytes. No address book is larger, so a larger file was given by mistake. */
const MAX_FILE = 512 * 1024 * 1024;

function readBytes(path: string): Uint8Array {
  const file = userPath(path);
  try {
    if (statSync(file).size > MAX_FILE) throw new UnreadableError(`"${path}" is larger than 512 MB`);
    return readFileSync(file);
  } catch (problem) {
    if (problem instanceof UnreadableError) throw problem;
    throw new UsageError(`--contacts: "${path}" cannot be opened`);
  }
}

interface Loaded {
  path: string;
  file: ContactsFile;
  people: number;
  problems: ImportProblem[];
}

function load(options: Options): { list: ContactList; loaded: Loaded[] } {
  const list = new ContactList(options.place);
  const loaded = options.files.map((path): Loaded => {
    const read = readAllContacts(readBytes(path), { source: basename(path), place: options.place });
    if (!read.ok)
      throw new UnreadableError(`"${path}": ${errorText(ENGLISH, read.error).message} (${read.error.detail ?? ''})`);
    for (const person of read.value.people) list.add(person);
    return { path, file: read.value.file, people: read.value.people.length, problems: read.value.problems };
  });
  return { list, loaded };
}

const MAX_PRINTED_PROBLEMS = 20;

function reportProblems(loaded: readonly Loaded[]): void {
  for (const { path, problems } of loaded) {
    for (const problem of problems.slice(0, MAX_PRINTED_PROBLEMS))
      console.error(`people:find: ${path}: ${contacts.problem(problem)}`);
    const more = problems.length - MAX_PRINTED_PROBLEMS;
    if (more > 0) console.error(`people:find: ${path}: and ${more} more; --check lists them all`);
  }
}

function check(loaded: readonly Loaded[], json: boolean): void {
  for (const { path, file, people, problems } of loaded) {
    const columns = file.columns.map(({ header, field }) => ({
      header,
      holds: field.is === 'number' ? `number (${field.kind})` : field.is,
    }));
    const left = problems.filter(leavesOut).length;
    if (json) {
      const { format, encoding, delimiter } = file;
      console.log(
        JSON.stringify({ file: path, format, encoding, delimiter, people, leftOut: left, columns, problems }),
      );
      continue;
    }
    console.log(`${path}: ${people} people, ${left} rows left out; ${file.format} in ${file.encoding}`);
    for (const { header, holds } of columns) console.log(`  ${header === '' ? '(no header)' : header}: ${holds}`);
    for (const problem of problems) console.log(`  ${contacts.problem(problem)}`);
  }
}

function answer(line: string, list: ContactList, options: Options): string {
  const input = options.jsonInput ? jsonText(line) : line;
  const { matches, shown } = list.find(input ?? '', options);
  const text = words.shown(shown, options.place.country);
  if (!options.json) return `${input ?? line}: ${text === '' ? 'nobody' : text}`;
  return JSON.stringify({
    input: input ?? line,
    matches: matches.map(({ person, number }) => ({
      name: person.name,
      company: person.company,
      number,
      source: person.source,
    })),
    shown: text,
  });
}

async function run(options: Options): Promise<void> {
  const { list, loaded } = load(options);
  if (options.check) {
    check(loaded, options.json);
    return;
  }
  if (!options.quiet) reportProblems(loaded);
  await answerLines((line) => answer(line, list, options));
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') process.stdout.write(HELP);
  else await run(options);
} catch (problem) {
  if (problem instanceof UsageError) {
    console.error(`people:find: ${problem.message.replace(/\.$/, '')}. Try: npm run -s people:find -- --help`);
    process.exitCode = 2;
  } else if (problem instanceof UnreadableError) {
    console.error(`people:find: ${problem.message}`);
    process.exitCode = 1;
  } else throw problem;
}
