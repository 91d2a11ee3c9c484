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
  /** Its requests have the lowest priority: each waits until no other request does. */
  directory: PbxDirectory;
  people: People;
  clock: Clock;
  log: Log;
}

/** How often the directories are read. Names change rarely. */
const INTERVAL_MS = 3_600_000;
/** The interval until they were read for the first time. */
const RETRY_MS = 60_000;
/** A directory that the PBX refuses is requested again after this time, or after the next sign-in. */
const REFUSED_INTERVAL_MS = 86_400_000;
/** The delay before the first reading, so that the list of calls comes first. */
const FIRST_DELAY_MS = 1_000;
/** If names are known from the last time, a random time is added, so that desks do not all ask at once. */
const MAX_RANDOM_DELAY_MS = 60_000;

/** Keeps the people of the PBX's directories up to date. After an error, people who were read before stay. */
export class DirectoryWatch {
  readonly #options: DirectoryWatchOptions;
  readonly #poller: Poller<null>;
  readonly #first: Timer;
  #hasRead = false;
  /** Directory that the PBX refused -> when it did (monotonic, ms). */
  readonly #refusedAt = new Map<PbxSource, number>();

  constructor(options: DirectoryWatchOptions) {
    this.#options = options;
    this.#first = new Timer(options.clock);
    this.#poller = new Poller({
      clock: options.clock,
      intervalMs: () => (this.#hasRead ? INTERVAL_MS : RETRY_MS),
      ask: (signal) => this.#read(signal),
      onAnswer: () => undefined,
    });
  }

  start(): void {
    const { clock, people } = this.#options;
    const hasNames = PBX_SOURCES.some((source) => people.hasSource(source));
    const delay = FIRST_DELAY_MS + (hasNames ? clock.random() * MAX_RANDOM_DELAY_MS : 0);
    this.#first.start(delay, () => this.#poller.start());
  }

  stop(): void {
    this.#first.stop();
    this.#poller.stop();
  }

  async #read(signal: AbortSignal): Promise<Result<null>> {
    const { directory, people, log, clock } = this.#options;
    const isRefused = (source: PbxSource): boolean =>
      clock.elapsed() - (this.#refusedAt.get(source) ?? -Infinity) < REFUSED_INTERVAL_MS;
    try {
      const synced = await syncDirectories(directory, people, signal, isRefused);
      for (const { source, error } of synced) {
        if (error?.code === 'directory-forbidden') this.#refusedAt.set(source, clock.elapsed());
      }
      const failed = synced.flatMap(({ error }) => error ?? []).find(isTemporary);
      if (failed !== undefined) return err(failed);
      this.#hasRead = true;
      return ok(null);
    } catch (error) {
      // Another account was opened meanwhile, or the people could not be written, for example to a full disk.
      if (!signal.aborted) log.warn(`The directory could not be saved: ${String(error)}`);
      return err(appError('storage-failed', { detail: String(error) }));
    }
  }
}

const isTemporary = ({ code }: AppError): boolean => code !== 'directory-forbidden';
