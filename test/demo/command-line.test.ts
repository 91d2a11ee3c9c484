import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Agent, request } from 'undici';
import { expect, onTestFinished, test, vi } from 'vitest';

// Each starts a Node of its own.
vi.setConfig({ testTimeout: 30_000 });

const SCRIPT = fileURLToPath(new URL('../../scripts/demo-pbx.ts', import.meta.url));

async function run(...flags: string[]): Promise<{ code: number | null; text: string }> {
  const child = spawn(process.execPath, [SCRIPT, ...flags]);
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => (text += part));
  await once(child, 'close');
  return { code: child.exitCode, text };
}

test('it says where it is and how to sign in, and stops on Ctrl+C', async () => {
  const child = spawn(process.execPath, [SCRIPT, '--port', '0', '--seed', '3', '--oauth']);
  onTestFinished(() => void child.kill('SIGKILL'));
  const [printed] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  expect(printed).toMatch(
    /domain +demo\.traydial\.test\n +user +alex\n +password +demo\n +fingerprint +([0-9A-F]{2}:){31}/,
  );
  const address = /address +(127\.0\.0\.1:\d+)/.exec(printed)?.[1] ?? '';

  const agent = new Agent({ connect: { rejectUnauthorized: false } });
  const info = await request(`https://${address}/api/info`, { dispatcher: agent });
  expect(info.statusCode).toBe(200);
  const signIn = await request(`https://${address}/api/auth/sign_in`, { dispatcher: agent, method: 'POST' });
  expect(signIn.statusCode).toBe(404);
  await agent.destroy();

  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('--help lists every flag', async () => {
  const { code, text } = await run('--help');
  expect(code).toBe(0);
  for (const flag of ['--port', '--seed', '--oauth', '--no-list', '--token-seconds']) expect(text).toContain(flag);
});

test.each([[['--prot', '8']], [['--port', 'x']], [['--port', '70000']], [['--seed']], [['8887']]])(
  '%j is refused with a sentence and exit code 2',
  async (flags) => {
    const { code, text } = await run(...flags);
    expect(code).toBe(2);
    expect(text).toMatch(/^demo-pbx: .+\nTry: node scripts\/demo-pbx\.ts --help\n$/);
  },
);
