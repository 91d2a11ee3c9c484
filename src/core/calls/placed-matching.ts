import type { Draft } from './draft.ts';
import { LIMIT_MS } from './limits.ts';
import type { PlacedCallState, Session } from './model.ts';
import { matchesRequest, mayMatchRequest } from './placed-legs.ts';
import { advance, mayRing, type PlacedInput } from './placed.ts';

// Which session is the call of which request. The PBX returns the session ID with its response. Until then a session is
// matched to a request by its legs, so that its steps are shown and it is not announced as a call of somebody else.

/** The placed call that has this session. */
export function placedCallOf({ model }: Draft, sessionId: string): PlacedCallState | undefined {
  if (model.placedCalls.size === 0) return undefined;
  return [...model.placedCalls.values()].findLast(({ call }) => call.sessionId === sessionId);
}

/** The session of the placed call with this key. */
export function sessionOfPlacedCall({ model }: Draft, key: string): Session | undefined {
  return model.sessions.get(model.placedCalls.get(key)?.call.sessionId ?? '');
}

export function updatePlacedCall(draft: Draft, key: string, input: PlacedInput): void {
  const before = draft.model.placedCalls.get(key);
  if (before === undefined) return;
  const after = advance(before, input, { at: draft.now, monotonicToWallMs: draft.model.monotonicToWallMs });
  if (after !== before) draft.edit('placedCalls').set(key, after);
  if (after.status !== before.status) draft.hasSettledRequest = true;
}

/** Matches a session to the first pending request that it looks like. A request is matched to one session only. */
export function matchToRequest(draft: Draft, session: Session): Session {
  const { placedCalls } = draft.model;
  if (session.placedCallKey !== null || session.myPart.ringCount > 0 || placedCalls.size === 0) return session;
  for (const [key, placed] of placedCalls) {
    if (!matchesRequest(placed, session, draft.now)) continue;
    draft.edit('placedCalls').set(key, { ...placed, matchedSessionId: session.id });
    draft.hasSettledRequest = true;
    if (placed.status === 'unanswered') updatePlacedCall(draft, key, { type: 'matched', sessionId: session.id });
    return { ...session, placedCallKey: key };
  }
  return session;
}

/** Whether a session that is not shown yet may be the call of a request that the PBX has not answered. */
export function mayBePlacedHere({ model, now }: Draft, session: Session): boolean {
  if (model.placedCalls.size === 0 || session.call !== null || session.placedCallKey !== null) return false;
  return [...model.placedCalls.values()].some((placed) => mayMatchRequest(placed, session, now));
}

/**
 * The key of the placed call that my phone has begun to ring for; null if there is none. `pbxTime`: when it began to
 * ring, ms since 1970 on the PBX's clock. A ring that began before the request has another reason.
 */
export function placedCallThatRings({ model, now }: Draft, pbxTime: number | null): string | null {
  const { placedCalls, pbxToMonotonicMs, monotonicToWallMs } = model;
  const latest =
    pbxTime === null || pbxToMonotonicMs === null
      ? Infinity
      : pbxTime + pbxToMonotonicMs + monotonicToWallMs + LIMIT_MS.noise;
  return [...placedCalls.values()].findLast((placed) => mayRing(placed, now, latest))?.call.key ?? null;
}

/** Whether this time (ms since 1970 on the PBX's clock) may be before the request of the placed call. */
export function mayPrecedeRequest({ model }: Draft, key: string, pbxTime: number | null): boolean {
  const { placedCalls, pbxToMonotonicMs, monotonicToWallMs } = model;
  const requestedAt = placedCalls.get(key)?.call.reached[0]?.at ?? -Infinity;
  return (
    pbxTime !== null &&
    pbxToMonotonicMs !== null &&
    pbxTime + pbxToMonotonicMs + monotonicToWallMs - LIMIT_MS.noise < requestedAt
  );
}
