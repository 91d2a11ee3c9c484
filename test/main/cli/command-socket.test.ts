import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import type { Command } from '../../../src/core/cli/command-line.ts';
import type { CommandContext } from '../../../src/core/cli/run-command.ts';
import { MAX_LINE } from '../../../src/core/cli/wire.ts';
import { english as messages } from '../../../src/messages/en/command-line.ts';
import { silentLog } from '../../support/silent-log.ts';
import { askRunning, isRunning } from '../../../src/main/cli/ask-running.ts';
import {
  startCommandServer,
  type CommandServer,
  type CommandServerOptions,
} from '../../../src/main/cli/command-server.ts';
import { serveCommands } from '../../../src/main/cli/serve-commands.ts';
import { Tickets } from '../../../src/main/cli/tickets.ts';
import { findEndpoint, newEndpoints } from '../../../src/main/cli/command-endpoint.ts';

let userData: string;
let server: CommandServer;
let asked: Command[];
let tickets: Tickets;

beforeEach(async () => {
  userData = mkdtempSync(join(tmpdir(), 'traydial-cli-'));
  asked = [];
  tickets = new Tickets(systemClock);
  server = await startCommandServer(options());
});
afterEach(() => {
  server.close();
  rmSync(userData, { recursive: true, force: true });
});

const options = (): CommandServerOptions => ({
  userData,
  env: {},
  platform: process.platform,
  clock: systemClock,
  log: silentLog,
  run: (command) => {
    asked.push(command);
    if (command.name === 'show') return Promise.reject(new Error('no window'));
    return Promise.resolve({ exit: command.name === 'dial' ? 0 : 1, text: `did ${command.name}` });
  },
  answerOf: (ticket) => tickets.take(ticket),
  messages: () => Promise.resolve(messages),
});
const ask = (command: Command) => askRunning({ command }, { userData, clock: systemClock, messages });
const TICKET = 'a'.repeat(32);

/** Sends a line like a process that only found the socket. */
function say(text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = createConnection(findEndpoint(userData)?.path ?? '');
    let answer = '';
    socket.on('data', (piece: Buffer) => (answer += piece.toString()));
    socket.on('close', () => resolve(answer)).on('error', () => {});
    socket.write(text);
  });
}

test('a sub-command reaches the running program, and its answer comes back', async () => {
  expect(await ask({ name: 'dial', text: '+1 201' })).toEqual({ exit: 0, text: 'did dial' });
  expect(await ask({ name: 'hangup' })).toEqual({ exit: 1, text: 'did hangup' });
  expect(asked).toEqual([{ name: 'dial', text: '+1 201' }, { name: 'hangup' }]);
});

test('a command that throws is answered with an error', async () => {
  expect(await ask({ name: 'show' })).toMatchObject({ exit: 1 });
});

test.skipIf(process.platform === 'win32')('other users cannot open the socket or read its address', () => {
  const modes = readdirSync(userData).map((name) => statSync(join(userData, name)).mode & 0o777);
  expect(modes).toHaveLength(2);
  expect(modes.every((mode) => (mode & 0o077) === 0)).toBe(true);
});

test.each([
  ['a wrong token', JSON.stringify({ v: 1, token: 'x'.repeat(43), command: { name: 'hangup' } })],
  ['a short token', JSON.stringify({ v: 1, token: 'x', command: { name: 'hangup' } })],
])('the socket closes the connection on %s', async (_what, line) => {
  expect(await say(`${line}\n`)).toBe('');
  expect(asked).toEqual([]);
});

test('a malformed command is answered with an error and does nothing', async () => {
  const { token = '' } = findEndpoint(userData) ?? {};
  const later = JSON.stringify({ v: 2, token, command: { name: 'hangup' } });
  expect(JSON.parse(await say(`${later}\n`))).toMatchObject({ exit: 2 });
  expect(asked).toEqual([]);
});

test('the socket closes the connection of a request without a line end', async () => {
  expect(await say('1'.repeat(MAX_LINE + 10))).toBe('');
  expect(await ask({ name: 'hangup' })).toMatchObject({ exit: 1 });
});

test('a program that has quit does not answer and leaves no socket or address file', async () => {
  server.close();
  expect(readdirSync(userData)).toEqual([]);
  expect(await ask({ name: 'hangup' })).toBeNull();
});

test('the client does not repeat a command when the program closes the connection without an answer', async () => {
  const { path = '' } = findEndpoint(userData) ?? {};
  writeFileSync(join(userData, 'command-line.json'), JSON.stringify({ path, token: 'old' }));
  expect(await ask({ name: 'dial', text: '1002' })).toMatchObject({
    exit: 1,
    text: messages.failures.silent,
  });
});

test('a program that was killed does not answer', async () => {
  const file = join(userData, 'command-line.json');
  const left = readFileSync(file, 'utf8');
  server.close();
  writeFileSync(file, left);
  expect(await ask({ name: 'hangup' })).toBeNull();
  writeFileSync(file, '{"path":');
  expect(await ask({ name: 'hangup' })).toBeNull();
});

test('the answer to a handed-over command reaches the request with its ticket, whichever of the two comes first', async () => {
  const early = askRunning({ ticket: TICKET }, { userData, clock: systemClock, messages });
  tickets.give(TICKET, Promise.resolve({ exit: 0, text: 'in front' }));
  expect(await early).toEqual({ exit: 0, text: 'in front' });
  tickets.give('b'.repeat(32), Promise.resolve({ exit: 3, text: 'not signed in' }));
  expect(await askRunning({ ticket: 'b'.repeat(32) }, { userData, clock: systemClock, messages })).toMatchObject({
    exit: 3,
  });
  expect(asked).toEqual([]);
});

test('forty half-open connections do not block a command', async () => {
  const { path = '' } = findEndpoint(userData) ?? {};
  const idle = await Promise.all(
    Array.from({ length: 40 }, async () => {
      const socket = createConnection(path).on('error', () => {});
      await once(socket, 'connect');
      return socket;
    }),
  );
  expect(await ask({ name: 'dial', text: '1002' })).toMatchObject({ exit: 0 });
  for (const socket of idle) socket.destroy();
});

test.skipIf(process.platform === 'win32')(
  'a start removes the socket that a killed program left, and no other file',
  async () => {
    const { path = '' } = findEndpoint(userData) ?? {};
    const described = readFileSync(join(userData, 'command-line.json'), 'utf8');
    server.close();
    const other = join(userData, 'notes.sock');
    for (const file of [path, other]) writeFileSync(file, '');
    writeFileSync(join(userData, 'command-line.json'), described);
    server = await startCommandServer(options());
    expect(existsSync(path)).toBe(false);
    server.close();
    writeFileSync(join(userData, 'command-line.json'), JSON.stringify({ path: other, token: 'x' }));
    server = await startCommandServer(options());
    expect(existsSync(other)).toBe(true);
  },
);

test('the socket is in the run-time folder if that exists; no socket is opened if its path would be too long', () => {
  const runtime = join(userData, 'run');
  mkdirSync(runtime);
  const pathsFor = (...args: Parameters<typeof newEndpoints>) => newEndpoints(...args).map(({ path }) => path);
  expect(pathsFor(userData, { XDG_RUNTIME_DIR: runtime }, 'linux')).toEqual([
    expect.stringContaining(`${runtime}/traydial-`),
    expect.stringContaining(`${userData}/traydial-`),
  ]);
  expect(pathsFor(userData, { XDG_RUNTIME_DIR: 'run' }, 'linux')).toEqual([
    expect.stringContaining(`${userData}/traydial-`),
  ]);
  expect(pathsFor(`/${'x'.repeat(100)}`, {}, 'linux')).toEqual([]);
  expect(pathsFor('C:\\Users\\anna', {}, 'win32')).toEqual([
    expect.stringMatching(/^\\\\\.\\pipe\\traydial-[0-9a-f]{16}$/),
  ]);
});

describe.skipIf(process.platform === 'win32')('when files of the command line are in the way or gone', () => {
  test('a run-time folder that cannot be used leaves the folder of the settings', async () => {
    server.close();
    // As another user's folder does, a file refuses every socket within it, also for root.
    const runtime = join(userData, 'run');
    writeFileSync(runtime, '');
    server = await startCommandServer({ ...options(), env: { XDG_RUNTIME_DIR: runtime } });
    expect(server.isReachable()).toBe(true);
    expect(await ask({ name: 'hangup' })).toEqual({ exit: 1, text: 'did hangup' });
  });

  test('a folder at the place of command-line.json makes the program unreachable until it is gone', async () => {
    server.close();
    const folder = join(userData, 'command-line.json');
    mkdirSync(join(folder, 'within'), { recursive: true });
    server = await startCommandServer(options());
    expect(server.isReachable()).toBe(false);
    expect(readdirSync(userData).filter((name) => name.endsWith('.sock'))).toEqual([]);
    rmSync(folder, { recursive: true });
    server = await startCommandServer(options());
    expect(server.isReachable()).toBe(true);
  });

  test('a program whose socket or endpoint was removed is not reachable', async () => {
    rmSync(findEndpoint(userData)?.path ?? '');
    expect(server.isReachable()).toBe(false);
    server.close();
    server = await startCommandServer(options());
    rmSync(join(userData, 'command-line.json'));
    expect(server.isReachable()).toBe(false);
  });

  test('a second start opens a socket again that was removed, and reports whether commands find the program', async () => {
    server.close();
    const reachable: boolean[] = [];
    const served = serveCommands({
      userData,
      language: () => 'en',
      onReachable: (isReachable) => reachable.push(isReachable),
      clock: systemClock,
      log: silentLog,
      ...({} as CommandContext),
    });
    await expect.poll(() => reachable).toEqual([true]);
    served.check();
    rmSync(findEndpoint(userData)?.path ?? '');
    served.check();
    await expect.poll(() => reachable).toEqual([true, true]);
    expect(await isRunning(userData, systemClock)).toBe(true);
    served.close();
    await expect.poll(() => findEndpoint(userData)).toBeNull();
  });

  test('the socket of a killed program is removed from a run-time folder that is written in another way', async () => {
    server.close();
    const runtime = join(userData, 'run');
    mkdirSync(runtime);
    const stale = join(runtime, 'traydial-0123456789abcdef.sock');
    writeFileSync(stale, '');
    writeFileSync(join(userData, 'command-line.json'), JSON.stringify({ path: stale, token: 'x' }));
    server = await startCommandServer({ ...options(), env: { XDG_RUNTIME_DIR: `${runtime}//` } });
    expect(existsSync(stale)).toBe(false);
  });

  test('a folder with the name of a stale socket does not switch the command line off', async () => {
    server.close();
    const stale = join(userData, 'traydial-0123456789abcdef.sock');
    mkdirSync(stale);
    writeFileSync(join(userData, 'command-line.json'), JSON.stringify({ path: stale, token: 'x' }));
    server = await startCommandServer(options());
    expect(server.isReachable()).toBe(true);
  });
});
