import type { Call, Knowledge, LinkState, Listening, PushTopic } from '../../shared/call.ts';
import type { AppError, ErrorCode } from '../../shared/errors.ts';
import { normaliseNumber } from '../../shared/same-number.ts';
import type { PushEvent, PushState } from '../pbx/push/types.ts';
import { LIMITS } from './limits.ts';
import type { Model, Phone } from './model.ts';

const REFUSALS: ReadonlySet<ErrorCode> = new Set(['status-forbidden', 'history-forbidden']);

/** Refused for good, as far as that goes: tried again every ten minutes. */
export function isRefusal(error: AppError): boolean {
  return REFUSALS.has(error.code);
}

/** What push is known to tell: the PBX granted it, or has told something of it. Silence after subscribing proves nothing. */
export function provenTopics(push: PushState): readonly PushTopic[] {
  return push.status === 'listening' ? push.proven : [];
}

/**
 * Time between two looks at the session list, in ms, where `normal` is the user's wish. `unlisted`: push told of a call
 * of mine that the list has not shown.
 */
export function listIntervalMs(normal: number, push: PushState, unlisted: boolean, calls: readonly Call[]): number {
  if (push.status !== 'listening' || push.proven.length === 0 || unlisted) return normal;
  if (push.proven.includes('cdr_events')) return Math.max(normal, LIMITS.compare);
  // A topic that was neither granted nor refused may tell nothing: the list goes on telling in its place.
  if (push.topics.includes('cdr_events')) return normal;
  const mine = calls.filter((call) => call.mine);
  // Nor whether a call that rings me was answered, where that is no occasion for extension_events.
  if (mine.some(({ state, placedHere }) => state === 'ringing' && !placedHere)) {
    return Math.max(normal, LIMITS.compareRinging);
  }
  return Math.max(normal, mine.length > 0 ? LIMITS.compareInCall : LIMITS.compare);
}

/** How long a phone may ring before a call without a name is made of it, in ms: 0 where no name will come. */
export function nameWaitMs(push: PushState, listed: boolean): number {
  const named = push.status === 'listening' && push.topics.includes('cdr_events');
  return named || listed ? LIMITS.nameWait : 0;
}

/** What is to be asked for in place of the list, where that is refused, until push is proven to tell it. */
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
  const knowledge = knowledgeFrom(sources);
  const error = refused ?? pushError;
  return {
    knowledge,
    push: push.status === 'listening' && topics.length === 0 ? 'connecting' : push.status,
    topics,
    error: knowledge === 'none' ? (noPermission ?? error) : error,
  };
}

function knowledgeFrom({ listed, refused, push, noPermission }: Sources): Knowledge {
  if (refused === null && listed) return 'sessions';
  if (provenTopics(push).length > 0) return 'push';
  return refused === null || noPermission !== null ? 'none' : 'history';
}

export function sameListening(a: Listening, b: Listening): boolean {
  return (
    a.knowledge === b.knowledge &&
    a.push === b.push &&
    a.topics.join() === b.topics.join() &&
    a.error?.code === b.error?.code
  );
}

/** A list that stays forbidden is no change. A stale link tells each time when it tries again. */
export function sameLink(a: LinkState, b: LinkState): boolean {
  if (a === b) return true;
  if (a.status === 'forbidden') return b.status === 'forbidden' && a.error.code === b.error.code;
  return a.status === b.status && (a.status === 'live' || a.status === 'starting');
}

/** What events of push call for. */
export interface Reaction {
  /** They are about a call, or a phone, of mine. */
  mine: boolean;
  /** The sessions that they tell a step of. */
  sessions: ReadonlySet<string>;
  /** One of my phones does something else than before. */
  phone: boolean;
  /** The session list may know more now. */
  due: boolean;
  /** Somebody waits for that: it rings, and not for a call placed here. */
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
      found.urgent ||= changed && event.activity === 'ringing' && phone?.placing === null;
      continue;
    }
    if (event.type !== 'call-over') sessions.add(event.sessionId);
    if (!concernsMe(event.sessionId, before, after)) continue;
    found.mine = true;
    found.urgent ||= event.type === 'call';
  }
  return { ...found, sessions, due: found.phone || found.urgent };
}

function phoneOf({ extension }: PushEvent & { type: 'extension' }, { phones }: Model): Phone | undefined {
  return phones.get(normaliseNumber(extension));
}

function concernsMe(id: string, before: Model, after: Model): boolean {
  const session = after.sessions.get(id) ?? before.sessions.get(id) ?? after.ended.get(id)?.last;
  return session?.concernsMe === true;
}
