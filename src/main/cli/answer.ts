import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { app } from 'electron';
import { systemClock } from '../../core/clock.ts';
import type { Command, CommandLine } from '../../core/cli/command-line.ts';
import { EXIT, type CommandAnswer } from '../../core/cli/exit-codes.ts';
import { loadCommandLineMessages, type CommandLineMessages } from '../../messages/command-line.ts';
import { ownCommand } from '../own-command.ts';
import { ownLanguage } from '../own-language.ts';
import { isProfileInUse } from '../profile-in-use.ts';
import { answerHere, print } from './answer-here.ts';
import { withOwnStreams } from './own-streams.ts';

/** Runs the sub-command of a command line, prints the answer and ends with its exit code. */
export async function answer(line: Exclude<CommandLine, { type: 'start' }>): Promise<void> {
  const messages = await loadCommandLineMessages(ownLanguage(app));
  const answered = await (
    line.type === 'command' ? ask(line.command, messages) : answerHere(line, app, messages)
  ).catch(
    // A command must end, and has no window that could show the error.
    (error: unknown): CommandAnswer => ({ exit: EXIT.refused, text: `Traydial: ${String(error)}` }),
  );
  await print(answered);
  app.exit(answered.exit);
}

async function ask(command: Command, messages: CommandLineMessages): Promise<CommandAnswer> {
  const userData = app.getPath('userData');
  const isInUse = (): boolean => isProfileInUse(userData, process.platform);
  const program = { userData, clock: systemClock, messages, isInUse };
  // These commands make no sense if the program is not running.
  if (command.name === 'hangup' || command.name === 'why') {
    const { askRunning } = await import('./ask-running.ts');
    const answered = await askRunning({ command }, program);
    return answered ?? { exit: EXIT.notReady, text: messages.failures[isInUse() ? 'unreachable' : 'not-running'] };
  }
  const { bringUp } = await import('./bring-up.ts');
  return bringUp(command, { ...program, handOver, start });
}

/**
 * Linux and Windows let the running program's window come to the front only when a second start hands over like this.
 */
function handOver(command: Command, ticket: string): boolean {
  const got = app.requestSingleInstanceLock({ action: { type: 'command', command, ticket } });
  if (got) app.releaseSingleInstanceLock();
  return !got;
}

/**
 * Starts the program without the streams of this process. A terminal that waits until they are closed would otherwise
 * wait until the program ends.
 */
function start(): { ended: Promise<number | null> } {
  const { program, args } = ownCommand(process.argv, process.defaultApp, process.execPath, process.env);
  const detached = (stdio: StdioOptions): ChildProcess => spawn(program, args, { detached: true, stdio });
  const child = process.platform === 'linux' ? withOwnStreams(detached) : detached('ignore');
  child.unref();
  const ended = once(child, 'exit').then(
    ([code]) => code as number | null,
    () => null,
  );
  return { ended };
}
