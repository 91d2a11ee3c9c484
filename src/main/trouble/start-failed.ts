import type { TroubleMessages } from '../../messages/trouble.ts';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log-port.ts';
import { describeError } from './report.ts';
import { StartProblem } from './start-problem.ts';
import type { ShowTrouble, TroubleAction } from './trouble-page.ts';

export interface StartFailedOptions {
  log: Log;
  clock: Clock;
  messages: TroubleMessages;
  report: (facts: readonly string[]) => string;
  show: ShowTrouble;
  /** Prints a line to the terminal that the program was started from. */
  print: (line: string) => void;
  exit: (code: number) => void;
}

/**
 * The program ends by itself after this time, in ms, even if the window stays open, for example after a start at login
 * that no user watches. Otherwise it would block the next start.
 */
const TIMEOUT_MS = 60_000;

/** Reports in the log, on the terminal and in a window that the program cannot start, and ends with exit code 1. */
export function startFailed(error: unknown, options: StartFailedOptions): void {
  const { log, clock, messages, report, show, print, exit } = options;
  const known = error instanceof StartProblem;
  const { heading, bug } = messages.start;
  const { message, advice } = known ? error.text(messages) : bug;
  log.warn(`The program could not start: ${describeError(error)}`);
  print(`${heading}. ${message} ${advice}`);
  const actions: TroubleAction[] = known ? ['quit', 'copy'] : ['copy', 'quit'];
  const stop = clock.after(TIMEOUT_MS, () => exit(1));
  show(
    () => ({ heading, sentences: [message, advice], actions, report: report([describeError(error)]) }),
    () => {
      stop();
      exit(1);
    },
  );
}
