import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

// Each starts a Node of its own.
vi.setConfig({ testTimeout: 30_000 });

const SCRIPT = fileURLToPath(new URL('../../scripts/people-find.ts', import.meta.url));
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'people-find-'));
  writeFileSync(
    join(folder, 'office.csv'),
    'Name,Company,Phone\nAnna Berg,Berg GmbH,+49 30 12345-67\nBerg GmbH,Berg GmbH,+49 30 12345-0\nUwe Kurz,,4.93E+11\n',
  );
  writeFileSync(join(folder, 'letter.txt'), 'Dear all,\nthank you for your letter.\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(flags: string[], input: string | Buffer) {
  const child = spawn(process.execPath, [SCRIPT, ...flags], { cwd: folder, env: { ...process.env, INIT_CWD: folder } });
  const texts = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (part: string) => (texts.out += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (texts.err += part));
  child.stdin.on('error', () => undefined).end(input);
  await once(child, 'close');
  return { code: child.exitCode, ...texts };
}

const JSON_FLAGS = ['--contacts', 'office.csv', '--region', 'DE', '--json', '--quiet'];

test('the output has one object for each line, in the same order, with ordered keys', async () => {
  const input = '+493012345-67\n\n"Bo" <sip:+4940111222@pbx>\r\n030 1234599\nanna\nxyz';
  const { code, out, err } = await run(JSON_FLAGS, input);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out.split('\n')).toEqual([
    '{"input":"+493012345-67","matches":[{"name":"Anna Berg","company":"Berg GmbH","number":"+49301234567","source":"office.csv"}],"shown":"Anna Berg"}',
    '{"input":"","matches":[],"shown":""}',
    '{"input":"\\"Bo\\" <sip:+4940111222@pbx>","matches":[],"shown":"“Bo” (says the caller)"}',
    '{"input":"030 1234599","matches":[{"name":"Berg GmbH","company":"Berg GmbH","number":"+4930123450","source":"office.csv"}],"shown":"Berg GmbH"}',
    '{"input":"anna","matches":[{"name":"Anna Berg","company":"Berg GmbH","number":"+49301234567","source":"office.csv"}],"shown":"Anna Berg"}',
    '{"input":"xyz","matches":[],"shown":""}',
    '',
  ]);
});

test('answers input that is not text, and lines longer than a million characters', async () => {
  const broken = Buffer.concat([Buffer.from([0xff, 0xfe, 0x00, 0x0a]), Buffer.from(`${'9'.repeat(2_000_000)}\n`)]);
  const { code, out } = await run(JSON_FLAGS, broken);
  expect(code).toBe(0);
  expect(
    out
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { shown: string }).shown.length < 200),
  ).toEqual([true, true]);
});

test('answers a hundred thousand lines', async () => {
  const { code, out } = await run(JSON_FLAGS, '030 1234567\n'.repeat(100_000));
  expect(code).toBe(0);
  expect(out.split('\n')).toHaveLength(100_001);
});

test('names the rows that could not be used on standard error', async () => {
  const { code, err } = await run(['--contacts', 'office.csv', '--region', 'DE'], '');
  expect(code).toBe(0);
  expect(err).toContain('office.csv: line 4, Phone: number left out');
});

test('--check describes the file without reading input', async () => {
  const { out } = await run(['--contacts', 'office.csv', '--region', 'DE', '--check'], '');
  expect(out).toContain('office.csv: 3 people, 0 rows left out; csv in utf-8');
  expect(out).toContain('Phone: number (other)');
});

test.each([
  [[], 2, '--contacts FILE is missing'],
  [['--contacts', 'none.csv'], 2, '"none.csv" cannot be opened'],
  [['--contacts', 'office.csv', '--region', 'Germany'], 2, '--region takes a country code'],
  [['--contacts', 'office.csv', '--match-length', 'two'], 2, '--match-length takes a number from 3 to 15'],
  [['--contacts', 'office.csv', '--wrong'], 2, '--wrong'],
  [['--contacts', 'letter.txt'], 1, "can't read contacts"],
])('%j ends with code %i', async (flags, code, message) => {
  const result = await run(flags, '');
  expect(result.code).toBe(code);
  expect(result.err).toContain(message);
  expect(result.out).toBe('');
});

test('--help names every option', async () => {
  const { out } = await run(['--help'], '');
  for (const option of [
    'contacts',
    'region',
    'area-code',
    'extensions',
    'match-length',
    'limit',
    'json',
    'json-input',
    'check',
    'quiet',
  ])
    expect(out).toContain(`--${option}`);
});
