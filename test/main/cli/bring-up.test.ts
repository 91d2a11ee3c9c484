import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import type { Command } from '../../../src/core/cli/command-line.ts';
import { english as messages } from '../../../src/messages/en/command-line.ts';
import { silentLog } from '../../support/silent-log.ts';
import { bringUp } from '../../../src/main/cli/bring-up.ts';
import { startCommandServer, type CommandServer } from '../../../src/main/cli/command-server.ts';
import { Tickets } from '../../../src/main/cli/tickets.ts';

const DIAL: Command = { name: 'dial', text: '1002' };
const NEVER = new Promise<null>(() => {});

let userData: string;
let server: CommandServer | null;
let done: string[];
const tickets = new Tickets(systemClock);

beforeEach(() => {
  userData = mkdtempSync(join(tmpdir(), 'traydial-cli-'));
  server = null;
  done = [];
});
afterEach(() => {
  server?.close();
  rmSync(userData, { recursive: true, force: true });
});

async function startProgram(): Promise<void> {
  server = await startCommandServer({
    userData,
    env: {},
    platform: process.platform,
    clock: systemClock,
    log: silentLog,
    run: (command) => {
      done.push(`socket: ${command.name}`);
      return Promise.resolve({ exit: 3, text: 'waits in the window' });
    },
    answerOf: (ticket) => tickets.take(ticket),
    messages: () => Promise.resolve(messages),
  });
}

/** Acts like the running program when a second start does not get the lock. */
function handOver(command: Command, ticket: string): boolean {
  done.push(`second start: ${command.name}`);
  tickets.give(ticket, Promise.resolve({ exit: 0, text: 'asked' }));
  return true;
}

test('the running program gets the command as a second start, and its answer is returned', async () => {
  await startProgram();
  const start = () => {
    throw new Error('must not start');
  };
  expect(await bringUp(DIAL, { userData, clock: systemClock, messages, handOver, start })).toEqual({
    exit: 0,
    text: 'asked',
  });
  expect(done).toEqual(['second start: dial']);
});

test('when no program is running, it is started and gets the command once it accepts commands', async () => {
  const start = () => {
    setTimeout(() => void startProgram(), 50);
    return { ended: NEVER };
  };
  expect(await bringUp(DIAL, { userData, clock: systemClock, messages, handOver, start })).toMatchObject({ exit: 3 });
  expect(done).toEqual(['socket: dial']);
});

test('a command waits for a program that another start is bringing up', async () => {
  const start = () => {
    setTimeout(() => void startProgram(), 50);
    return { ended: Promise.resolve(0) };
  };
  expect(await bringUp(DIAL, { userData, clock: systemClock, messages, handOver, start })).toMatchObject({ exit: 3 });
});

test('bring-up answers at once with the exit code for "not running" when the program cannot start', async () => {
  const start = () => ({ ended: Promise.resolve(1) });
  expect(await bringUp(DIAL, { userData, clock: systemClock, messages, handOver, start })).toMatchObject({
    exit: 3,
    text: messages.failures['not-started'],
  });
});

test('waiting for a program that never answers ends after twenty seconds', async () => {
  let now = 0;
  const clock = {
    now: () => now,
    random: () => 0,
    elapsed: () => now,
    after: (ms: number, task: () => void) => {
      now += ms;
      const immediate = setImmediate(task);
      return () => clearImmediate(immediate);
    },
  };
  const answer = await bringUp(DIAL, { userData, clock, messages, handOver, start: () => ({ ended: NEVER }) });
  expect(answer).toMatchObject({ exit: 3, text: expect.stringContaining('20 seconds') as string });
  expect(now).toBeGreaterThanOrEqual(20_000);
});
