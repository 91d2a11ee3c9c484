import { untilBeat, type Clock } from '../../clock.ts';
import { Timer } from '../../../shared/timer.ts';

export interface PulseOptions {
  clock: Clock;
  /** Sends a ping, which the PBX must answer. */
  ping(): void;
  /** Called once, after no data arrived for too long. The pulse has stopped by then. */
  onDead(): void;
}

/** Number of 15-second beats from one ping to the next. */
const BEATS_PER_PING = 2;
/** After this number of beats without data, 60 to 75 s, the connection counts as dead. */
const BEATS_OF_SILENCE = 5;
/** If a timer fires this much too late, the computer slept. */
const GAP_MS = 30_000;
/** How long the answer to a probe may take. */
const PROBE_MS = 5_000;

/**
 * Detects a connection that died silently: pings every 30 s, and gives up after 60 to 75 s without data. The time
 * without data is counted in timer beats, so sleep does not add to it. After sleep, a ping must be answered within 5 s.
 */
export class Pulse {
  readonly #options: PulseOptions;
  readonly #nextBeat: Timer;
  readonly #probe: Timer;
  #beatCount = 0;
  #silentBeats = 0;

  constructor(options: PulseOptions) {
    this.#options = options;
    this.#nextBeat = new Timer(options.clock);
    this.#probe = new Timer(options.clock);
    this.#scheduleBeat();
  }

  /** Data of any kind arrived. */
  received(): void {
    this.#silentBeats = 0;
    this.#probe.stop();
  }

  /** Checks a connection that may be dead: it counts as dead unless a ping is answered soon. */
  probe(): void {
    this.#probe.start(PROBE_MS, () => this.#die());
    this.#options.ping();
  }

  stop(): void {
    this.#nextBeat.stop();
    this.#probe.stop();
  }

  #scheduleBeat(): void {
    const { clock } = this.#options;
    const wait = untilBeat(clock);
    const due = clock.elapsed() + wait;
    this.#nextBeat.start(wait, () => this.#beat(clock.elapsed() - due > GAP_MS));
  }

  #beat(hasSlept: boolean): void {
    this.#beatCount++;
    this.#silentBeats++;
    if (this.#silentBeats >= BEATS_OF_SILENCE) {
      this.#die();
      return;
    }
    this.#scheduleBeat();
    if (hasSlept) this.probe();
    else if (this.#beatCount % BEATS_PER_PING === 0) this.#options.ping();
  }

  #die(): void {
    this.stop();
    this.#options.onDead();
  }
}
