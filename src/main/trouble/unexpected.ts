import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log-port.ts';
import { describeError } from './report.ts';
import type { ShowTrouble } from './trouble-page.ts';

export interface UnexpectedOptions {
  log: Log;
  clock: Clock;
  /** Prints to the terminal from which the program was started. */
  print: (line: string) => void;
  /** Writes a report for an administrator, without secrets or whole phone numbers. */
  report: (facts: readonly string[]) => string;
  show: ShowTrouble;
  restart: () => void;
}

/** For this long after an error opened the window, further errors are only logged and printed. */
const QUIET_MS = 3_600_000;
/** How many errors a report lists: the newest. */
const MAX_LISTED = 5;

/**
 * Handles uncaught errors: logs and prints each one, and shows a window for the first one, at most once an hour. The
 * program keeps running.
 */
export class Unexpected {
  readonly #options: UnexpectedOptions;
  readonly #errors: string[] = [];
  #count = 0;
  #shownAt = -Infinity;

  constructor(options: UnexpectedOptions) {
    this.#options = options;
  }

  /** `where`: the kind of error, for the log, e.g. "Uncaught exception". */
  happened(error: unknown, where: string): void {
    const { log, clock, report, print } = this.#options;
    const text = describeError(error);
    log.warn(`${where}: ${text}`);
    print(report([`${where}: ${text}`]));
    this.#count++;
    this.#errors.push(`${new Date(clock.now()).toISOString()} ${where}: ${text}`);
    if (this.#errors.length > MAX_LISTED) this.#errors.shift();
    if (clock.elapsed() - this.#shownAt < QUIET_MS) return;
    this.#shownAt = clock.elapsed();
    this.#show();
  }

  #show(): void {
    const { show, report, restart } = this.#options;
    const facts = [`${this.#count} unexpected ${this.#count === 1 ? 'error' : 'errors'}`, ...this.#errors];
    show(
      ({ unexpected }) => ({
        heading: unexpected.heading,
        sentences: [unexpected.goesOn, unexpected.report],
        actions: ['restart', 'copy', 'close'],
        report: report(facts),
      }),
      (action) => {
        if (action === 'restart') restart();
      },
    );
  }
}
