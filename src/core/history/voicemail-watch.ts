import { appError } from '../../shared/errors.ts';
import { err, type Result } from '../../shared/result.ts';
import { Timer } from '../../shared/timer.ts';
import type { Clock } from '../clock.ts';
import { Poller } from '../pace/poller.ts';
import type { Pbx } from '../pbx/types.ts';

export interface VoicemailWatchOptions {
  pbx: Pick<Pbx, 'newVoicemails'>;
  clock: Clock;
  onChange: () => void;
}

const INTERVAL_MS = 1_800_000;
/** The interval while the PBX refuses. The permission is rarely granted while the program runs. */
const REFUSED_INTERVAL_MS = 14_400_000;
/** The first request comes after the requests for names, plus a random time, so that desks do not all ask at once. */
const FIRST_DELAY_MS = 5_000;
const MAX_RANDOM_DELAY_MS = 20_000;
/** How long after a call the voicemails are counted: the caller may leave a message of several minutes. */
const AFTER_CALL_MS = 300_000;

/** Keeps the number of new voicemails up to date, with few requests and after all others. */
export class VoicemailWatch {
  readonly #options: VoicemailWatchOptions;
  readonly #poller: Poller<number>;
  readonly #timer: Timer;
  #isRefused = false;
  /** null if it is not known, or the PBX refuses. */
  count: number | null = null;

  constructor(options: VoicemailWatchOptions) {
    const { clock } = options;
    this.#options = options;
    this.#timer = new Timer(clock);
    this.#poller = new Poller({
      clock,
      intervalMs: () => (this.#isRefused ? REFUSED_INTERVAL_MS : INTERVAL_MS),
      ask: (signal) => this.#ask(signal),
      onAnswer: (answer) => this.#set(answer.ok ? answer.value : null),
    });
  }

  start(): void {
    const { clock } = this.#options;
    this.#timer.start(FIRST_DELAY_MS + clock.random() * MAX_RANDOM_DELAY_MS, () => this.#poller.start());
  }

  stop(): void {
    this.#timer.stop();
    this.#poller.stop();
  }

  /**
   * Must be called when a call of the user has ended: the caller may leave a message, or the user has listened to one.
   * Several calls within AFTER_CALL_MS cause one request.
   */
  callEnded(): void {
    if (this.#timer.isRunning || this.#isRefused) return;
    this.#timer.start(AFTER_CALL_MS, () => this.#poller.pollNow());
  }

  async #ask(signal: AbortSignal): Promise<Result<number>> {
    const answer = await this.#options.pbx.newVoicemails(signal);
    if (signal.aborted) return answer;
    this.#isRefused = !answer.ok && REFUSED.has(answer.error.code);
    // Even a 401 is only a refusal of this request. Other requests notice when the session has expired.
    return this.#isRefused ? err(appError('pbx-refused')) : answer;
  }

  #set(count: number | null): void {
    if (count === this.count) return;
    this.count = count;
    this.#options.onChange();
  }
}

const REFUSED: ReadonlySet<string> = new Set(['pbx-refused', 'session-expired']);
