import type { Clock } from '../../core/clock.ts';
import type { Command } from '../../core/cli/command-line.ts';
import type { CommandAnswer } from '../../core/cli/exit-codes.ts';
import { runCommand, type CommandContext } from '../../core/cli/run-command.ts';
import type { Log } from '../../core/log-port.ts';
import type { CommandLineMessages } from '../../messages/command-line.ts';
import type { Language } from '../../shared/language.ts';
import { startCommandServer, type CommandServer } from './command-server.ts';
import { answerFor } from './result-text.ts';
import { Tickets } from './tickets.ts';

export interface ServeCommandsOptions extends CommandContext {
  userData: string;
  language: () => Language;
  /** Whether sub-commands find the program, at the start and after each check. */
  onReachable: (isReachable: boolean) => void;
  clock: Clock;
  log: Log;
}

export interface ServedCommands {
  /** Runs a sub-command that a second start handed over; that process then fetches the answer with the ticket. */
  runFor(ticket: string, command: Command): void;
  /** Call at each second start, which may be a sub-command that did not find the program: opens the socket again. */
  check(): void;
  close(): void;
}

/** Runs sub-commands of this user in the running program, and answers in its language. */
export function serveCommands({
  userData,
  language,
  onReachable,
  clock,
  log,
  ...context
}: ServeCommandsOptions): ServedCommands {
  const messages = async (): Promise<CommandLineMessages> =>
    (await import('../../messages/command-line.ts')).loadCommandLineMessages(language());
  const run = async (command: Command): Promise<CommandAnswer> =>
    answerFor(await runCommand(command, context), await messages(), clock.now());
  const tickets = new Tickets(clock);
  const answerOf = (ticket: string): Promise<CommandAnswer | null> => tickets.take(ticket);
  const open = async (): Promise<CommandServer> => {
    const opened = await startCommandServer({ userData, run, answerOf, messages, clock, log });
    onReachable(opened.isReachable());
    return opened;
  };
  let server = open();
  let closed = false;
  return {
    runFor: (ticket, command) => tickets.give(ticket, run(command)),
    check: () => {
      server = server.then((opened) => {
        if (closed || opened.isReachable()) return opened;
        opened.close();
        return open();
      });
    },
    close: () => {
      closed = true;
      void server.then((opened) => opened.close());
    },
  };
}
