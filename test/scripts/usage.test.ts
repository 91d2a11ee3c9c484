import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

async function run(script: string, ...flags: string[]) {
  const path = fileURLToPath(new URL(`../../scripts/${script}.ts`, import.meta.url));
  const child = spawn(process.execPath, [path, ...flags]);
  const texts = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (part: string) => (texts.out += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (texts.err += part));
  await once(child, 'close');
  return { code: child.exitCode, ...texts };
}

test.each([
  ['soak', 'soak', '--dialect'],
  ['bench-fleet', 'bench:fleet', '--quick'],
])('%s prints its usage for --help and a sentence for a wrong option', async (script, command, option) => {
  const help = await run(script, '--help');
  expect({ ...help, out: '' }).toEqual({ code: 0, out: '', err: '' });
  expect(help.out).toContain(`npm run ${command} -- [options]`);
  expect(help.out).toContain(`  ${option} `);
  const hint = `Try: npm run -s ${command} -- --help\n`;
  expect(await run(script, '--seed', 'x')).toEqual({
    code: 2,
    out: '',
    err: `${command}: --seed takes a whole number above 0, not "x". ${hint}`,
  });
  expect(await run(script, '--never')).toEqual({
    code: 2,
    out: '',
    err: `${command}: Unknown option '--never'. ${hint}`,
  });
});

test('soak names the dialects when one is unknown', async () => {
  const { code, err } = await run('soak', '--dialect', 'klingon');
  expect(code).toBe(2);
  expect(err).toMatch(/^soak: --dialect takes one-leg, .*, not "klingon"\. Try: /);
});

test.each([
  [['--push', 'maybe'], '--push takes yes, no, not "maybe"'],
  [['--fault', 'flood'], '--fault takes none, restart, outage, not "flood"'],
  [['--desks', '7'], 'no run matches these options'],
  [['--desks', '10', '--retry-after', 'no'], 'no run matches these options'],
])('bench-fleet refuses %j, which names no run', async (flags, sentence) => {
  const { code, err } = await run('bench-fleet', ...flags);
  expect(code).toBe(2);
  expect(err).toBe(`bench:fleet: ${sentence}. Try: npm run -s bench:fleet -- --help\n`);
});
