import type { Clock } from '../clock.ts';
import type { Evidence } from './evidence.ts';

const RETRY_MS = 60_000;
/** More calls do not end in the time that a file is locked or a disk is full before the user does something about it. */
const MAX_REPORTS = 500;

/** Evidence that could not be written. It is written with the next evidence, or after a minute. */
export class Unwritten {
  readonly #clock: Pick<Clock, 'after'>;
  readonly #retry: () => void;
  #reports: Evidence[] = [];
  #cancelRetry = (): void => {};

  constructor(clock: Pick<Clock, 'after'>, retry: () => void) {
    this.#clock = clock;
    this.#retry = retry;
  }

  get reports(): readonly Evidence[] {
    return this.#reports;
  }

  keep(reports: readonly Evidence[]): void {
    this.#reports = reports.slice(-MAX_REPORTS);
    this.#cancelRetry();
    this.#cancelRetry = this.#clock.after(RETRY_MS, this.#retry);
  }

  forget(): void {
    this.#reports = [];
    this.#cancelRetry();
  }
}
