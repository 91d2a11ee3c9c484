import type { CallEvent } from '../../shared/call.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import type { CdrChange } from '../pbx/types.ts';
import { isRefusal } from './history-watch.ts';
import {
  missedHere,
  missedInHistory,
  NO_MISSED_CALLS,
  unnamed,
  type Missed,
  type MissedCalls,
} from './missed-calls.ts';
import type { OwnNumbers } from './own-numbers.ts';
import type { SteadyTime } from './steady-time.ts';

/** Missed calls from the tracker and from the call history, each told once, with its number where there is one. */
export class MissedNews {
  readonly #own: () => OwnNumbers;
  readonly #time: SteadyTime;
  #state: MissedCalls = NO_MISSED_CALLS;
  #running = false;
  #status: AppError | null = null;
  #history: AppError | null = null;

  constructor(own: () => OwnNumbers, time: SteadyTime) {
    this.#own = own;
    this.#time = time;
  }

  /** Set once neither the own state nor the history may be asked for. */
  get deaf(): AppError | null {
    return this.#history === null ? null : this.#status;
  }

  forget(): void {
    this.#state = NO_MISSED_CALLS;
    this.#running = false;
    this.#status = null;
    this.#history = null;
  }

  statusRefused(error: AppError | null): void {
    this.#status = error;
  }

  /** The history is asked, so it may name a missed call. */
  namesMayCome(running: boolean): void {
    if (running === this.#running) return;
    this.#running = running;
    // What it tells first is what was before.
    this.#state = { ...this.#state, begun: false };
  }

  /** The events of a look, without the missed calls that wait for a name. */
  filter(events: CallEvent[]): CallEvent[] {
    return events.flatMap((event) => {
      if (event.type !== 'missed' || !this.#running || this.#history !== null) return [event];
      const [state, missed] = missedHere(this.#state, event.call, event.at, this.#time.now());
      this.#state = state;
      return missed.map(asEvent);
    });
  }

  /** `offset`: this computer's clock minus the PBX's, in ms. */
  historyAnswered(answer: Result<CdrChange[]>, offset: number): CallEvent[] {
    this.#history = answer.ok || !isRefusal(answer.error) ? null : answer.error;
    if (!answer.ok) return this.overdue();
    const [state, missed] = missedInHistory(this.#state, answer.value, this.#own(), offset);
    this.#state = state;
    return missed.map(asEvent);
  }

  /** Missed calls that nobody named in time. */
  overdue(): CallEvent[] {
    const all = !this.#running || this.#history !== null;
    const [state, missed] = unnamed(this.#state, this.#time.now(), all);
    this.#state = state;
    return missed.map(asEvent);
  }
}

const asEvent = ({ call, at }: Missed): CallEvent => ({ type: 'missed', call, at });
