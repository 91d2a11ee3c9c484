import { createConnection } from 'node:net';
import type { Clock } from '../../core/clock.ts';
import type { Command } from '../../core/cli/command-line.ts';
import { EXIT, type CommandAnswer } from '../../core/cli/exit-codes.ts';
import { readAnswer, writeRequest } from '../../core/cli/wire.ts';
import { findMeetingPoint } from './meeting-point.ts';
import { readLine } from './read-line.ts';

/** Dialling at once waits for the PBX, which may take its time. */
const ANSWER_MS = 30_000;
/** It may have done what it was asked: to ask again could dial twice. */
const SILENT: CommandAnswer = {
  exit: EXIT.refused,
  text: 'Traydial runs, but did not answer. Look into its window before you try again.',
};

/** What the running program of this user says to a sub-command; null when none is there to ask. */
export async function askRunning(userData: string, command: Command, clock: Clock): Promise<CommandAnswer | null> {
  const point = findMeetingPoint(userData);
  if (point === null) return null;
  const socket = createConnection(point.path);
  try {
    // A program that crashed leaves the file behind, and nobody at the other end.
    const connected = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    if (!connected) return null;
    socket.on('error', () => socket.destroy());
    socket.write(writeRequest({ token: point.token, command }));
    const line = await readLine(socket, clock, ANSWER_MS);
    return (line === null ? null : readAnswer(line)) ?? SILENT;
  } finally {
    socket.destroy();
  }
}
