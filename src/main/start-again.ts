import type { App } from 'electron';
import type { Arrival } from './arrivals.ts';
import { handOverOf } from './cli/hand-over.ts';
import { ownCommand } from './own-command.ts';

/** A page that opens links in a loop must not fill the computer with processes. */
const MAX_STARTS = 3;

export interface StartAgainOptions {
  app: Pick<App, 'relaunch'>;
  argv: readonly string[];
  unpackaged: boolean;
  execPath: string;
  env: NodeJS.ProcessEnv;
}

/**
 * Handles arrivals while the program quits, which can take seconds: this process still holds the lock, so their
 * own processes have ended already. The system starts the program again, with the link, once this process has ended. A
 * command is not run: its process detects that the program ended without an answer.
 */
export function startAgain({ app, argv, unpackaged, execPath, env }: StartAgainOptions): (arrival: Arrival) => void {
  const { program, args } = ownCommand(argv, unpackaged, execPath, env);
  let count = 0;
  return (arrival) => {
    const handOver = handOverOf(arrival);
    if (handOver?.type === 'command' || count >= MAX_STARTS) return;
    count += 1;
    app.relaunch({ execPath: program, args: handOver === null ? args : [...args, handOver.link] });
  };
}
