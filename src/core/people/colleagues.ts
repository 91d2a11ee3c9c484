import { Timer } from '../../shared/timer.ts';
import type { Clock } from '../clock.ts';

interface Numbered {
  number: string;
}

export interface ColleaguesOptions {
  clock: Clock;
  directory: () => { colleagues(limit: number): string[]; isColleague(number: string): boolean };
  /** The people whom the window shows all the time: favourites and recent calls. */
  shown: () => readonly Numbered[];
  /** Called with the extensions whose presence is needed, at most MAX_WATCHED. */
  onChange: (extensions: readonly string[]) => void;
}

/** A subscription for this many extensions fits into one WebSocket frame, and causes only a few events a second. */
const MAX_WATCHED = 500;
/** How many extensions are remembered from search results. */
const MAX_FOUND = 100;
/** Changes within this time are handled together: the directory changes person by person while it is read. */
const GATHER_MS = 1_000;

/**
 * Decides whose presence is needed: colleagues among the favourites, recent calls and search results, then others of the
 * directory.
 */
export class Colleagues {
  readonly #options: ColleaguesOptions;
  readonly #timer: Timer;
  /** Extensions in search results, the latest first. */
  #found: readonly string[] = [];
  #isOn = false;
  /** The extensions of the last `onChange`, sorted and joined; '' before the first one. */
  #last = '';

  constructor(options: ColleaguesOptions) {
    this.#options = options;
    this.#timer = new Timer(options.clock);
  }

  /** Must be called when a connection to the PBX begins. */
  begin(): void {
    this.#isOn = true;
    this.#found = [];
    this.#last = '';
    this.check();
  }

  stop(): void {
    this.#isOn = false;
    this.#timer.stop();
  }

  /** Must be called when the directory, the favourites or the recent calls may have changed. */
  check(): void {
    if (this.#isOn && !this.#timer.isRunning) this.#timer.start(GATHER_MS, () => this.#choose());
  }

  /** Must be called when the window shows search results. */
  found(results: readonly Numbered[]): void {
    const directory = this.#options.directory();
    const numbers = results.map(({ number }) => number).filter((number) => directory.isColleague(number));
    this.#found = [...new Set([...numbers, ...this.#found])].slice(0, MAX_FOUND);
    this.check();
  }

  #choose(): void {
    const { directory, shown, onChange } = this.#options;
    const people = directory();
    const shownColleagues = shown().flatMap(({ number }) => (people.isColleague(number) ? [number] : []));
    const all = new Set([...shownColleagues, ...this.#found, ...people.colleagues(MAX_WATCHED)]);
    const extensions = [...all].slice(0, MAX_WATCHED);
    const sorted = [...extensions].sort().join(' ');
    if (sorted === this.#last) return;
    this.#last = sorted;
    onChange(extensions);
  }
}
