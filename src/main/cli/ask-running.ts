import { createConnection, type Socket } from 'node:net';
import type { Clock } from '../../core/clock.ts';
import { EXIT, type CommandAnswer } from '../../core/cli/exit-codes.ts';
import { readAnswer, writeRequest, type Asked } from '../../core/cli/wire.ts';
import { findMeetingPoint } from './meeting-point.ts';
import { readLine } from './read-line.ts';

/** Dialling at once waits for the PBX, which may take its time. */
const ANSWER_MS = 30_000;
/** A program that does not accept a connection within this time hangs. */
const CONNECT_MS = 5000;
/** It may have done what it was asked: to ask again could dial twice. */
const SILENT: CommandAnswer = {
  exit: EXIT.refused,
  text: 'Traydial runs, but did not answer. Look into its window before you try again.',
};

/** The answer of this user's running program; null when none runs. */
export async function askRunning(userData: string, asked: Asked, clock: Clock): Promise<CommandAnswer | null> {
  const point = findMeetingPoint(userData);
  const socket = point === null ? null : await connectTo(point.path, clock);
  if (point === null || socket === null) return null;
  try {
    socket.write(writeRequest({ ...asked, token: point.token }));
    const line = await readLine(socket, clock, ANSWER_MS);
    return (line === null ? null : readAnswer(line)) ?? SILENT;
  } finally {
    socket.destroy();
  }
}

/** Whether a program of this user answers sub-commands. */
export async function isRunning(userData: string, clock: Clock): Promise<boolean> {
  const point = findMeetingPoint(userData);
  const socket = point === null ? null : await connectTo(point.path, clock);
  socket?.destroy();
  return socket !== null;
}

/** null when no program listens: one that was killed leaves its socket behind. */
function connectTo(path: string, clock: Clock): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    const give = (found: Socket | null): void => {
      stop();
      if (found === null) socket.destroy();
      resolve(found);
    };
    const stop = clock.after(CONNECT_MS, () => give(null));
    // The listener stays: a connection that breaks later ends the reading.
    socket.once('connect', () => give(socket)).on('error', () => give(null));
  });
}
