import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { explain, type Explanation } from '../../scripts/explain.ts';
import { readDial } from '../../src/core/dial/read-dial.ts';
import { DEFAULT_DIAL_RULES } from '../support/default-dial-rules.ts';
import { CORPUS } from '../core/numbers/corpus/corpus.ts';
import { rule } from '../core/numbers/corpus/rule-sets.ts';

// Each starts a Node of its own.
vi.setConfig({ testTimeout: 30_000 });

const SCRIPT = fileURLToPath(new URL('../../scripts/dial-explain.ts', import.meta.url));

async function run(flags: string[], input: string, cwd = tmpdir()) {
  const child = spawn(process.execPath, [SCRIPT, ...flags], { cwd, env: { ...process.env, INIT_CWD: cwd } });
  const texts = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (part: string) => (texts.out += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (texts.err += part));
  child.stdin.end(input);
  await once(child, 'close');
  return { code: child.exitCode, ...texts };
}

async function answers(flags: string[], input: string): Promise<Explanation[]> {
  const { code, out, err } = await run(['--json', ...flags], input);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Explanation);
}

test('the output has one object for each line, in the same order, with ordered keys', async () => {
  const { out } = await run(['--json', '--region', 'US'], '(201) 555-0123 ext. 9\n1001 or 1002\n2024-01-15\n');
  expect(out.split('\n')).toEqual([
    '{"input":"(201) 555-0123 ext. 9","kind":"public","dial":"+12015550123","e164":"+12015550123","then":"9",' +
      '"candidates":[],"rule":null,"warnings":["then-press"],"refusal":null,"provenance":"typed"}',
    '{"input":"1001 or 1002","kind":"choose","dial":null,"e164":null,"then":null,' +
      '"candidates":[{"dial":"1001","text":"1001","label":null},{"dial":"1002","text":"1002","label":null}],' +
      '"rule":null,"warnings":[],"refusal":null,"provenance":null}',
    '{"input":"2024-01-15","kind":"none","dial":null,"e164":null,"then":null,"candidates":[],"rule":null,"warnings":[],' +
      '"refusal":{"code":"looks-date","message":"That looks like a date or a time."},"provenance":null}',
    '',
  ]);
});

test('each candidate has the label that the text gives it, fax last', async () => {
  const [found] = await answers(
    ['--region', 'DE'],
    'F: 030 23125-99, Tel. 030 23125-0, Mobil 0171 3920012, 030 23125-77',
  );
  expect(found?.candidates.map(({ dial, label }) => [dial, label])).toEqual([
    ['+4930231250', 'phone'],
    ['+491713920012', 'mobile'],
    ['+49302312577', 'mobile'],
    ['+49302312599', 'fax'],
  ]);
});

test('the whole corpus, as JSON strings, comes out as the engine reads it', async () => {
  const countries = new Set(CORPUS.map(([, country]) => country).slice(0, 400));
  for (const country of ['', 'US', 'DE'].filter((each) => countries.has(each))) {
    const texts = CORPUS.filter((line) => line[1] === country).map(([, , text]) => text);
    const rules = { ...DEFAULT_DIAL_RULES, country };
    const flags = country === '' ? [] : ['--region', country];
    const found = await answers(['--json-input', ...flags], texts.map((text) => JSON.stringify(text)).join('\n'));
    expect(found).toEqual(texts.map((text) => explain(text, readDial(text, { provenance: 'typed', rules }))));
  }
});

test('every line has an answer: empty ones, CRLF, the last without an end, U+2028 inside', async () => {
  const found = await answers([], '\n1001\r\n \r\n100\u20282\n\n1002');
  expect(found.map(({ input, kind }) => [input, kind])).toEqual([
    ['', 'none'],
    ['1001', 'extension'],
    [' ', 'none'],
    ['100\u20282', 'none'],
    ['', 'none'],
    ['1002', 'extension'],
  ]);
  expect(await answers([], '')).toEqual([]);
});

test('many and long lines are processed as a stream', async () => {
  const long = '1'.repeat(300_000);
  const found = await answers([], `${'1001\n'.repeat(20_000)}${long}\n911\n`);
  expect(found).toHaveLength(20_002);
  expect(found.at(-2)).toMatchObject({ input: long, kind: 'none', refusal: { code: 'number-too-long' } });
  expect(found.at(-1)).toMatchObject({ kind: 'emergency', dial: '911' });
});

test('a line that is not a JSON string gives an error, and the next one is read', async () => {
  const found = await answers(['--json-input'], '1001\n"1001\n"10\\n01"\n"1001"\n');
  expect(found.map(({ kind, refusal }) => refusal?.code ?? kind)).toEqual([
    'command-invalid',
    'command-invalid',
    'number-too-short',
    'extension',
  ]);
});

test('country, extensions and rules change what is dialled', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'traydial-explain-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const outside = rule({ name: 'Outside', form: 'without-plus', outsidePrefix: '0' });
  writeFileSync(join(folder, 'rules.json'), JSON.stringify({ ...DEFAULT_DIAL_RULES, country: 'DE', rules: [outside] }));
  const explainIn = async (...flags: string[]) => {
    const { out } = await run(['--json', ...flags], '030 1234567\n12345\n', folder);
    return out
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Explanation);
  };
  expect(await explainIn('--rules', 'rules.json')).toMatchObject([
    { dial: '049301234567', e164: '+49301234567', rule: 'Outside' },
    { kind: 'extension', dial: '12345', rule: null },
  ]);
  expect(await explainIn('--region', 'de', '--extensions', '4-4')).toMatchObject([
    { dial: '+49301234567', rule: null },
    { kind: 'short-code' },
  ]);
});

test('says if a rule replaces the number by another one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'traydial-explain-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const replace = rule({
    name: 'All',
    target: 'pattern',
    pattern: '.*',
    form: 'replacement',
    replacement: '+19005551234',
  });
  writeFileSync(join(folder, 'rules.json'), JSON.stringify({ ...DEFAULT_DIAL_RULES, rules: [replace] }));
  const { out } = await run(['--json', '--rules', 'rules.json'], '1001\n911\n', folder);
  const [first, second] = out.split('\n').map((line) => (line === '' ? null : (JSON.parse(line) as Explanation)));
  expect(first).toMatchObject({ kind: 'extension', dial: '+19005551234', rule: 'All', provenance: 'rule' });
  expect(second).toMatchObject({ kind: 'emergency', dial: '911', rule: null, provenance: 'typed' });
});

test('prints text for people without --json', async () => {
  const { out, code } = await run(['--region', 'US'], '201-555-0123 x9\n1001, 1002\nAnna\n');
  expect(code).toBe(0);
  expect(out).toBe(
    '"201-555-0123 x9": public +12015550123, then press 9, warnings then-press\n' +
      '"1001, 1002": choose between 1001 ("1001"), 1002 ("1002")\n' +
      `"Anna": nothing to dial. That isn't a phone number.\n`,
  );
});

test.each([
  ['an unknown option', ['--frobnicate'], /frobnicate/],
  ['an unknown country', ['--region', 'ZZ'], /country code of two letters/],
  ['an invalid pattern', ['--extensions', '[0-9'], /takes a pattern/],
  ['a file that is not there', ['--rules', 'no-such-file.json'], /cannot be read/],
  ['a file without rules', ['--rules', resolve('package.json')], /holds no dial rules/],
  ['a word too much', ['1001'], /1001/],
])('%s prints a sentence and ends with exit code 2', async (_what, flags, sentence) => {
  const { code, out, err } = await run(['--json', ...flags], '1001\n');
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(sentence);
  expect(err.trim().split('\n')).toHaveLength(1);
  expect(err).not.toContain('..');
});

test('--help names every option', async () => {
  const { code, out } = await run(['--help'], '');
  expect(code).toBe(0);
  for (const flag of ['--json', '--json-input', '--region', '--extensions', '--rules']) expect(out).toContain(flag);
});
