import { timingSafeEqual } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import type { Clock } from '../../core/clock.ts';
import type { Command } from '../../core/cli/command-line.ts';
import { EXIT, type CommandAnswer } from '../../core/cli/exit-codes.ts';
import { readRequest, writeAnswer, type Asked } from '../../core/cli/wire.ts';
import type { Log } from '../../core/log-port.ts';
import {
  forgetCrashed,
  forgetMeetingPoint,
  newMeetingPoint,
  tellMeetingPoint,
  type MeetingPoint,
} from './meeting-point.ts';
import { readLine } from './read-line.ts';

export interface CommandServerOptions {
  userData: string;
  /** Default: this process's own. */
  env?: NodeJS.ProcessEnv;
  platform?: NodeJS.Platform;
  run: (command: Command) => Promise<CommandAnswer>;
  /** The answer to a command that a second start handed over; null when there was none. */
  answerOf: (ticket: string) => Promise<CommandAnswer | null>;
  clock: Clock;
  log: Log;
}

export interface CommandServer {
  close(): void;
}

const REQUEST_MS = 5000;
/** The most connections that have sent no command yet; when one more comes, the oldest is closed. */
const MOST_WAITING = 8;
const NOT_UNDERSTOOD: CommandAnswer = {
  exit: EXIT.usage,
  text: 'The running Traydial did not understand that. Quit it and start it again.',
};

/**
 * Listens for sub-commands of this user: the socket is open to nobody else, and whoever asks has to know the token that
 * only this user can read. Resolves once a command would be heard; without a place to listen it is closed from the
 * start.
 */
export async function startCommandServer(options: CommandServerOptions): Promise<CommandServer> {
  const { userData, env = process.env, platform = process.platform, log } = options;
  const point = newMeetingPoint(userData, env, platform);
  if (point === null) {
    log.warn('The folder of the settings is too deep for a socket: the command line gets no answers.');
    return { close: () => {} };
  }
  const waiting = new Set<Socket>();
  const server = createServer((socket) => {
    const [oldest] = waiting;
    if (oldest !== undefined && waiting.size >= MOST_WAITING) oldest.destroy();
    waiting.add(socket);
    socket.once('close', () => waiting.delete(socket));
    void serve(socket, point, options, () => waiting.delete(socket));
  });
  try {
    forgetCrashed(userData, env);
    await listen(server, point.path);
    tellMeetingPoint(userData, point);
  } catch (error) {
    log.warn(`The command line gets no answers: ${String(error)}`);
    server.close();
    return { close: () => {} };
  }
  // A server that fails later must not take the program along.
  server.on('error', (error) => log.warn(`The command line: ${String(error)}`));
  return {
    close: () => {
      forgetMeetingPoint(userData);
      server.close();
      if (platform !== 'win32') rmSync(point.path, { force: true });
    },
  };
}

/** The socket is there from this call on, and never with rights for others. */
function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const umask = process.umask(0o177);
    try {
      server.once('error', reject).listen(path, () => {
        server.off('error', reject);
        resolve();
      });
    } finally {
      process.umask(umask);
    }
  });
}

async function serve(
  socket: Socket,
  point: MeetingPoint,
  options: CommandServerOptions,
  asked: () => void,
): Promise<void> {
  const { clock, log } = options;
  socket.on('error', () => socket.destroy());
  const line = await readLine(socket, clock, REQUEST_MS);
  const request = line === null ? null : readRequest(line);
  if (line === null || (request !== null && !sameToken(request.token, point.token))) {
    socket.destroy();
    return;
  }
  asked();
  let answer = NOT_UNDERSTOOD;
  try {
    if (request !== null) answer = (await answerTo(request, options)) ?? NOT_UNDERSTOOD;
  } catch (error) {
    log.warn(`A sub-command failed: ${String(error)}`);
    answer = { exit: EXIT.refused, text: 'Something went wrong inside Traydial.' };
  }
  socket.end(writeAnswer(answer));
}

function answerTo(asked: Asked, { run, answerOf }: CommandServerOptions): Promise<CommandAnswer | null> {
  return 'ticket' in asked ? answerOf(asked.ticket) : run(asked.command);
}

function sameToken(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
