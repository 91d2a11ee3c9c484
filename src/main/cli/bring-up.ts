import { randomBytes } from 'node:crypto';
import type { Command } from '../../core/cli/command-line.ts';
import { EXIT, type CommandAnswer } from '../../core/cli/exit-codes.ts';
import { askRunning, isRunning, type RunningProgram } from './ask-running.ts';

export interface BringUpOptions extends RunningProgram {
  /** Hands the command to the running program, as a second start does; false when no process holds the lock. */
  handOver: (command: Command, ticket: string) => boolean;
  /** Starts the program, detached from this process. `ended`: its exit code; null after a signal or a failed spawn. */
  start: () => { ended: Promise<number | null> };
}

/** How long the program may take from its start until it accepts commands, in ms. */
const START_MS = 20_000;
const POLL_MS = 100;

/** Runs a command in the running program, and starts the program first if it is not running. */
export async function bringUp(command: Command, options: BringUpOptions): Promise<CommandAnswer> {
  const { userData, clock, handOver, messages } = options;
  if (await isRunning(userData, clock)) {
    const ticket = randomBytes(16).toString('hex');
    const handed = handOver(command, ticket);
    const answer = handed ? await askRunning({ ticket }, options) : null;
    if (answer !== null) return answer;
    // The program ended in the meantime. It may have run the command already, so the command is not sent again.
    if (handed) return { exit: EXIT.refused, text: messages.failures.ended };
  }
  const failed = await startAndWait(options);
  if (failed !== null) return failed;
  return (await askRunning({ command }, options)) ?? notStarted(options);
}

/** Starts the program and waits until it accepts commands. Resolves with null then, otherwise with the answer to print. */
async function startAndWait(options: BringUpOptions): Promise<CommandAnswer | null> {
  const { userData, clock, start, messages } = options;
  const deadline = clock.elapsed() + START_MS;
  const child = { failed: false };
  // Exit code 0 means that another Traydial holds the lock; that one will accept commands soon.
  void start().ended.then((code) => {
    child.failed = code !== 0;
  });
  while (clock.elapsed() < deadline) {
    if (await isRunning(userData, clock)) return null;
    if (child.failed) return notStarted(options);
    await new Promise<void>((resolve) => void clock.after(POLL_MS, resolve));
  }
  const { unreachable, late } = messages.failures;
  return { exit: EXIT.notReady, text: options.isInUse?.() === true ? unreachable : late(START_MS / 1000) };
}

const notStarted = ({ messages }: BringUpOptions): CommandAnswer => ({
  exit: EXIT.notReady,
  text: messages.failures['not-started'],
});
