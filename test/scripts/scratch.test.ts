import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeScratch } from '../support/scratch.ts';

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'traydial-scratch-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const SCRATCH = JSON.stringify(join(import.meta.dirname, '../support/scratch.ts'));

/** A program with such a folder and a child in it, or only a child, once both are there. */
async function start(withFolder = true) {
  const script = `
    import { spawn } from 'node:child_process';
    import { mkdirSync, writeSync } from 'node:fs';
    import { makeScratch, endsWithUs } from ${SCRATCH};
    if (${withFolder}) mkdirSync(makeScratch(${JSON.stringify(parent)}, 'lane').path + '/within');
    const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)']);
    endsWithUs(child);
    writeSync(1, String(child.pid));`;
  const program = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [text] = (await once(program.stdout, 'data')) as [Buffer];
  return { program, child: Number(text.toString()) };
}

test.skipIf(process.platform === 'win32').each(['SIGTERM', 'SIGINT'] as const)(
  'a run that ends with %s leaves no folder and no program behind',
  async (signal) => {
    const { program, child } = await start();
    expect(readdirSync(parent)).toHaveLength(1);
    program.kill(signal);
    expect(await once(program, 'exit')).toEqual([signal === 'SIGTERM' ? 143 : 130, null]);
    expect(readdirSync(parent)).toEqual([]);
    expect(() => process.kill(child, 0)).toThrow('ESRCH');
  },
);

test.skipIf(process.platform === 'win32')('a run without a folder leaves no program behind either', async () => {
  const { program, child } = await start(false);
  program.kill('SIGTERM');
  expect(await once(program, 'exit')).toEqual([143, null]);
  expect(() => process.kill(child, 0)).toThrow('ESRCH');
});

test('what a killed run left is removed at the next start, and nothing else', async () => {
  const { program, child } = await start();
  program.kill('SIGKILL');
  await once(program, 'exit');
  process.kill(child, 'SIGKILL');
  const others = ['lane-notes', `lane-${process.pid}-abc`, `other-${program.pid}-abc`];
  for (const name of others) mkdirSync(join(parent, name));
  const scratch = makeScratch(parent, 'lane');
  expect(existsSync(scratch.path)).toBe(true);
  scratch.remove();
  expect(readdirSync(parent).toSorted()).toEqual(others.toSorted());
});
