import type { AppError } from '../../../shared/errors.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { Timer } from '../../../shared/timer.ts';
import type { Endpoint } from './endpoint.ts';
import type { SocketOptions } from './open-socket.ts';
import { attemptPush, type AttemptEnd, type AttemptOptions } from './push-attempt.ts';
import { reconnectDelayMs } from './reconnect-delay.ts';
import { topicOf, type PushCredentials, type PushEvent, type PushState } from './types.ts';

export interface PushClientOptions extends SocketOptions {
  /** Name or address, IPv6 without brackets. Trust and proxies are those of REST. */
  host: string;
  /** Of the REST API. PBXs from 22.0 on push on the same one. */
  port: number;
  /** Where a PBX 16.x pushes; 8885 unless given. */
  oldPort?: number;
  /** For simulations; a WebSocket unless given. */
  open?: AttemptOptions['open'];
  /** In the order to try; asked anew at each connection, after it has been made. */
  credentials: () => Promise<Result<PushCredentials[]>>;
  /** The user's own extension; '' while it is not known. Asked at each connection. */
  extension: () => string;
  /** Ask for cdr_events, too: everybody's calls, which not every account may have. */
  wantCdr: boolean;
  /**
   * Random extra delay before connecting, in ms, because all desks of an office connect in the same second. `failure`:
   * why the last connection failed or ended; null after waking up.
   */
  delayMs?(failure: AppError | null): number;
  /** Returns 0 if a connection may be made now, and counts it; otherwise the ms after which to ask again. */
  admit?(): number;
  onEvent(event: PushEvent): void;
  onState(state: PushState): void;
  /** The PBX took this kind of credential: worth remembering as the first to try. */
  onAccepted?(by: PushCredentials['by']): void;
  /** The PBX did not take this kind of credential: never again by itself, also after a restart. */
  onRefused?(by: PushCredentials['by']): void;
}

const OLD_PORT = 8885;
const HEALTHY_MS = 60_000;
const MISSING_MS = 3_600_000;
/** Another server answered, such as a captive portal or a proxy during a restart: how soon to try again. */
const NOT_THE_PBX_MS = 300_000;
const NOT_THE_PBX: ReadonlySet<string> = new Set(['tls-changed', 'tls-untrusted']);
/** Number of failures before push counts as missing at a PBX that had it before, because it is probably restarting. */
const FAILURES_BEFORE_MISSING = 10;
/** A desk that waits longer after an outage has neither push nor an answer for too long. */
const MAX_WAIT_MS = 90_000;
const MAX_RETRY_AFTER_MS = 600_000;
/** PBXs block an address for an hour after five refused sign-ins, and one that was never answered may count as one. */
const UNANSWERED_LIMIT = 3;
const UNANSWERED_MS = 900_000;

/**
 * Receives push events (KB "WebSocket pub/sub"). Keeps one connection, reconnects when it is lost, and reports its state
 * by `onState`. After 'listening' the caller should poll the calls once, because earlier events are not repeated. A
 * refused credential is never sent again automatically, because PBXs block addresses for that.
 */
export class PushClient {
  readonly #options: PushClientOptions;
  readonly #now: Endpoint;
  readonly #old: Endpoint;
  #state: PushState = { status: 'off' };
  /** Aborts the current attempt. */
  #attempt: AbortController | null = null;
  readonly #timer: Timer;
  #failures = 0;
  /** The last connection was refused because the PBX has too many requests. */
  #isOverloaded = false;
  /** The PBX accepts no requests until then (Retry-After), monotonic ms. */
  #notBefore = -Infinity;
  #unanswered = 0;
  /** A credential was sent, and its answer is still missing. */
  #isAwaitingAnswer = false;
  #hasListened = false;
  #lastEndpoint: Endpoint;
  readonly #refused = new Set<PushCredentials['by']>();
  #accepted: PushCredentials['by'] | null = null;
  /** Another kind of credential than those refused was offered at the last attempt. */
  #hasAnother = false;
  #locked = false;
  /** Checks the current connection; null while there is none. */
  #probe: (() => void) | null = null;

  constructor(options: PushClientOptions) {
    const { host, port, oldPort = OLD_PORT } = options;
    this.#options = options;
    this.#timer = new Timer(options.clock);
    this.#now = { host, port, path: '/wsi' };
    this.#old = { host, port: oldPort, path: '/' };
    this.#lastEndpoint = this.#now;
  }

  /** Begins, or begins again where it had given up ('refused', 'missing'): for a new sign-in or other credentials. */
  start(): void {
    const { status } = this.#state;
    if (status !== 'off' && status !== 'refused' && status !== 'missing') return;
    this.#refused.clear();
    this.#accepted = null;
    this.#locked = false;
    this.#hasListened = false;
    this.#failures = 0;
    this.#connectIn(0);
  }

  /** Leaves no timer and no connection behind. */
  stop(): void {
    this.#abandon();
    this.#report({ status: 'off' });
  }

  /**
   * The computer woke up, or the network changed: a connection that listens must answer a ping to be kept, for each new
   * one is one more sign-in; anything else is tried anew. Does nothing after credentials were refused.
   */
  wake(): void {
    if (this.#state.status === 'off' || this.#locked) return;
    this.#failures = 0;
    if (this.#state.status === 'listening' && this.#probe !== null) {
      this.#probe();
      return;
    }
    this.#connectIn(this.#options.delayMs?.(null) ?? 0);
  }

  /** Connects after `ms`, or when the PBX and the caution about sign-ins allow it. */
  #connectIn(ms: number): void {
    this.#abandon();
    const wait = Math.max(ms, this.#notBefore - this.#options.clock.elapsed());
    if (wait <= 0) {
      this.#connect();
      return;
    }
    this.#timer.start(wait, () => this.#connect());
    this.#report({ status: 'connecting' });
  }

  /** `isCheck`: the state stays 'refused' until there is something else to report. */
  #connect(isCheck = false): void {
    this.#abandon();
    const wait = this.#options.admit?.() ?? 0;
    if (wait > 0) {
      this.#timer.start(wait, () => this.#connect(isCheck));
      if (!isCheck) this.#report({ status: 'connecting' });
      return;
    }
    const attempt = new AbortController();
    this.#attempt = attempt;
    if (!isCheck) this.#report({ status: 'connecting' });
    // A callback may have stopped or restarted the client.
    if (this.#attempt !== attempt) return;
    const { clock } = this.#options;
    const current = (task: () => void) => {
      if (!attempt.signal.aborted) task();
    };
    const [first, second] = this.#lastEndpoint === this.#old ? [this.#old, this.#now] : [this.#now, this.#old];
    void attemptPush(
      {
        ...this.#options,
        endpoints: [first, second],
        extension: this.#options.extension(),
        credential: () => this.#nextCredential(),
        onEvent: (event) => current(() => this.#received(event)),
        onSent: () =>
          current(() => {
            this.#isAwaitingAnswer = true;
          }),
        onAccepted: (by) => current(() => this.#wasAccepted(by)),
        onListening: ({ topics, proven, endpoint, probe }) =>
          current(() => {
            this.#lastEndpoint = endpoint;
            this.#hasListened = true;
            this.#probe = probe;
            this.#timer.start(HEALTHY_MS, () => {
              this.#failures = 0;
            });
            this.#report({ status: 'listening', topics, proven, since: clock.now() });
          }),
      },
      attempt.signal,
    ).then((end) => current(() => this.#ended(end)));
  }

  #received(event: PushEvent): void {
    const state = this.#state;
    const topic = topicOf(event);
    if (state.status === 'listening' && !state.proven.includes(topic)) {
      const topics = state.topics.includes(topic) ? state.topics : [...state.topics, topic];
      this.#report({ ...state, topics, proven: [...state.proven, topic] });
    }
    this.#options.onEvent(event);
  }

  #abandon(): void {
    this.#attempt?.abort();
    this.#attempt = null;
    this.#probe = null;
    this.#timer.stop();
    if (this.#isAwaitingAnswer) this.#countUnanswered();
  }

  #countUnanswered(): void {
    const { clock } = this.#options;
    this.#isAwaitingAnswer = false;
    this.#unanswered++;
    if (this.#unanswered < UNANSWERED_LIMIT) return;
    this.#notBefore = Math.max(this.#notBefore, clock.elapsed() + UNANSWERED_MS * (1 + clock.random() / 4));
  }

  /** The kind that was taken last goes first: trying another before it would be one refusal at each connection. */
  async #nextCredential(): Promise<Result<PushCredentials | null>> {
    const offered = await this.#options.credentials();
    if (!offered.ok) return offered;
    const left = offered.value.filter(({ by }) => !this.#refused.has(by));
    const next = left.find(({ by }) => by === this.#accepted) ?? left[0] ?? null;
    this.#hasAnother = left.some(({ by }) => by !== next?.by);
    return ok(next);
  }

  #wasAccepted(by: PushCredentials['by']): void {
    this.#refused.clear();
    this.#accepted = by;
    this.#unanswered = 0;
    this.#isAwaitingAnswer = false;
    this.#options.onAccepted?.(by);
  }

  #ended(end: AttemptEnd): void {
    this.#isAwaitingAnswer = end.why === 'lost' && end.unanswered;
    this.#abandon();
    switch (end.why) {
      case 'lost':
        this.#wait(end.error);
        return;
      case 'missing':
        if (this.#hasListened && this.#failures < FAILURES_BEFORE_MISSING) this.#wait(end.error);
        else this.#giveUp(end.error);
        return;
      case 'blocked':
        if (NOT_THE_PBX.has(end.error.code)) this.#timer.start(NOT_THE_PBX_MS, () => this.#connect(true));
        this.#report({ status: 'refused', error: end.error });
        return;
      case 'credential-refused':
        this.#refused.add(end.by);
        this.#options.onRefused?.(end.by);
        if (this.#accepted === end.by) this.#accepted = null;
        // On a new connection, so that each carries exactly one sign-in whatever the PBX does with a refused one.
        if (this.#hasAnother) this.#connect();
        else {
          this.#locked = true;
          this.#report({ status: 'refused', error: end.error });
        }
    }
  }

  #wait(error: AppError): void {
    const { clock } = this.#options;
    // The PBX answers again, so earlier failures do not count.
    if (error.code === 'rate-limited' && !this.#isOverloaded) this.#failures = 0;
    this.#isOverloaded = error.code === 'rate-limited';
    this.#failures++;
    this.#lastEndpoint = this.#now;
    const spread = this.#options.delayMs?.(error) ?? 0;
    const ms = Math.max(
      Math.min(reconnectDelayMs(this.#failures, clock.random()) + spread, MAX_WAIT_MS),
      Math.min(error.retryAfterMs ?? 0, MAX_RETRY_AFTER_MS) + spread,
      this.#notBefore - clock.elapsed(),
    );
    if ((error.retryAfterMs ?? 0) > 0) this.#notBefore = clock.elapsed() + ms;
    this.#timer.start(ms, () => this.#connect());
    this.#report({ status: 'waiting', retryAt: clock.now() + ms, error });
  }

  #giveUp(error: AppError): void {
    this.#lastEndpoint = this.#now;
    this.#timer.start(MISSING_MS, () => this.#connect());
    this.#report({ status: 'missing', error });
  }

  #report(state: PushState): void {
    if (state.status === this.#state.status && (state.status === 'off' || state.status === 'connecting')) return;
    this.#state = state;
    this.#options.onState(state);
  }
}
