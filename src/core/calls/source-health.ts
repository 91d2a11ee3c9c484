import type { Call, CallSource, ListState, Listening, PushTopic } from '../../shared/call.ts';
import type { AppError, ErrorCode } from '../../shared/errors.ts';
import { normaliseNumber } from '../../shared/same-number.ts';
import type { FallbackNeeds } from '../pace/fallback-sources.ts';
import type { PushEvent, PushState } from '../pbx/push/types.ts';
import { LIMIT_MS } from './limits.ts';
import type { Model, Phone } from './model.ts';

const REFUSALS: ReadonlySet<ErrorCode> = new Set(['status-forbidden', 'history-forbidden']);

/** Whether the account has no permission for the request, which the poller then repeats every ten minutes. */
export function isForbidden(error: AppError): boolean {
  return REFUSALS.has(error.code);
}

/** Topics that the PBX granted or sent an event of. A subscription without an answer proves nothing. */
export function provenTopics(push: PushState): readonly PushTopic[] {
  return push.status === 'listening' ? push.proven : [];
}

/**
 * Time between two polls of the session list, in ms: `normal`, the user's setting, unless push reports the calls. It is
 * also used while push reports a call of mine that the list has not shown yet.
 */
export function listIntervalMs(normal: number, push: PushState, model: Model, mine: readonly Call[]): number {
  if (push.status !== 'listening' || push.proven.length === 0 || hasUnlisted(model)) return normal;
  if (push.proven.includes('cdr_events')) return Math.max(normal, LIMIT_MS.checkInterval);
  // A topic that was neither granted nor refused may report nothing, so the list is polled instead.
  if (push.topics.includes('cdr_events')) return normal;
  // Without cdr_events, push may not report that a ringing call was answered.
  if (mine.some(({ state, placedHere }) => state === 'ringing' && !placedHere)) {
    return Math.max(normal, LIMIT_MS.checkIntervalRinging);
  }
  return Math.max(normal, mine.length > 0 ? LIMIT_MS.checkIntervalInCall : LIMIT_MS.checkInterval);
}

function hasUnlisted({ sessions }: Model): boolean {
  for (const { wasMine, everListed, placeholder, placedCallKey } of sessions.awake()) {
    if (wasMine && !everListed && placeholder === null && placedCallKey === null) return true;
  }
  return false;
}

/** How long a phone may ring before a placeholder is shown for it, in ms; 0 if no source can report its session. */
export function placeholderDelayMs(push: PushState, isListLive: boolean): number {
  const reportsSessions = push.status === 'listening' && push.topics.includes('cdr_events');
  return reportsSessions || isListLive ? LIMIT_MS.placeholderDelay : 0;
}

/** Which sources to poll while the list is refused: the phone status and the history, until push is proven to work. */
export function fallbackNeeds(listRefused: boolean, push: PushState): FallbackNeeds {
  const proven = provenTopics(push);
  return { status: listRefused && proven.length === 0, changes: listRefused && !proven.includes('cdr_events') };
}

export interface Sources {
  /** The PBX has listed the sessions since the start, and does not refuse the list now. */
  isListed: boolean;
  /** Why the PBX refuses the list; null while it does not. */
  listRefusal: AppError | null;
  push: PushState;
  /** Set once the PBX refuses both the phone status and the history: the refusal of the status. */
  missingPermission: AppError | null;
}

export function listeningFrom(sources: Sources): Listening {
  const { listRefusal, push, missingPermission } = sources;
  const topics = provenTopics(push);
  const pushError = push.status === 'waiting' || push.status === 'refused' ? push.error : null;
  const source = sourceOf(sources);
  const error = listRefusal ?? pushError;
  return {
    source,
    push: push.status === 'listening' && topics.length === 0 ? 'connecting' : push.status,
    topics,
    error: source === 'none' ? (missingPermission ?? error) : error,
  };
}

function sourceOf({ isListed, listRefusal, push, missingPermission }: Sources): CallSource {
  if (listRefusal === null && isListed) return 'sessions';
  if (provenTopics(push).length > 0) return 'push';
  return listRefusal === null || missingPermission !== null ? 'none' : 'history';
}

export function sameListening(a: Listening, b: Listening): boolean {
  return (
    a.source === b.source && a.push === b.push && a.topics.join() === b.topics.join() && a.error?.code === b.error?.code
  );
}

/**
 * Whether the window shows both alike. A list that stays forbidden is the same; a stale one changes with its retry
 * time.
 */
export function sameListState(a: ListState, b: ListState): boolean {
  if (a === b) return true;
  if (a.status === 'forbidden') return b.status === 'forbidden' && a.error.code === b.error.code;
  return a.status === b.status && (a.status === 'live' || a.status === 'starting');
}

/** How the program reacts to events of push. */
export interface PushReaction {
  /** An event is about a call or a phone of mine. */
  isAboutMe: boolean;
  /** The sessions of which push reported a step. */
  sessionIds: ReadonlySet<string>;
  /** The activity of one of my phones changed. */
  phoneChanged: boolean;
  /** The user waits for the list, because a call rings that was not placed here. */
  isUrgent: boolean;
}

export function reactionTo(events: readonly PushEvent[], before: Model, after: Model): PushReaction {
  const sessionIds = new Set<string>();
  const found = { isAboutMe: false, phoneChanged: false, isUrgent: false };
  for (const event of events) {
    if (event.type === 'extension') {
      if (!after.own.has(event.extension)) continue;
      const phone = phoneOf(event, after);
      const changed = phone?.activity !== phoneOf(event, before)?.activity;
      found.isAboutMe = true;
      found.phoneChanged ||= changed;
      found.isUrgent ||= changed && event.activity === 'ringing' && phone?.placedCallKey === null;
      continue;
    }
    if (event.type !== 'call-over') sessionIds.add(event.sessionId);
    if (!wasMine(event.sessionId, before, after)) continue;
    found.isAboutMe = true;
    found.isUrgent ||= event.type === 'call';
  }
  return { ...found, sessionIds };
}

function phoneOf({ extension }: PushEvent & { type: 'extension' }, { phones }: Model): Phone | undefined {
  return phones.get(normaliseNumber(extension));
}

function wasMine(id: string, before: Model, after: Model): boolean {
  const session = after.sessions.get(id) ?? before.sessions.get(id) ?? after.ended.get(id)?.lastSession;
  return session?.wasMine === true;
}
