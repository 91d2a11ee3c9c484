import type { TroubleMessages } from '../../messages/trouble.ts';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log-port.ts';
import { describeError } from './report.ts';
import { StartProblem } from './start-problem.ts';
import type { TroubleAction, TroubleContent } from './trouble-page.ts';

export interface StartFailedOptions {
  log: Log;
  clock: Clock;
  messages: TroubleMessages;
  report: (facts: readonly string[]) => string;
  show: (content: (messages: TroubleMessages) => TroubleContent, onAction: (action: TroubleAction) => void) => void;
  /** Prints a line to the terminal that the program was started from. */
  print: (line: string) => void;
  exit: (code: number) => void;
}

/** When the program ends by itself, so that it does not block the next start. At login nobody may close the window. */
const TIMEOUT_MS = 60_000;

/** Reports in the log, on the terminal and in a window that the program cannot start, and ends with exit code 1. */
export function startFailed(error: unknown, options: StartFailedOptions): void {
  const { log, clock, messages, report, show, print, exit } = options;
  const known = error instanceof StartProblem;
  const { heading, bug } = messages.start;
  const { message, action } = known ? error.text(messages) : bug;
  log.warn(`The program could not start: ${describeError(error)}`);
  print(`${heading}. ${message} ${action}`);
  const actions: TroubleAction[] = known ? ['quit', 'copy'] : ['copy', 'quit'];
  const stop = clock.after(TIMEOUT_MS, () => exit(1));
  show(
    () => ({ heading, sentences: [message, action], actions, report: report([describeError(error)]) }),
    () => {
      stop();
      exit(1);
    },
  );
}
