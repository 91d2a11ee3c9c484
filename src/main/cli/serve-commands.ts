import type { Clock } from '../../core/clock.ts';
import type { Command } from '../../core/cli/command-line.ts';
import type { CommandAnswer } from '../../core/cli/exit-codes.ts';
import { runCommand, type CommandContext } from '../../core/cli/run-command.ts';
import type { Log } from '../../core/log-port.ts';
import type { CommandLineMessages } from '../../messages/command-line.ts';
import type { Language } from '../../shared/language.ts';
import { startCommandServer } from './command-server.ts';
import { answerFor } from './result-text.ts';
import { Tickets } from './tickets.ts';

export interface ServeCommandsOptions extends CommandContext {
  userData: string;
  language: () => Language;
  clock: Clock;
  log: Log;
}

export interface ServedCommands {
  /** Runs a sub-command that a second start handed over; that process then fetches the answer with the ticket. */
  runFor(ticket: string, command: Command): void;
  close(): void;
}

/** Runs sub-commands of this user in the running program, and answers in its language. */
export function serveCommands({ userData, language, clock, log, ...context }: ServeCommandsOptions): ServedCommands {
  const messages = async (): Promise<CommandLineMessages> =>
    (await import('../../messages/command-line.ts')).loadCommandLineMessages(language());
  const run = async (command: Command): Promise<CommandAnswer> =>
    answerFor(await runCommand(command, context), await messages(), clock.now());
  const tickets = new Tickets(clock);
  const answerOf = (ticket: string): Promise<CommandAnswer | null> => tickets.take(ticket);
  const server = startCommandServer({ userData, run, answerOf, messages, clock, log });
  return {
    runFor: (ticket, command) => tickets.give(ticket, run(command)),
    close: () => void server.then((started) => started.close()),
  };
}
