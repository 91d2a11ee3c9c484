import type { App } from 'electron';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log-port.ts';

const PER_HOUR = 20;
const HOUR_MS = 3_600_000;
const MAX_LENGTH = 2_000;

/**
 * Logs errors of pages: console errors, which is where Chromium reports uncaught errors, and processes that are gone.
 * Logs the same text once an hour and at most twenty texts an hour.
 */
export class PageErrors {
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #texts = new Set<string>();
  #since = -Infinity;

  constructor(log: Log, clock: Clock) {
    this.#log = log;
    this.#clock = clock;
  }

  /** Call before the first window is made. */
  listen(app: Pick<App, 'on'>): void {
    app.on('web-contents-created', (_event, contents) => {
      contents.on('console-message', ({ level, message, sourceId, lineNumber }) => {
        if (level === 'error') this.#warn(`Error in the window: ${cut(message)} (${cut(sourceId)}:${lineNumber})`);
      });
      contents.on('render-process-gone', (_gone, { reason, exitCode }) => {
        if (reason !== 'clean-exit') this.#warn(`The window's process is gone: ${reason}, code ${exitCode}`);
      });
    });
    app.on('child-process-gone', (_event, { type, reason, exitCode, serviceName = '' }) => {
      if (reason !== 'clean-exit')
        this.#warn(`A process is gone: ${[type, serviceName].join(' ').trim()}, ${reason}, code ${exitCode}`);
    });
  }

  #warn(text: string): void {
    if (this.#clock.elapsed() - this.#since >= HOUR_MS) {
      this.#since = this.#clock.elapsed();
      this.#texts.clear();
    }
    if (this.#texts.has(text) || this.#texts.size > PER_HOUR) return;
    this.#texts.add(text);
    this.#log.warn(this.#texts.size > PER_HOUR ? 'Further errors of the window are not logged for a while.' : text);
  }
}

function cut(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}
