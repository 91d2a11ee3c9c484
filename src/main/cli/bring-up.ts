import { randomBytes } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import type { Command } from '../../core/cli/command-line.ts';
import { EXIT, type CommandAnswer } from '../../core/cli/exit-codes.ts';
import { askRunning, isRunning } from './ask-running.ts';

export interface BringUpOptions {
  userData: string;
  clock: Clock;
  /** Hands the command to the running program as a second start does; false when no program has the lock. */
  handOver: (command: Command, ticket: string) => boolean;
  /** Starts the program on its own, detached from this process. `ended`: it ended with this exit code. */
  start: () => { ended: Promise<number | null> };
}

/** From the start of the program until it answers. */
const START_MS = 20_000;
const LOOK_MS = 100;
const NOT_STARTED: CommandAnswer = { exit: EXIT.notReady, text: 'Traydial could not be started.' };
const NOT_IN_TIME: CommandAnswer = {
  exit: EXIT.notReady,
  text: `Traydial did not start within ${START_MS / 1000} seconds. Nothing was dialled.`,
};

/** Runs a command that needs the window: sends it to the running program, or starts the program first. */
export async function bringUp(command: Command, options: BringUpOptions): Promise<CommandAnswer> {
  const { userData, clock, handOver } = options;
  if (await isRunning(userData, clock)) {
    const ticket = randomBytes(16).toString('hex');
    const handed = handOver(command, ticket);
    const answer = handed ? await askRunning(userData, { ticket }, clock) : null;
    if (answer !== null) return answer;
    // The program ended in between. It may have carried out the command, so the command is not sent again.
    if (handed) return { exit: EXIT.refused, text: 'Traydial ended before it answered.' };
  }
  const failed = await startAndWait(options);
  if (failed !== null) return failed;
  return (await askRunning(userData, { command }, clock)) ?? NOT_STARTED;
}

/** null once the program answers. */
async function startAndWait({ userData, clock, start }: BringUpOptions): Promise<CommandAnswer | null> {
  const deadline = clock.elapsed() + START_MS;
  const process = { failed: false };
  // With 0 it found another Traydial that is starting at this moment.
  void start().ended.then((code) => {
    process.failed = code !== 0;
  });
  while (clock.elapsed() < deadline) {
    if (await isRunning(userData, clock)) return null;
    if (process.failed) return NOT_STARTED;
    await new Promise<void>((resolve) => void clock.after(LOOK_MS, resolve));
  }
  return NOT_IN_TIME;
}
