import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const preview = (...args: string[]) => {
  const script = join(import.meta.dirname, '../../scripts/preview.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
};

test.each([
  [['--colour'], "Unknown option '--colour'"],
  [['leftover'], 'Unknown command "leftover".'],
  [['--port', '70000'], '--port takes a whole number from 0 to 65535; not "70000".'],
  [['--seed', '1.5'], '--seed takes a whole number'],
  [['--sim', 'keyboard=sticky'], '--sim knows safeStorage'],
  [['--sim', 'tray=blue'], '--sim tray is one of shown, missing, late; not "blue".'],
])(
  'preview %j prints a sentence and ends with exit code 2',
  (args, sentence) => {
    const { status, stderr } = preview(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(sentence);
    // Where nothing is built yet, the preview builds the program first.
  },
  120_000,
);

test.skipIf(process.platform === 'win32')(
  'a profile folder that cannot be created prints a sentence and ends with exit code 1',
  () => {
    const { status, stderr } = preview('--profile', '/dev/null/profile');
    expect(status).toBe(1);
    expect(stderr).toContain('The folder /dev/null/profile cannot be used for --profile');
  },
  120_000,
);

test('preview --help names every flag', () => {
  const { status, stdout } = preview('--help');
  expect(status).toBe(0);
  for (const flag of [
    '--port',
    '--profile',
    '--no-open',
    '--demo',
    '--seed',
    '--link',
    'TRAYDIAL_CONTROL_TOKEN',
    '--sim',
  ]) {
    expect(stdout).toContain(flag);
  }
});
