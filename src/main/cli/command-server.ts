import { timingSafeEqual } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import type { Clock } from '../../core/clock.ts';
import type { Command } from '../../core/cli/command-line.ts';
import { EXIT, type CommandAnswer } from '../../core/cli/exit-codes.ts';
import { readRequest, writeAnswer, type CommandOrTicket, type CommandRequest } from '../../core/cli/wire.ts';
import type { Log } from '../../core/log-port.ts';
import type { CommandLineMessages } from '../../messages/command-line.ts';
import { errorSentence } from '../../messages/error-text.ts';
import { appError } from '../../shared/errors.ts';
import {
  removeStaleSocket,
  removeEndpoint,
  findEndpoint,
  newEndpoints,
  publishEndpoint,
  type CommandEndpoint,
} from './command-endpoint.ts';
import { readLine } from './read-line.ts';

export interface CommandServerOptions {
  userData: string;
  /** Default: this process's own. */
  env?: NodeJS.ProcessEnv;
  platform?: NodeJS.Platform;
  run: (command: Command) => Promise<CommandAnswer>;
  /** The answer to a command that a second start handed over; null when no such command arrived. */
  answerOf: (ticket: string) => Promise<CommandAnswer | null>;
  /** Loads the messages in the language of the program. */
  messages: () => Promise<CommandLineMessages>;
  clock: Clock;
  log: Log;
}

export interface CommandServer {
  /** Whether sub-commands find the server: somebody may have removed its files. */
  isReachable(): boolean;
  close(): void;
}

const REQUEST_MS = 5000;
/** The maximum number of connections that have not sent a command yet; one more closes the oldest. */
const MAX_WAITING = 8;

/**
 * Listens for sub-commands of this user: only this user can open the socket, and each request must contain the token,
 * which only this user can read. Resolves once commands are accepted. Where no folder can hold the socket, or the
 * endpoint cannot be written, the server is closed from the start and not reachable.
 */
export async function startCommandServer(options: CommandServerOptions): Promise<CommandServer> {
  const { userData, env = process.env, platform = process.platform, log } = options;
  try {
    removeStaleSocket(userData, env);
  } catch (error) {
    log.warn(`The socket of an earlier run stays: ${String(error)}`);
  }
  let problem = 'ENAMETOOLONG';
  for (const endpoint of newEndpoints(userData, env, platform)) {
    try {
      return await serveAt(endpoint, options);
    } catch (error) {
      problem = String(error);
    }
  }
  log.warn(`The command line gets no answers: ${problem}`);
  return { isReachable: () => false, close: () => {} };
}

/** Throws file system errors. */
async function serveAt(endpoint: CommandEndpoint, options: CommandServerOptions): Promise<CommandServer> {
  const { userData, platform = process.platform, log } = options;
  const waiting = new Set<Socket>();
  const server = createServer((socket) => {
    const [oldest] = waiting;
    if (oldest !== undefined && waiting.size >= MAX_WAITING) oldest.destroy();
    waiting.add(socket);
    socket.once('close', () => waiting.delete(socket));
    void serve(socket, endpoint, options, () => waiting.delete(socket));
  });
  try {
    await listen(server, endpoint.path);
    publishEndpoint(userData, endpoint);
  } catch (error) {
    server.close();
    throw error;
  }
  // An error of the server must not end the program.
  server.on('error', (error) => log.warn(`The command line: ${String(error)}`));
  return {
    isReachable: () =>
      findEndpoint(userData)?.path === endpoint.path && (platform === 'win32' || existsSync(endpoint.path)),
    close: () => {
      removeEndpoint(userData);
      server.close();
      if (platform !== 'win32') rmSync(endpoint.path, { force: true });
    },
  };
}

/** Creates the socket; the umask keeps other users out from the beginning. */
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
  endpoint: CommandEndpoint,
  options: CommandServerOptions,
  onRequest: () => void,
): Promise<void> {
  const { clock } = options;
  socket.on('error', () => socket.destroy());
  const line = await readLine(socket, clock, REQUEST_MS);
  const request = line === null ? null : readRequest(line);
  if (line === null || (request !== null && !sameToken(request.token, endpoint.token))) {
    socket.destroy();
    return;
  }
  onRequest();
  socket.end(writeAnswer(await answerOrExplain(request, options)));
}

async function answerOrExplain(request: CommandRequest | null, options: CommandServerOptions): Promise<CommandAnswer> {
  const { messages, log } = options;
  try {
    const answer = request === null ? null : await answerTo(request, options);
    return answer ?? { exit: EXIT.usage, text: (await messages()).failures['not-understood'] };
  } catch (error) {
    log.warn(`A sub-command failed: ${String(error)}`);
    return { exit: EXIT.refused, text: errorSentence(await messages(), appError('internal')) };
  }
}

function answerTo(request: CommandOrTicket, { run, answerOf }: CommandServerOptions): Promise<CommandAnswer | null> {
  return 'ticket' in request ? answerOf(request.ticket) : run(request.command);
}

function sameToken(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
