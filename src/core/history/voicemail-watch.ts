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
/** The interval while the PBX refuses: the permission is rarely granted while the program runs. */
const REFUSED_MS = 14_400_000;
/** The first request comes after those for names; desks of an office spread theirs. */
const FIRST_MS = 5_000;
const SPREAD_MS = 20_000;
/** A caller who was missed may leave a message of some minutes. It is also at most one request in this time. */
const AFTER_CALL_MS = 300_000;

/** Counts the new voicemails, rarely and after all other requests. */
export class VoicemailWatch {
  readonly #options: VoicemailWatchOptions;
  readonly #poller: Poller<number>;
  readonly #timer: Timer;
  #isRefused = false;
  /** null if the PBX has not said, or refuses. */
  count: number | null = null;

  constructor(options: VoicemailWatchOptions) {
    const { clock } = options;
    this.#options = options;
    this.#timer = new Timer(clock);
    this.#poller = new Poller({
      clock,
      intervalMs: () => (this.#isRefused ? REFUSED_MS : INTERVAL_MS),
      ask: (signal) => this.#ask(signal),
      onAnswer: (answer) => this.#set(answer.ok ? answer.value : null),
    });
  }

  start(): void {
    const { clock } = this.#options;
    this.#timer.start(FIRST_MS + clock.random() * SPREAD_MS, () => this.#poller.start());
  }

  stop(): void {
    this.#timer.stop();
    this.#poller.stop();
  }

  /** Must be called when a call of the user's is over: the caller may have left a message, or the user listened to one. */
  soon(): void {
    if (this.#timer.isRunning || this.#isRefused) return;
    this.#timer.start(AFTER_CALL_MS, () => this.#poller.pollNow());
  }

  async #ask(signal: AbortSignal): Promise<Result<number>> {
    const answer = await this.#options.pbx.newVoicemails(signal);
    if (signal.aborted) return answer;
    this.#isRefused = !answer.ok && REFUSED.has(answer.error.code);
    // A 401 is the answer to this request only: other requests notice the end of the sign-in.
    return this.#isRefused ? err(appError('pbx-refused')) : answer;
  }

  #set(count: number | null): void {
    if (count === this.count) return;
    this.count = count;
    this.#options.onChange();
  }
}

const REFUSED: ReadonlySet<string> = new Set(['pbx-refused', 'session-expired']);
