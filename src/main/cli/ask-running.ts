import { createConnection, type Socket } from 'node:net';
import type { Clock } from '../../core/clock.ts';
import { EXIT, type CommandAnswer } from '../../core/cli/exit-codes.ts';
import type { CommandLineMessages } from '../../messages/command-line.ts';
import { readAnswer, writeRequest, type CommandOrTicket } from '../../core/cli/wire.ts';
import { findEndpoint } from './command-endpoint.ts';
import { readLine } from './read-line.ts';

/** Maximum wait for an answer. A command that dials waits for the PBX, which can be slow. */
const ANSWER_MS = 30_000;
/** Maximum wait for a connection. A program that takes longer hangs. */
const CONNECT_MS = 5000;

export interface RunningProgram {
  userData: string;
  clock: Clock;
  messages: Pick<CommandLineMessages, 'failures'>;
  /** Whether a running program holds the profile, even if it cannot be reached. */
  isInUse?: () => boolean;
}

/** Asks this user's running program; null if none runs. */
export async function askRunning(
  request: CommandOrTicket,
  { userData, clock, messages }: RunningProgram,
): Promise<CommandAnswer | null> {
  const endpoint = findEndpoint(userData);
  const socket = endpoint === null ? null : await connectTo(endpoint.path, clock);
  if (endpoint === null || socket === null) return null;
  try {
    socket.write(writeRequest({ ...request, token: endpoint.token }));
    const line = await readLine(socket, clock, ANSWER_MS);
    // The program may have run the command already, and running it again could dial twice.
    const silent = { exit: EXIT.refused, text: messages.failures.silent };
    return (line === null ? null : readAnswer(line)) ?? silent;
  } finally {
    socket.destroy();
  }
}

/** Whether a program of this user answers sub-commands. */
export async function isRunning(userData: string, clock: Clock): Promise<boolean> {
  const endpoint = findEndpoint(userData);
  const socket = endpoint === null ? null : await connectTo(endpoint.path, clock);
  socket?.destroy();
  return socket !== null;
}

/** Connects to the socket; null if no program listens. A program that was killed leaves its socket behind. */
function connectTo(path: string, clock: Clock): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    const give = (found: Socket | null): void => {
      stop();
      if (found === null) socket.destroy();
      resolve(found);
    };
    const stop = clock.after(CONNECT_MS, () => give(null));
    // The listener stays, so that a connection that breaks later ends the reading.
    socket.once('connect', () => give(socket)).on('error', () => give(null));
  });
}
