import { Timer } from '../../shared/timer.ts';
import type { Clock } from '../clock.ts';

interface Numbered {
  number: string;
}

export interface ColleaguesOptions {
  clock: Clock;
  directory: () => { colleagues(limit: number): string[]; isColleague(number: string): boolean };
  /** Whom the window shows all the time: favourites, recent calls. */
  shown: () => readonly Numbered[];
  /** The extensions whose presence is wanted, at most 500. */
  onChange: (extensions: readonly string[]) => void;
}

/** A subscription of this many still fits a frame, and no office of that size pushes more than a few events a second. */
const MAX_WATCHED = 500;
/** Of people who were found and are not among the others. */
const MAX_FOUND = 100;
/** The directory changes person by person while it is read. */
const GATHER_MS = 1_000;

/** Decides whose presence is wanted: of favourites, recent calls, those who were searched, and the directory's first. */
export class Colleagues {
  readonly #options: ColleaguesOptions;
  readonly #timer: Timer;
  #found: readonly string[] = [];
  #isOn = false;
  #last = '';

  constructor(options: ColleaguesOptions) {
    this.#options = options;
    this.#timer = new Timer(options.clock);
  }

  /** A connection to the PBX begins. */
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

  /** The directory, the favourites or the recent calls may have changed. */
  check(): void {
    if (this.#isOn && !this.#timer.isRunning) this.#timer.start(GATHER_MS, () => this.#choose());
  }

  /** Search results are shown. */
  found(results: readonly Numbered[]): void {
    const directory = this.#options.directory();
    const numbers = results.map(({ number }) => number).filter((number) => directory.isColleague(number));
    this.#found = [...new Set([...numbers, ...this.#found])].slice(0, MAX_FOUND);
    this.check();
  }

  #choose(): void {
    const { directory, shown, onChange } = this.#options;
    const known = directory();
    const first = shown().flatMap(({ number }) => (known.isColleague(number) ? [number] : []));
    const all = new Set([...first, ...this.#found, ...known.colleagues(MAX_WATCHED)]);
    const extensions = [...all].slice(0, MAX_WATCHED);
    const key = [...extensions].sort().join(' ');
    if (key === this.#last) return;
    this.#last = key;
    onChange(extensions);
  }
}
