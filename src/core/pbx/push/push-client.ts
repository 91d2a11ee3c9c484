import type { AppError } from '../../../shared/errors.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { Timer } from '../../../shared/timer.ts';
import type { Endpoint } from './endpoint.ts';
import type { SocketOptions } from './open-socket.ts';
import { attemptPush, type AttemptEnd, type AttemptOptions } from './push-attempt.ts';
import { reconnectDelayMs } from './reconnect-delay.ts';
import { provenBy, type PushCredentials, type PushedEvent, type PushState } from './types.ts';

export interface PushClientOptions extends SocketOptions {
  /** Name or address, IPv6 without brackets. Trust and proxies are those of REST. */
  host: string;
  /** The port of the REST API. PBXs from 22.0 on offer push on the same port. */
  port: number;
  /** The port on which a PBX 16.x offers push; 8885 by default. */
  oldPort?: number;
  /** Opens the socket; simulations replace it. */
  open?: AttemptOptions['open'];
  /** The credentials in the order to try. Called for each connection, once it is open. */
  credentials: () => Promise<Result<PushCredentials[]>>;
  /** The user's own extension; '' while it is not known. Called for each connection. */
  extension: () => string;
  /** Whether to subscribe to cdr_events as well: the calls of everybody, which not every account may receive. */
  wantCdr: boolean;
  /**
   * Random extra delay before connecting, in ms, because all desks of an office connect in the same second. `failure`:
   * why the last connection failed or ended; null after waking up.
   */
  delayMs?(failure: AppError | null): number;
  /** Returns 0 if a connection may be made now, and counts it; otherwise the ms after which to ask again. */
  admit?(): number;
  onEvent(event: PushedEvent): void;
  onState(state: PushState): void;
  /** The PBX accepted this kind of credential, so it should be offered first from now on. */
  onAccepted?(by: PushCredentials['by']): void;
  /** The PBX refused this kind of credential. It must not be offered again automatically, not even after a restart. */
  onRefused?(by: PushCredentials['by']): void;
}

const OLD_PORT = 8885;
/** After this time without a failure, earlier failures do not count any more. */
const HEALTHY_MS = 60_000;
/** How soon to try again at a PBX that does not offer push. */
const MISSING_MS = 3_600_000;
/** How soon to try again after another server answered, such as a captive portal or a proxy during a restart. */
const NOT_THE_PBX_MS = 300_000;
const NOT_THE_PBX: ReadonlySet<string> = new Set(['tls-changed', 'tls-untrusted']);
/** Number of failures before push counts as missing at a PBX that had it before, because it is probably restarting. */
const FAILURES_BEFORE_MISSING = 10;
/** Maximum wait after a failure, apart from Retry-After, so that a desk is not without push for too long. */
const MAX_WAIT_MS = 90_000;
const MAX_RETRY_AFTER_MS = 600_000;
/**
 * After this number of sign-ins without an answer, the client waits. PBXs block an address for an hour after five
 * refused sign-ins, and may count an unanswered one as refused.
 */
const UNANSWERED_LIMIT = 3;
const UNANSWERED_MS = 900_000;
/** After the PBX has ended the connection this often on a subscription to colleagues, they are not requested again. */
const MAX_CUTS = 2;

/**
 * Receives push events (KB "WebSocket pub/sub"). Keeps one connection, reconnects when it is lost, and reports its
 * state by `onState`. After 'listening' the caller should poll the calls once, because earlier events are not repeated.
 * A refused credential is never sent again automatically, because PBXs block addresses for that.
 */
export class PushClient {
  readonly #options: PushClientOptions;
  readonly #currentEndpoint: Endpoint;
  readonly #oldEndpoint: Endpoint;
  #state: PushState = { status: 'off' };
  /** Aborts the current attempt. */
  #attempt: AbortController | null = null;
  readonly #timer: Timer;
  /** The user's own, as of the current connection. */
  #extension = '';
  #failures = 0;
  /** The last connection was refused because the PBX has too many requests. */
  #isOverloaded = false;
  /** The PBX accepts no requests until then (Retry-After), monotonic ms. */
  #notBefore = -Infinity;
  /** Sign-ins in a row that got no answer. */
  #unansweredCount = 0;
  /** A credential was sent, and its answer is still missing. */
  #isAwaitingAnswer = false;
  #hasListened = false;
  #lastEndpoint: Endpoint;
  readonly #refused = new Set<PushCredentials['by']>();
  #accepted: PushCredentials['by'] | null = null;
  /** At the last attempt, there was another kind of credential that the PBX has not refused. */
  #hasAnother = false;
  /** The PBX refused every credential, so only `start` tries again. */
  #isLocked = false;
  /** Colleagues whose phones and presence are wanted. */
  #watched: readonly string[] = [];
  /** Subscribes to them on the current connection; null while there is none. */
  #watch: ((extensions: readonly string[]) => void) | null = null;
  /** How often in a row the connection ended instead of an answer to `#watch`. */
  #cutByWatching = 0;
  /** Checks the current connection; null while there is none. */
  #probe: (() => void) | null = null;

  constructor(options: PushClientOptions) {
    const { host, port, oldPort = OLD_PORT } = options;
    this.#options = options;
    this.#timer = new Timer(options.clock);
    this.#currentEndpoint = { host, port, path: '/wsi' };
    this.#oldEndpoint = { host, port: oldPort, path: '/' };
    this.#lastEndpoint = this.#currentEndpoint;
  }

  /** Connects. Call it again to leave the states 'refused' and 'missing', when there may be other credentials. */
  start(): void {
    const { status } = this.#state;
    if (status !== 'off' && status !== 'refused' && status !== 'missing') return;
    this.#refused.clear();
    this.#accepted = null;
    this.#isLocked = false;
    this.#hasListened = false;
    this.#failures = 0;
    this.#cutByWatching = 0;
    this.#connectIn(0);
  }

  /**
   * Also receives events of these extensions, as far as the PBX allows it. They prove nothing about the user's own
   * extension. Those that were watched before stay watched while the connection lasts.
   */
  watch(extensions: readonly string[]): void {
    this.#watched = extensions;
    this.#watchNow();
  }

  #watchNow(): void {
    if (this.#watched.length > 0 && this.#cutByWatching < MAX_CUTS) this.#watch?.(this.#watched);
  }

  /** Ends the connection and every timer. */
  stop(): void {
    this.#abandon();
    this.#report({ status: 'off' });
  }

  /**
   * Call it when the computer woke up or the network changed. A connection that listens is kept if the PBX answers a
   * ping, because each new connection costs a sign-in. Otherwise the client connects again. Does nothing after the PBX
   * refused every credential.
   */
  wake(): void {
    if (this.#state.status === 'off' || this.#isLocked) return;
    this.#failures = 0;
    if (this.#state.status === 'listening' && this.#probe !== null) {
      this.#probe();
      return;
    }
    this.#connectIn(this.#options.delayMs?.(null) ?? 0);
  }

  /** Connects after `ms`, or later if Retry-After or unanswered sign-ins demand that. */
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
    this.#extension = this.#options.extension();
    const ifCurrent = (task: () => void) => {
      if (!attempt.signal.aborted) task();
    };
    const [first, second] =
      this.#lastEndpoint === this.#oldEndpoint
        ? [this.#oldEndpoint, this.#currentEndpoint]
        : [this.#currentEndpoint, this.#oldEndpoint];
    void attemptPush(
      {
        ...this.#options,
        endpoints: [first, second],
        extension: this.#extension,
        credential: () => this.#nextCredential(),
        onEvent: (event) => ifCurrent(() => this.#handleEvent(event)),
        onSent: () =>
          ifCurrent(() => {
            this.#isAwaitingAnswer = true;
          }),
        onAccepted: (by) => ifCurrent(() => this.#handleAccepted(by)),
        onListening: ({ topics, proven, endpoint, probe, watch }) =>
          ifCurrent(() => {
            this.#lastEndpoint = endpoint;
            this.#hasListened = true;
            this.#probe = probe;
            this.#watch = watch;
            this.#timer.start(HEALTHY_MS, () => {
              this.#failures = 0;
            });
            this.#report({ status: 'listening', topics, proven, since: clock.now() });
            this.#watchNow();
          }),
        onColleagues: (wasCut) => {
          this.#cutByWatching = wasCut && !attempt.signal.aborted ? this.#cutByWatching + 1 : 0;
        },
      },
      attempt.signal,
    ).then((end) => ifCurrent(() => this.#handleEnd(end)));
  }

  #handleEvent(event: PushedEvent): void {
    const state = this.#state;
    const topic = provenBy(event, this.#extension);
    if (topic !== null && state.status === 'listening' && !state.proven.includes(topic)) {
      const topics = state.topics.includes(topic) ? state.topics : [...state.topics, topic];
      this.#report({ ...state, topics, proven: [...state.proven, topic] });
    }
    this.#options.onEvent(event);
  }

  #abandon(): void {
    this.#attempt?.abort();
    this.#attempt = null;
    this.#probe = null;
    this.#watch = null;
    this.#timer.stop();
    if (this.#isAwaitingAnswer) this.#countUnanswered();
  }

  #countUnanswered(): void {
    const { clock } = this.#options;
    this.#isAwaitingAnswer = false;
    this.#unansweredCount++;
    if (this.#unansweredCount < UNANSWERED_LIMIT) return;
    this.#notBefore = Math.max(this.#notBefore, clock.elapsed() + UNANSWERED_MS * (1 + clock.random() / 4));
  }

  /**
   * The next credential. The kind that was accepted last goes first; another one would be refused at each connection.
   */
  async #nextCredential(): Promise<Result<PushCredentials | null>> {
    const offered = await this.#options.credentials();
    if (!offered.ok) return offered;
    const left = offered.value.filter(({ by }) => !this.#refused.has(by));
    const next = left.find(({ by }) => by === this.#accepted) ?? left[0] ?? null;
    this.#hasAnother = left.some(({ by }) => by !== next?.by);
    return ok(next);
  }

  #handleAccepted(by: PushCredentials['by']): void {
    this.#refused.clear();
    this.#accepted = by;
    this.#unansweredCount = 0;
    this.#isAwaitingAnswer = false;
    this.#options.onAccepted?.(by);
  }

  #handleEnd(end: AttemptEnd): void {
    this.#isAwaitingAnswer = end.why === 'lost' && end.unanswered;
    this.#abandon();
    switch (end.why) {
      case 'lost':
        this.#retryLater(end.error);
        return;
      case 'missing':
        if (this.#hasListened && this.#failures < FAILURES_BEFORE_MISSING) this.#retryLater(end.error);
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
        // The next credential gets a new connection, because the documents do not say what happens to a refused one.
        if (this.#hasAnother) this.#connect();
        else {
          this.#isLocked = true;
          this.#report({ status: 'refused', error: end.error });
        }
    }
  }

  #retryLater(error: AppError): void {
    const { clock } = this.#options;
    // The PBX answers again, so earlier failures do not count.
    if (error.code === 'rate-limited' && !this.#isOverloaded) this.#failures = 0;
    this.#isOverloaded = error.code === 'rate-limited';
    this.#failures++;
    this.#lastEndpoint = this.#currentEndpoint;
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
    this.#lastEndpoint = this.#currentEndpoint;
    this.#timer.start(MISSING_MS, () => this.#connect());
    this.#report({ status: 'missing', error });
  }

  #report(state: PushState): void {
    if (state.status === this.#state.status && (state.status === 'off' || state.status === 'connecting')) return;
    this.#state = state;
    this.#options.onState(state);
  }
}
