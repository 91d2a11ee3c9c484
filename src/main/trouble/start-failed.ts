import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log-port.ts';
import { describeError } from './report.ts';
import { StartProblem } from './start-problem.ts';
import type { TroubleAction, TroublePage } from './trouble-page.ts';

export interface StartFailedOptions {
  log: Log;
  clock: Clock;
  report: (facts: readonly string[]) => string;
  show: (page: Omit<TroublePage, 'copied'>, onAction: (action: TroubleAction) => void) => void;
  /** Prints a line to the terminal that the program was started from. */
  print: (line: string) => void;
  exit: (code: number) => void;
}

/** At login nobody may close the window, and a program that could not start must not block the next start. */
const PATIENCE_MS = 60_000;

/** The program cannot start: says so in the log, on the terminal and in a window, and ends with exit code 1. */
export function startFailed(error: unknown, { log, clock, report, show, print, exit }: StartFailedOptions): void {
  const known = error instanceof StartProblem;
  const sentences = known
    ? [error.message, error.action].filter((sentence) => sentence !== '')
    : [
        'Something went wrong inside Traydial.',
        'Start it again. If that fails too, send the report to your administrator.',
      ];
  log.warn(`The program could not start: ${describeError(error)}`);
  print(`Traydial could not start. ${sentences.join(' ')}`);
  const actions: TroubleAction[] = known ? ['quit', 'copy'] : ['copy', 'quit'];
  const stop = clock.after(PATIENCE_MS, () => exit(1));
  show({ heading: 'Traydial could not start', sentences, actions, report: report([describeError(error)]) }, () => {
    stop();
    exit(1);
  });
}
