import type { WebSocket } from 'ws';
import { appError, type AppError } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';
import type { Clock } from '../../clock.ts';
import { reportBug } from '../../report-bug.ts';
import { generalCode } from '../answer-errors.ts';
import type { CommandReply } from './decode-push.ts';
import { ColleagueSubscription } from './colleague-subscription.ts';
import { authCommand, Dialogue, isTemporary, subscribeCommand } from './dialogue.ts';
import { urlOf, type Endpoint } from './endpoint.ts';
import type { openSocket, SocketOptions } from './open-socket.ts';
import { PushSocket } from './push-socket.ts';
import { provenBy, type PushCredentials, type PushedEvent, type PushTopic } from './types.ts';

export interface AttemptOptions extends SocketOptions {
  /** Opens the socket; simulations replace it. */
  open?: typeof openSocket | undefined;
  /** Tried in order; the next one only if the previous one has no WebSocket. */
  endpoints: readonly Endpoint[];
  /** The extension whose events are subscribed to; '' if unknown. */
  extension: string;
  /** Whether to subscribe to cdr_events as well. */
  wantCdr: boolean;
  /** Returns the credential to sign in with; null if none is left. */
  credential: () => Promise<Result<PushCredentials | null>>;
  onEvent(event: PushedEvent): void;
  /** Called when the credential is sent. */
  onSent(): void;
  /** The PBX accepted the credential. */
  onAccepted(by: PushCredentials['by']): void;
  onListening(listening: Subscribed): void;
  /** Called after each subscription to colleagues. `wasCut`: the connection ended before there was an answer. */
  onColleagues?(wasCut: boolean): void;
}

/** A connection that is signed in and subscribed. */
export interface Subscribed {
  endpoint: Endpoint;
  /** Topics that the PBX did not refuse. */
  topics: PushTopic[];
  /** Topics that it granted or sent an event of. */
  proven: PushTopic[];
  /** Ends the connection unless the PBX answers soon. */
  probe: () => void;
  /** Also receives the events of these extensions, as far as the PBX allows it. */
  watch: (extensions: readonly string[]) => void;
}

/** Why an attempt ended. */
export type AttemptEnd =
  /** Can be retried later. `unanswered`: a credential was sent and neither accepted nor refused. */
  | { why: 'lost'; error: AppError; unanswered: boolean }
  /** No endpoint offers push. */
  | { why: 'missing'; error: AppError }
  /** A retry is useless until something changes. */
  | { why: 'blocked'; error: AppError }
  | { why: 'credential-refused'; by: PushCredentials['by']; error: AppError };

/** Limit for getting the credentials, which may include a token refresh, in ms. */
const CREDENTIALS_MS = 30_000;
/**
 * If a password is refused within this time (ms) after it was accepted, it is wrong. A token may have expired instead.
 */
const ACCEPTED_MS = 60_000;
/** Close codes that mean a refused sign-in (RFC 6455 7.4.1; IANA; custom codes of servers). */
const NOT_ALLOWED = new Set([1008, 3000, 3003, 4001, 4003, 4401, 4403]);
/** After these errors there are no credentials until the user signs in. */
const SIGNED_OUT = new Set(['session-expired', 'signed-out', 'secrets-unreadable', 'sign-in-refused']);

/** Only the user can decide whether to trust a certificate. */
const NOT_TRUSTED = new Set(['tls-changed', 'tls-untrusted', 'tls-ca-unreadable']);

/**
 * Opens one connection, signs in with one credential, subscribes, and listens until the connection is lost. Never
 * rejects. After an abort it ends soon, and its result means nothing.
 */
export async function attemptPush(options: AttemptOptions, signal: AbortSignal): Promise<AttemptEnd> {
  const topics = wantedTopics(options);
  if (topics.length === 0) return { why: 'blocked', error: appError('own-number-unknown') };
  const opened = await openFirst(options, signal);
  if (!('socket' in opened)) return opened;
  const dialogue = new Dialogue(options.clock);
  const socket = new PushSocket({
    socket: opened.socket,
    clock: options.clock,
    onItem: (item) => {
      dialogue.receive(item);
      if (item === null || !('type' in item)) return;
      conversation.receive(item);
      options.onEvent(item);
    },
  });
  const conversation = new Conversation(options, { endpoint: opened.endpoint, topics, socket, dialogue });
  void socket.ended.then(() => dialogue.end());
  const stop = () => socket.close();
  signal.addEventListener('abort', stop);
  try {
    if (signal.aborted) stop();
    return await conversation.hold();
  } finally {
    signal.removeEventListener('abort', stop);
    socket.close();
  }
}

function wantedTopics({ extension, wantCdr }: AttemptOptions): PushTopic[] {
  return [...(extension === '' ? [] : ['extension_events' as const]), ...(wantCdr ? ['cdr_events' as const] : [])];
}

async function openFirst(
  options: AttemptOptions,
  signal: AbortSignal,
): Promise<{ socket: WebSocket; endpoint: Endpoint } | AttemptEnd> {
  let missing: AppError | null = null;
  const { trust, clock, proxyFor, goesDirect } = options;
  // Loaded with the first connection: a start need not wait for the WebSocket library.
  const open = options.open ?? (await import('./open-socket.ts')).openSocket;
  for (const endpoint of options.endpoints) {
    const opening = await open(endpoint, { trust, clock, proxyFor, ...(goesDirect ? { goesDirect } : {}) }, signal);
    if (opening.got === 'socket') return { socket: opening.socket, endpoint };
    const { error } = opening;
    if (NOT_TRUSTED.has(error.code)) return { why: 'blocked', error };
    // If one port has answered, no answer from the other means that push is missing there.
    if (opening.got === 'failure' && missing === null) return { why: 'lost', error, unanswered: false };
    const detail: string = [missing?.detail, error.detail].filter((text) => text !== undefined).join('; ');
    missing = appError('push-missing', { detail });
  }
  return { why: 'missing', error: missing ?? appError('push-missing') };
}

interface Parts {
  endpoint: Endpoint;
  /** The topics to subscribe to. */
  topics: readonly PushTopic[];
  socket: PushSocket;
  dialogue: Dialogue;
}

/**
 * What is said on one connection: sign in, subscribe to each topic, then receive events until the connection is lost.
 * Each step returns what the next one needs, or how the attempt ended.
 */
class Conversation {
  readonly #options: AttemptOptions;
  readonly #parts: Parts;
  /** Where it takes place, for the log. */
  readonly #where: string;
  /** Topics that the PBX granted or sent an event of. */
  readonly #proven = new Set<PushTopic>();

  constructor(options: AttemptOptions, parts: Parts) {
    this.#options = options;
    this.#parts = parts;
    this.#where = urlOf(parts.endpoint);
  }

  receive(event: PushedEvent): void {
    const topic = provenBy(event, this.#options.extension);
    if (topic !== null) this.#proven.add(topic);
  }

  async hold(): Promise<AttemptEnd> {
    const credential = await this.#getCredential();
    if ('why' in credential) return credential;
    const signIn = await this.#signIn(credential);
    if ('why' in signIn) return signIn;
    const granted = await this.#subscribe(credential, signIn.is);
    if ('why' in granted) return granted;
    return this.#listen(credential, granted);
  }

  async #getCredential(): Promise<PushCredentials | AttemptEnd> {
    const { clock, credential } = this.#options;
    const got = await within(clock, CREDENTIALS_MS, [credential(), this.#parts.socket.ended.then(() => null)]);
    if (got === undefined) return lostBy(appError('timed-out', { detail: this.#where }), false);
    if (got === null) return this.#lost(false);
    if (!got.ok) {
      return SIGNED_OUT.has(got.error.code) ? { why: 'blocked', error: got.error } : lostBy(got.error, false);
    }
    if (got.value !== null) return got.value;
    const detail = `${this.#where}: nothing to sign in with`;
    return { why: 'blocked', error: appError('push-sign-in-refused', { detail }) };
  }

  /** The PBX sends no events before the sign-in. */
  async #signIn(credential: PushCredentials): Promise<{ is: 'granted' | 'unclear' } | AttemptEnd> {
    const { dialogue, socket } = this.#parts;
    const send = () => {
      this.#options.onSent();
      socket.send(authCommand(credential));
    };
    const answer = await dialogue.ask('auth', send, () => true);
    switch (answer.is) {
      case 'granted':
        this.#options.onAccepted(credential.by);
        return { is: 'granted' };
      case 'unclear':
        // It counts as accepted for now; the answers to the subscriptions decide.
        return { is: 'unclear' };
      case 'refused':
      case 'signed-out':
        return this.#notAccepted(credential, answer.reply);
      case 'silent':
        return lostBy(appError('timed-out', { detail: `${this.#where}: no answer to the sign-in` }), true);
      case 'over': {
        const { error, closeCode } = await socket.ended;
        if (closeCode !== null && NOT_ALLOWED.has(closeCode)) return this.#refused(credential, `closed (${closeCode})`);
        return lostBy(error, true);
      }
    }
  }

  /** Returns the topics that the PBX did not refuse. */
  async #subscribe(credential: PushCredentials, signIn: 'granted' | 'unclear'): Promise<PushTopic[] | AttemptEnd> {
    const { topics, dialogue, socket } = this.#parts;
    const { extension } = this.#options;
    const granted: PushTopic[] = [];
    const refusals: string[] = [];
    for (const topic of topics) {
      const answer = await dialogue.ask(
        'subscribe',
        () => socket.send(subscribeCommand(topic, [extension])),
        (event) => provenBy(event, extension) === topic,
      );
      if (answer.is === 'over') return this.#lost(signIn === 'unclear');
      if (answer.is === 'signed-out') return this.#notAccepted(credential, answer.reply);
      if (answer.is === 'refused') refusals.push(`${topic}: ${statusOf(answer.reply)}`);
      else granted.push(topic);
      // A missing answer is not a refusal and proves nothing.
      if (answer.is === 'granted') this.#proven.add(topic);
    }
    if (granted.length === 0) {
      return signIn === 'unclear'
        ? this.#refused(credential, 'no clear answer, and every topic refused')
        : this.#forbidden(refusals.join('; '));
    }
    if (signIn === 'unclear') this.#options.onAccepted(credential.by);
    return granted;
  }

  /** Receives events until the connection is lost, or the PBX ends the sign-in or refuses every topic after all. */
  async #listen(credential: PushCredentials, granted: readonly PushTopic[]): Promise<AttemptEnd> {
    const { topics, dialogue, socket, endpoint } = this.#parts;
    const { clock } = this.#options;
    const since = clock.elapsed();
    const left = new Set(granted);
    const colleagues = this.#colleagues();
    const watch = (extensions: readonly string[]): void => {
      if (left.has('extension_events')) colleagues.watch(extensions);
    };
    const reportListening = (): void => {
      const proven = [...left].filter((topic) => this.#proven.has(topic));
      this.#options.onListening({ topics: [...left], proven, endpoint, probe: () => socket.probe(), watch });
    };
    reportListening();
    void dialogue.lateAnswers.then((wasRefused) => {
      for (const [index, topic] of topics.entries()) {
        if (wasRefused[index] === false) this.#proven.add(topic);
        // An event proves more than a refusal.
        else if (!this.#proven.has(topic)) left.delete(topic);
      }
      if (left.size === 0) socket.close();
      else reportListening();
    });
    const signedOut = await Promise.race([
      socket.ended.then(() => false),
      dialogue.signedOut.then((reply) => !isTemporary(reply)),
    ]);
    // If the PBX has ended the sign-in, this connection is of no use. The client makes a new one, unless this one is new.
    socket.close();
    if (left.size === 0) return this.#forbidden('every topic refused, late');
    const wasNone = signedOut && credential.by === 'password' && clock.elapsed() - since < ACCEPTED_MS;
    return wasNone ? this.#refused(credential, 'accepted, then refused') : this.#lost(false);
  }

  #colleagues(): ColleagueSubscription {
    const { dialogue, socket } = this.#parts;
    const { extension } = this.#options;
    return new ColleagueSubscription({
      ask: (extensions) =>
        dialogue.ask(
          'subscribe',
          () => socket.send(subscribeCommand('extension_events', [extension, ...extensions])),
          (event) => event.type === 'extension' && event.extension !== extension,
        ),
      onDone: (wasCut) => this.#options.onColleagues?.(wasCut),
    });
  }

  // How the attempt ends. `unanswered`: see AttemptEnd.

  async #lost(unanswered: boolean): Promise<AttemptEnd> {
    const { error } = await this.#parts.socket.ended;
    return lostBy(error, unanswered);
  }

  #notAccepted(credential: PushCredentials, reply: CommandReply): AttemptEnd {
    if (!isTemporary(reply)) return this.#refused(credential, statusOf(reply));
    const detail = `${this.#where}: sign-in: ${statusOf(reply)}`;
    return lostBy(appError(generalCode(reply.status ?? 0), { detail }), true);
  }

  #refused({ by }: PushCredentials, why: string): AttemptEnd {
    const detail = `${this.#where}: sign-in by ${by}: ${why}`;
    return { why: 'credential-refused', by, error: appError('push-sign-in-refused', { detail }) };
  }

  #forbidden(why: string): AttemptEnd {
    return { why: 'blocked', error: appError('push-forbidden', { detail: `${this.#where}: ${why}` }) };
  }
}

function lostBy(error: AppError, unanswered: boolean): AttemptEnd {
  return { why: 'lost', error, unanswered };
}

/**
 * Returns the result of the first promise to settle; undefined if none does within `ms`. A rejection is an internal
 * error.
 */
async function within<T>(clock: Clock, ms: number, promises: Promise<Result<T> | null>[]) {
  let cancel: () => void = () => undefined;
  const late = new Promise<undefined>((resolve) => {
    cancel = clock.after(ms, () => resolve(undefined));
  });
  try {
    return await Promise.race([...promises, late]);
  } catch (error) {
    reportBug(error);
    return { ok: false, error: appError('internal', { detail: String(error) }) } as const;
  } finally {
    cancel();
  }
}

/** The PBX's text may repeat a password that was sent to it, so it is not logged. */
const statusOf = ({ status, error }: CommandReply): string =>
  `status ${status ?? 'missing'}${error === '' ? '' : ', with an error text'}`;
