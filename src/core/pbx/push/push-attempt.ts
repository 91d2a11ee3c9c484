import type { WebSocket } from 'ws';
import { appError, type AppError } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';
import type { Clock } from '../../clock.ts';
import { reportBug } from '../../report-bug.ts';
import { generalCode } from '../answer-errors.ts';
import type { CommandReply } from './decode-push.ts';
import { ColleagueSubscription, type ColleagueVerdict } from './colleague-subscription.ts';
import { authCommand, Dialogue, isTemporary, subscribeCommand } from './dialogue.ts';
import { urlOf, type Endpoint } from './endpoint.ts';
import type { openSocket, SocketOptions } from './open-socket.ts';
import { PushLink } from './push-link.ts';
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
  /** The answer to a subscription to colleagues. */
  onColleagues?(verdict: ColleagueVerdict): void;
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
  const proven = new Set<PushTopic>();
  const link = new PushLink({
    socket: opened.socket,
    clock: options.clock,
    onItem: (item) => {
      dialogue.receive(item);
      if (item === null || !('type' in item)) return;
      const topic = provenBy(item, options.extension);
      if (topic !== null) proven.add(topic);
      options.onEvent(item);
    },
  });
  void link.ended.then(() => dialogue.end());
  const stop = () => link.close();
  signal.addEventListener('abort', stop);
  try {
    if (signal.aborted) stop();
    return await converse(options, { topics, proven, endpoint: opened.endpoint }, link, dialogue);
  } finally {
    signal.removeEventListener('abort', stop);
    link.close();
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

async function converse(
  options: AttemptOptions,
  { topics, proven, endpoint }: { topics: readonly PushTopic[]; proven: Set<PushTopic>; endpoint: Endpoint },
  link: PushLink,
  dialogue: Dialogue,
): Promise<AttemptEnd> {
  const { clock, extension } = options;
  const tried = urlOf(endpoint);
  /** `unanswered`: see AttemptEnd. */
  const lost = async (unanswered: boolean): Promise<AttemptEnd> => {
    const { error } = await link.ended;
    return { why: 'lost', error, unanswered };
  };

  const got = await within(clock, CREDENTIALS_MS, [options.credential(), link.ended.then(() => null)]);
  if (got === undefined) return { why: 'lost', error: appError('timed-out', { detail: tried }), unanswered: false };
  if (got === null) return lost(false);
  if (!got.ok) {
    return SIGNED_OUT.has(got.error.code)
      ? { why: 'blocked', error: got.error }
      : { why: 'lost', error: got.error, unanswered: false };
  }
  const credential = got.value;
  if (credential === null) {
    return { why: 'blocked', error: appError('push-sign-in-refused', { detail: `${tried}: nothing to sign in with` }) };
  }
  const refused = (why: string): AttemptEnd => ({
    why: 'credential-refused',
    by: credential.by,
    error: appError('push-sign-in-refused', { detail: `${tried}: sign-in by ${credential.by}: ${why}` }),
  });
  const notAccepted = (reply: CommandReply): AttemptEnd => {
    if (!isTemporary(reply)) return refused(statusOf(reply));
    const error = appError(generalCode(reply.status ?? 0), { detail: `${tried}: sign-in: ${statusOf(reply)}` });
    return { why: 'lost', error, unanswered: true };
  };

  // The PBX sends no events before the sign-in.
  const signIn = await dialogue.ask(
    'auth',
    () => {
      options.onSent();
      link.send(authCommand(credential));
    },
    () => true,
  );
  if (signIn.is === 'refused' || signIn.is === 'signed-out') return notAccepted(signIn.reply);
  if (signIn.is === 'over') {
    const { error, closeCode } = await link.ended;
    if (closeCode !== null && NOT_ALLOWED.has(closeCode)) return refused(`closed (${closeCode})`);
    return { why: 'lost', error, unanswered: true };
  }
  if (signIn.is === 'silent') {
    const error = appError('timed-out', { detail: `${tried}: no answer to the sign-in` });
    return { why: 'lost', error, unanswered: true };
  }
  // An unclear answer counts as accepted for now; the answers to the subscriptions decide.
  if (signIn.is === 'granted') options.onAccepted(credential.by);

  const forbidden = (why: string): AttemptEnd => ({
    why: 'blocked',
    error: appError('push-forbidden', { detail: `${tried}: ${why}` }),
  });
  const granted: PushTopic[] = [];
  const refusals: string[] = [];
  for (const topic of topics) {
    const answer = await dialogue.ask(
      'subscribe',
      () => link.send(subscribeCommand(topic, [extension])),
      (event) => provenBy(event, extension) === topic,
    );
    if (answer.is === 'over') return lost(signIn.is === 'unclear');
    if (answer.is === 'signed-out') return notAccepted(answer.reply);
    if (answer.is === 'refused') refusals.push(`${topic}: ${statusOf(answer.reply)}`);
    else granted.push(topic);
    // A missing answer is not a refusal and proves nothing.
    if (answer.is === 'granted') proven.add(topic);
  }
  if (granted.length === 0) {
    if (signIn.is === 'unclear') return refused('no clear answer, and every topic refused');
    return forbidden(refusals.join('; '));
  }
  if (signIn.is === 'unclear') options.onAccepted(credential.by);
  const since = clock.elapsed();
  const left = new Set(granted);
  const colleagues = new ColleagueSubscription({
    ask: (extensions) =>
      dialogue.ask(
        'subscribe',
        () => link.send(subscribeCommand('extension_events', [extension, ...extensions])),
        (event) => event.type === 'extension' && event.extension !== extension,
      ),
    onVerdict: (verdict) => options.onColleagues?.(verdict),
  });
  const watch = (extensions: readonly string[]): void => {
    if (left.has('extension_events')) colleagues.watch(extensions);
  };
  const reportListening = (): void => {
    const known = [...left].filter((topic) => proven.has(topic));
    options.onListening({ topics: [...left], proven: known, endpoint, probe: () => link.probe(), watch });
  };
  reportListening();
  void dialogue.lateAnswers.then((wasRefused) => {
    for (const [index, topic] of topics.entries()) {
      if (wasRefused[index] === false) proven.add(topic);
      // An event proves more than a refusal.
      else if (!proven.has(topic)) left.delete(topic);
    }
    if (left.size === 0) link.close();
    else reportListening();
  });
  const signedOut = await Promise.race([
    link.ended.then(() => false),
    dialogue.signedOut.then((reply) => !isTemporary(reply)),
  ]);
  // If the PBX has ended the sign-in, this connection is of no use. The client makes a new one, unless this one is new.
  link.close();
  if (left.size === 0) return forbidden('every topic refused, late');
  const wasNone = signedOut && credential.by === 'password' && clock.elapsed() - since < ACCEPTED_MS;
  return wasNone ? refused('accepted, then refused') : lost(false);
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
