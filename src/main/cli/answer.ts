import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { app } from 'electron';
import { systemClock } from '../../core/clock.ts';
import type { Command, CommandLine } from '../../core/cli/command-line.ts';
import { EXIT, type CommandAnswer } from '../../core/cli/exit-codes.ts';
import { ownCommand } from '../own-command.ts';
import { answerHere, print } from './answer-here.ts';

/** Answers a command line that is no plain start, prints the answer and ends with its exit code. */
export async function answer(line: Exclude<CommandLine, { type: 'start' }>): Promise<void> {
  const answered = line.type === 'command' ? await ask(line.command) : await answerHere(line, app);
  await print(answered);
  app.exit(answered.exit);
}

async function ask(command: Command): Promise<CommandAnswer> {
  const userData = app.getPath('userData');
  const clock = systemClock;
  if (command.name === 'hangup') {
    const { askRunning } = await import('./ask-running.ts');
    const answered = await askRunning(userData, { command }, clock);
    return answered ?? { exit: EXIT.notReady, text: 'Traydial is not running.' };
  }
  const { bringUp } = await import('./bring-up.ts');
  return bringUp(command, { userData, clock, handOver, start });
}

/** On Linux and Windows the system lets the running program come to the front only for a start that is handed over so. */
function handOver(command: Command, ticket: string): boolean {
  const got = app.requestSingleInstanceLock({ wish: { type: 'command', command, ticket } });
  if (got) app.releaseSingleInstanceLock();
  return !got;
}

/** Without this process's streams: whoever waits for their end would wait for the end of the program. */
function start(): { ended: Promise<number | null> } {
  const { program, args } = ownCommand(process.argv, process.defaultApp, process.execPath, process.env);
  const child = spawn(program, args, { detached: true, stdio: 'ignore' });
  child.unref();
  const ended = once(child, 'exit').then(
    ([code]) => code as number | null,
    () => null,
  );
  return { ended };
}
