import type { Draft } from './draft.ts';
import { isMine, liveLegs, withOwn } from './legs.ts';
import { EMPTY_SESSION, type Session } from './model.ts';
import { replaceEndedPlaceholder, replacePlaceholders } from './placeholders.ts';
import { matchToRequest, mayBePlacedHere, placedCallOf, updatePlacedCall } from './placed-matching.ts';
import { deriveView, type ViewContext } from './view.ts';

/** A session before its first data. If the PBX has returned its ID for a placed call, it belongs to that call. */
export function newSession(draft: Draft, id: string): Session {
  return {
    ...EMPTY_SESSION,
    id,
    placedCallKey: placedCallOf(draft, id)?.call.key ?? null,
    firstReportedSeq: draft.model.seq,
  };
}

/**
 * Stores a changed session: matches it to a request, derives its view, and updates the placed call and the placeholders
 * that depend on it. `before`: the stored session; undefined for a new one.
 */
export function storeSession(draft: Draft, session: Session, before: Session | undefined): void {
  if (before === undefined && session.placeholder === null) replaceEndedPlaceholder(draft, session);
  const matched = matchToRequest(draft, session);
  const after = deriveView(matched, viewContext(draft, matched));
  if (after !== before) draft.edit('sessions').set(after.id, after);
  const { placedCallKey } = after;
  if (placedCallKey !== null && before !== after)
    updatePlacedCall(draft, placedCallKey, { type: 'seen', legs: liveLegs(after) });
  replacePlaceholders(draft, after);
}

/** Derives the view of an unchanged session again, because time has passed or other facts have changed. */
export function refreshView(draft: Draft, session: Session): void {
  storeSession(draft, session, session);
}

function viewContext(draft: Draft, session: Session): ViewContext {
  const context = draft.context;
  if (mayBePlacedHere(draft, session)) return { ...context, mayBePlacedHere: true };
  const placed = session.placedCallKey === null ? undefined : draft.model.placedCalls.get(session.placedCallKey);
  if (placed === undefined) return context;
  const { call, phone, phoneAnswered } = placed;
  return { ...context, placed: { dialled: call.plan.dial, phone, phoneAnswered } };
}

/** Shows the sessions that were hidden because each might have been the call of a request that is settled now. */
export function revealUnmatchedSessions(draft: Draft): void {
  while (draft.hasSettledRequest) {
    draft.hasSettledRequest = false;
    for (const session of draft.model.sessions.awake())
      if (session.call === null && session.placeholder === null) refreshView(draft, session);
  }
}

/** Corrects a match: the session is this placed call, or none. Does nothing if there is no such session. */
export function assignSession(draft: Draft, sessionId: string | null, placedCallKey: string | null): void {
  const session = draft.model.sessions.get(sessionId ?? '');
  if (session !== undefined) storeSession(draft, { ...session, placedCallKey, unmodifiedListRow: null }, session);
}

/** Determines again which legs lead to the user, because the user's numbers have changed. */
export function applyOwnNumbers(draft: Draft): void {
  const { own } = draft.model;
  for (const { id } of [...draft.model.sessions.values()]) {
    const session = draft.model.sessions.get(id);
    // A session that was stored before this one may have replaced it, if this one is a placeholder.
    if (session === undefined) continue;
    const legs = session.legs.map((leg) => withOwn(leg, own));
    const wasMine = session.wasMine || legs.some(isMine);
    storeSession(draft, { ...session, legs, wasMine }, session);
  }
}
