import type { Call, CallSource, ListState, Listening, PushTopic } from '../../shared/call.ts';
import type { AppError, ErrorCode } from '../../shared/errors.ts';
import { normaliseNumber } from '../../shared/same-number.ts';
import type { PushEvent, PushState } from '../pbx/push/types.ts';
import { LIMIT_MS } from './limits.ts';
import type { Model, Phone } from './model.ts';

const REFUSALS: ReadonlySet<ErrorCode> = new Set(['status-forbidden', 'history-forbidden']);

/** Whether the account has no permission. Such a request is repeated every ten minutes. */
export function isRefusal(error: AppError): boolean {
  return REFUSALS.has(error.code);
}

/** Topics that the PBX granted or sent an event of. No answer to a subscription proves nothing. */
export function provenTopics(push: PushState): readonly PushTopic[] {
  return push.status === 'listening' ? push.proven : [];
}

/**
 * Time between two polls of the session list, in ms. `normal`: the user's setting, which is also used while push reports
 * a call of mine that the list has not shown yet.
 */
export function listIntervalMs(normal: number, push: PushState, model: Model, mine: readonly Call[]): number {
  if (push.status !== 'listening' || push.proven.length === 0 || hasUnlisted(model)) return normal;
  if (push.proven.includes('cdr_events')) return Math.max(normal, LIMIT_MS.compare);
  // A topic that was neither granted nor refused may report nothing, so the list is polled instead.
  if (push.topics.includes('cdr_events')) return normal;
  // Without cdr_events, push may not report that a ringing call was answered.
  if (mine.some(({ state, placedHere }) => state === 'ringing' && !placedHere)) {
    return Math.max(normal, LIMIT_MS.compareRinging);
  }
  return Math.max(normal, mine.length > 0 ? LIMIT_MS.compareInCall : LIMIT_MS.compare);
}

function hasUnlisted({ sessions }: Model): boolean {
  for (const { wasMine, everListed, placeholder, placedCallKey } of sessions.awake()) {
    if (wasMine && !everListed && placeholder === null && placedCallKey === null) return true;
  }
  return false;
}

/** How long a ringing phone waits for its session before a nameless call is shown, in ms; 0 if no source can report it. */
export function nameWaitMs(push: PushState, listed: boolean): number {
  const named = push.status === 'listening' && push.topics.includes('cdr_events');
  return named || listed ? LIMIT_MS.nameWait : 0;
}

/** The sources to poll while the list is refused, until push is proven to replace them. */
export function fallbackNeeds(refused: boolean, push: PushState): { status: boolean; changes: boolean } {
  const proven = provenTopics(push);
  return { status: refused && proven.length === 0, changes: refused && !proven.includes('cdr_events') };
}

export interface Sources {
  /** The list was answered since the start, and is not refused now. */
  listed: boolean;
  /** The PBX refuses the list. */
  refused: AppError | null;
  push: PushState;
  /** The refusal of both the own state and the history, once both are refused. */
  noPermission: AppError | null;
}

export function listeningBy(sources: Sources): Listening {
  const { refused, push, noPermission } = sources;
  const topics = provenTopics(push);
  const pushError = push.status === 'waiting' || push.status === 'refused' ? push.error : null;
  const source = sourceOf(sources);
  const error = refused ?? pushError;
  return {
    source,
    push: push.status === 'listening' && topics.length === 0 ? 'connecting' : push.status,
    topics,
    error: source === 'none' ? (noPermission ?? error) : error,
  };
}

function sourceOf({ listed, refused, push, noPermission }: Sources): CallSource {
  if (refused === null && listed) return 'sessions';
  if (provenTopics(push).length > 0) return 'push';
  return refused === null || noPermission !== null ? 'none' : 'history';
}

export function sameListening(a: Listening, b: Listening): boolean {
  return (
    a.source === b.source && a.push === b.push && a.topics.join() === b.topics.join() && a.error?.code === b.error?.code
  );
}

/** A list that stays forbidden is no change. A stale list changes with each new retry time. */
export function sameListState(a: ListState, b: ListState): boolean {
  if (a === b) return true;
  if (a.status === 'forbidden') return b.status === 'forbidden' && a.error.code === b.error.code;
  return a.status === b.status && (a.status === 'live' || a.status === 'starting');
}

/** How the program reacts to events of push. */
export interface Reaction {
  /** An event is about a call or a phone of mine. */
  mine: boolean;
  /** Sessions with a reported step. */
  sessions: ReadonlySet<string>;
  /** The activity of one of my phones changed. */
  phone: boolean;
  /** The list should be polled. */
  due: boolean;
  /** The user waits for that poll, because a call rings that was not placed here. */
  urgent: boolean;
}

export function reactionTo(events: readonly PushEvent[], before: Model, after: Model): Reaction {
  const sessions = new Set<string>();
  const found = { mine: false, phone: false, due: false, urgent: false };
  for (const event of events) {
    if (event.type === 'extension') {
      if (!after.own.has(event.extension)) continue;
      const phone = phoneOf(event, after);
      const changed = phone?.activity !== phoneOf(event, before)?.activity;
      found.mine = true;
      found.phone ||= changed;
      found.urgent ||= changed && event.activity === 'ringing' && phone?.placedCallKey === null;
      continue;
    }
    if (event.type !== 'call-over') sessions.add(event.sessionId);
    if (!wasMine(event.sessionId, before, after)) continue;
    found.mine = true;
    found.urgent ||= event.type === 'call';
  }
  return { ...found, sessions, due: found.phone || found.urgent };
}

function phoneOf({ extension }: PushEvent & { type: 'extension' }, { phones }: Model): Phone | undefined {
  return phones.get(normaliseNumber(extension));
}

function wasMine(id: string, before: Model, after: Model): boolean {
  const session = after.sessions.get(id) ?? before.sessions.get(id) ?? after.ended.get(id)?.last;
  return session?.wasMine === true;
}
