import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { fileURLToPath } from 'node:url';
import { Agent, request } from 'undici';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';

// Each test starts its own Node process.
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

/** Starts the demo PBX and waits for its address. */
async function start(...flags: string[]) {
  const child = spawn(process.execPath, [SCRIPT, ...flags]);
  const agent = new Agent({ connect: { rejectUnauthorized: false } });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await agent.destroy();
  });
  const [printed] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  const address = /address +(127\.0\.0\.1:\d+)/.exec(printed)?.[1] ?? '';
  const ask = async (path: string, json?: object, token = '') => {
    const answer = await request(`https://${address}${path}`, {
      dispatcher: agent,
      method: json === undefined ? 'GET' : 'POST',
      body: json === undefined ? null : JSON.stringify(json),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    });
    const text = await answer.body.text();
    const body = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
    return { status: answer.statusCode, headers: answer.headers, body };
  };
  return { child, printed, address, ask };
}

const ALEX = { username: 'alex', password: 'demo', domain: 'demo.traydial.test' };

test('the demo PBX prints its address and how to sign in, and stops on Ctrl+C', async () => {
  const { child, printed, ask } = await start('--port', '0', '--seed', '3', '--oauth');
  expect(printed).toMatch(
    /domain +demo\.traydial\.test\n +user +alex\n +password +demo\n +fingerprint +([0-9A-F]{2}:){31}/,
  );
  expect((await ask('/api/info')).status).toBe(200);
  expect((await ask('/api/auth/sign_in', ALEX)).status).toBe(404);
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('the code of a two-factor sign-in is shown on the terminal', async () => {
  const { child, ask } = await start('--two-factor', '--must-change-password', '--dialect', 'status-22-2', '--quiet');
  const { token } = (await ask('/api/auth/sign_in', ALEX)).body;
  const shown = once(child.stdout, 'data');
  await ask('/api/auth/send_otp', { token });
  const [line] = (await shown) as [string];
  expect(line).toMatch(/Mail to alex@demo\.traydial\.test: the sign-in code is \d{6}\n/);
  const { body } = await ask('/api/auth/verify_otp', { token, code: /\d{6}/.exec(line)?.[0] });
  const access = String(body['access_token']);
  expect((await ask('/api/auth/user', undefined, access)).body).toMatchObject({ password_force_reset: true });
  expect((await ask('/api/user/status', undefined, access)).body).toMatchObject({ presence: 'AVAILABLE' });
});

test('flags choose release 16, no push and a limit of requests', async () => {
  const { address, ask } = await start('--v16', '--no-push', '--rate', '3', '--no-retry-after');
  expect((await ask('/api/auth/sign_in', ALEX)).status).toBe(404);
  expect((await ask('/api/tokens', ALEX)).body).toMatchObject({ access_token: expect.any(String) as string });
  const socket = new WebSocket(`wss://${address}/wsi`, { rejectUnauthorized: false });
  const [, refusal] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
  expect(refusal.statusCode).toBe(404);
  const { status, headers } = await ask('/api/info');
  expect([status, headers['retry-after']]).toEqual([429, undefined]);
});

test('flags make push accept no token, and refuse topics without an answer', async () => {
  const flags = ['--no-list', '--no-cdr-events', '--no-extension-events', '--no-push-tokens', '--silent-acks'];
  const { address, ask } = await start(...flags);
  const token = String((await ask('/api/auth/sign_in', ALEX)).body['access_token']);
  expect((await ask('/api/auth/user', undefined, token)).body).toMatchObject({ capabilities: [] });

  const socket = new WebSocket(`wss://${address}/wsi`, { rejectUnauthorized: false });
  await once(socket, 'open');
  const replies: unknown[] = [];
  socket.on('message', (data: Buffer) => replies.push(JSON.parse(data.toString('utf8'))));
  for (const frame of [
    { command: 'auth', access_token: token },
    { command: 'auth', ...ALEX },
    { command: 'subscribe', topics: ['cdr_events'] },
    { command: 'subscribe', topics: ['extension_events'], extensions: ['1001'] },
  ]) {
    socket.send(JSON.stringify(frame));
  }
  const pong = once(socket, 'pong');
  socket.ping();
  await pong;
  socket.terminate();
  expect(replies).toMatchObject([{ status: -1 }, { status: 0 }]);
});

test('--help lists every flag', async () => {
  const { code, text } = await run('--help');
  expect(code).toBe(0);
  const source = await readFile(SCRIPT, 'utf8');
  const flags = [...source.matchAll(/^ {6}'?([a-z0-9-]+)'?: (?:text|flag),$/gm)].map(([, flag]) => `--${flag ?? ''} `);
  expect(flags.length).toBeGreaterThan(15);
  for (const flag of flags) expect(text).toContain(flag);
});

test.each([
  [['--prot', '8']],
  [['--port', 'x']],
  [['--port', '70000']],
  [['--seed']],
  [['8887']],
  [['--rate', '0']],
  [['--dialect', 'klingon']],
  [['--oauth', '--v16']],
  [['--v16', '--two-factor']],
])('refuses %j with a sentence and exit code 2', async (flags) => {
  const { code, text } = await run(...flags);
  expect(code).toBe(2);
  expect(text).toMatch(/^demo-pbx: .+\nTry: node scripts\/demo-pbx\.ts --help\n$/);
});
