import { appError, type AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { Timer } from '../../shared/timer.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log-port.ts';
import { Poller } from '../pace/poller.ts';
import type { PbxDirectory } from '../pbx/directory.ts';
import { syncDirectories } from './directory-sync.ts';
import type { People } from './people.ts';
import { PBX_SOURCES, type PbxSource } from './sources.ts';

export interface DirectoryWatchOptions {
  /** Each request waits until nothing else wants to be sent. */
  directory: PbxDirectory;
  people: People;
  clock: Clock;
  log: Log;
}

/** The interval between two readings. Names change rarely. */
const INTERVAL_MS = 3_600_000;
/** The interval until the first reading succeeds. */
const AGAIN_MS = 60_000;
/** What is refused is asked for again after this time, or after the next sign-in. */
const REFUSED_MS = 86_400_000;
/** The first reading starts after the list of calls, and desks that have names already wait up to SPREAD_MS longer. */
const FIRST_MS = 1_000;
const SPREAD_MS = 60_000;

/** Keeps the people of the PBX's directories up to date. Errors do not remove people that are known. */
export class DirectoryWatch {
  readonly #options: DirectoryWatchOptions;
  readonly #poller: Poller<null>;
  readonly #first: Timer;
  #hasRead = false;
  /** What the PBX refuses -> since when (monotonic, ms). */
  readonly #refused = new Map<PbxSource, number>();

  constructor(options: DirectoryWatchOptions) {
    this.#options = options;
    this.#first = new Timer(options.clock);
    this.#poller = new Poller({
      clock: options.clock,
      intervalMs: () => (this.#hasRead ? INTERVAL_MS : AGAIN_MS),
      ask: (signal) => this.#read(signal),
      onAnswer: () => undefined,
    });
  }

  start(): void {
    const { clock, people } = this.#options;
    const known = people.counts().some(({ source }) => PBX_SOURCES.some((own) => own === source));
    const wait = FIRST_MS + (known ? clock.random() * SPREAD_MS : 0);
    this.#first.start(wait, () => this.#poller.start());
  }

  stop(): void {
    this.#first.stop();
    this.#poller.stop();
  }

  async #read(signal: AbortSignal): Promise<Result<null>> {
    const { directory, people, log, clock } = this.#options;
    const isRefused = (source: PbxSource): boolean =>
      clock.elapsed() - (this.#refused.get(source) ?? -Infinity) < REFUSED_MS;
    try {
      const synced = await syncDirectories(directory, people, signal, isRefused);
      for (const { source, error } of synced) {
        if (error?.code === 'directory-forbidden') this.#refused.set(source, clock.elapsed());
      }
      const failed = synced.flatMap(({ error }) => error ?? []).find(isTemporary);
      if (failed !== undefined) return err(failed);
      this.#hasRead = true;
      return ok(null);
    } catch (error) {
      // Another account was opened meanwhile, or the disk is full.
      if (!signal.aborted) log.warn(`The directory could not be kept: ${String(error)}`);
      return err(appError('storage-failed', { detail: String(error) }));
    }
  }
}

const isTemporary = ({ code }: AppError): boolean => code !== 'directory-forbidden';
