import type { Call } from '../../shared/call.ts';
import { dropOldest } from '../layered-map.ts';
import { ownTalk, talkSeconds, type EndRecord } from '../pbx/records.ts';
import type { Draft } from './draft.ts';
import { decide } from './history.ts';
import { LIMIT_MS, MAX_COUNT } from './limits.ts';
import {
  isPlaceholderId,
  recorded,
  type Decided,
  type Ended,
  type Model,
  type Outcome,
  type PendingCall,
  type Session,
} from './model.ts';
import { recordedTalk } from './my-part.ts';
import { mayBePlacedHere, placedCallOf, updatePlacedCall } from './placed-matching.ts';
import {
  endedUnseen,
  isDialledAtPhone,
  mayBeAnswered,
  mayHaveReachedOthers,
  verdictOn,
  type Verdict,
} from './verdict.ts';
import { deriveView } from './view.ts';

/**
 * Ends a session. `record`: its `call_cdr`; null if there is none. `pbxTime`: when it ended, ms since 1970 on the PBX's
 * clock, for an end without a record.
 */
export function endSession(
  draft: Draft,
  known: Session,
  by: Ended['by'],
  record: EndRecord | null = null,
  pbxTime: number | null = null,
): void {
  // A session that ends this early is more likely an abandoned call than the one being placed.
  const shown = mayBePlacedHere(draft, known) ? deriveView(known, draft.context) : known;
  const session = withRecordedStart(draft, shown, record);
  draft.edit('sessions').delete(known.id);
  const end = { stamp: draft.stamp, by, record, endedAt: estimatedEnd(draft, record) };
  const ended: Ended = {
    ...end,
    pbxTime: record?.endedAt ?? pbxTime,
    lastSession: session,
    mayBeAnswered: mayBeAnswered(session, end, draft.model.hasPush),
  };
  rememberEnd(draft, known.id, ended);
  const { placedCallKey } = session;
  if (placedCallKey !== null)
    updatePlacedCall(draft, placedCallKey, record === null ? { type: 'gone' } : { type: 'record', record });
  settle(draft, session, ended);
}

/** The session with the start that its record shows, if that is earlier: push may have reported nothing but its end. */
function withRecordedStart({ model }: Draft, session: Session, record: EndRecord | null): Session {
  const { call, myPart } = session;
  const rings = record?.targets.flatMap(({ rangAt }) => rangAt ?? []) ?? [];
  if (call === null || model.pbxToMonotonicMs === null || rings.length === 0) return session;
  const startedAt = Math.round(Math.min(...rings) + model.pbxToMonotonicMs + model.monotonicToWallMs);
  if (call.startedAt - startedAt <= LIMIT_MS.noise) return session;
  const { callAtRing, talk } = myPart;
  return {
    ...session,
    call: { ...call, startedAt },
    myPart: {
      ...myPart,
      callAtRing: callAtRing && { ...callAtRing, startedAt },
      talk: talk && { ...talk, call: { ...talk.call, startedAt } },
    },
  };
}

/** Adds a call_cdr to the end of a session that another source reported before, or that was never known. */
export function addRecord(draft: Draft, id: string, record: EndRecord): void {
  const [stamp, known] = [draft.stamp, draft.model.ended.get(id)];
  const { lastSession, endedAt } = known ?? { lastSession: null, endedAt: stamp.at };
  const ended: Ended = {
    stamp,
    by: 'record',
    record,
    pbxTime: record.endedAt,
    lastSession,
    endedAt,
    mayBeAnswered: false,
  };
  rememberEnd(draft, id, ended);
  const placed = placedCallOf(draft, id);
  if (placed !== undefined) updatePlacedCall(draft, placed.call.key, { type: 'record', record });
  if (lastSession !== null && known?.record === null) settleByRecord(draft, lastSession, ended);
}

function rememberEnd(draft: Draft, id: string, ended: Ended): void {
  const all = draft.edit('ended');
  // Deleted first, so that it becomes the newest entry.
  all.delete(id);
  all.set(id, ended);
  dropOldest(all, MAX_COUNT.ends);
}

/** The end in monotonic ms: as the PBX recorded it, if that is plausible; else when it was noticed or last excluded. */
function estimatedEnd({ model: { verified, pbxToMonotonicMs }, now }: Draft, record: EndRecord | null): number {
  const noticed = now - verified.at > LIMIT_MS.longPollGap ? verified.at : now;
  const endedAt = record?.endedAt ?? null;
  if (endedAt === null || pbxToMonotonicMs === null) return noticed;
  const at = endedAt + pbxToMonotonicMs;
  return at < now - LIMIT_MS.noise && at >= verified.at - LIMIT_MS.longPollGap ? at : noticed;
}

/** Decides the outcome of a session that is over, or lets its call wait for its entry in the history. */
function settle(draft: Draft, session: Session, end: Ended): void {
  const { own, monotonicToWallMs, seq, history } = draft.model;
  const { talk, callAtRing } = session.myPart;
  const call = talk?.call ?? callAtRing ?? session.call;
  if (call === null) return;
  const verdict = verdictOn(session, end, own);
  const isNameless = isPlaceholderId(session.id);
  const next = isNameless ? nextOfNamelessRing(draft, verdict) : nextOf(session, call, end, verdict, draft.model);
  const at = Math.round(end.endedAt + monotonicToWallMs);
  const pending: PendingCall = {
    call,
    at,
    noticedAt: draft.now,
    withoutEntry: 'missed',
    lookups: 0,
    maxWaitMs: LIMIT_MS.historyWait,
    ...(next?.type === 'waits' ? next.wait : {}),
  };
  const isAnnounced = talk !== null || verdict === 'answered' || verdict === 'missed' || isDialledAtPhone(session);
  const { announced, waiting, decided } = history;
  draft.set({
    history: {
      ...history,
      announced: isAnnounced && !isNameless ? [...announced.slice(-MAX_COUNT.ends), pending] : announced,
      waiting: next?.type === 'waits' ? [...waiting, pending] : waiting,
      decided: next === null || next.type === 'waits' ? decided : decide(history, [{ ...next, seq, call, at }]),
    },
  });
}

/** What follows the end of a call: its outcome is certain now, it waits for its entry in the history, or nothing. */
type Next = Outcome | { type: 'waits'; wait: Partial<PendingCall> } | null;

const waits = (withoutEntry: PendingCall['withoutEntry'], more: Partial<PendingCall> = {}): Next => ({
  type: 'waits',
  wait: { withoutEntry, ...more },
});

/** The call of a nameless ring gets its outcome from its session or its entry in the history, if one may come. */
function nextOfNamelessRing({ model: { history, hasPush }, input }: Draft, verdict: Verdict): Next {
  if (verdict === 'not-missed') return null;
  const isPolled = input.historyPolled && history.readable;
  if (!isPolled && !hasPush) return { type: 'missed' };
  const maxWaitMs = isPolled ? LIMIT_MS.namelessHistoryWait : LIMIT_MS.nextStep;
  return waits('missed-if-unreadable', { maxWaitMs });
}

function nextOf(session: Session, call: Call, end: Ended, verdict: Verdict, { own, history }: Model): Next {
  const { readable } = history;
  const { talk } = session.myPart;
  const talked = ownTalk(end.record, call.direction, own);
  if (talk !== null) {
    // Polls show only roughly how long I talked. One request to the history finds the exact time.
    const isExact = talked !== null || (talk.byEvent && (talk.until !== null || end.by === 'record'));
    const lookups = MAX_COUNT.historyLookups - 1;
    return isExact || !readable ? null : waits('not-missed', { lookups });
  }
  if (verdict === 'answered') return recorded('connected', talked && talkSeconds(talked));
  if (isDialledAtPhone(session)) {
    const seconds = end.record && talkSeconds(end.record);
    if (seconds !== null) return recorded('connected', seconds);
    return end.mayBeAnswered && readable ? waits('not-missed') : null;
  }
  switch (verdict) {
    case 'missed':
      return { type: 'missed' };
    case 'declined':
      return recorded('declined');
    case 'missed-unless-entry-differs':
      if (!readable) return { type: 'missed' };
      return waits(mayHaveReachedOthers(session) || endedUnseen(end) ? 'missed-if-unreadable' : 'missed');
    case 'missed-if-entry-confirms':
      return readable ? waits('not-missed') : null;
    case 'not-missed':
      return null;
  }
}

/** Settles a call again by its call_cdr, which came after another source had reported the end. */
function settleByRecord(draft: Draft, session: Session, end: Ended): void {
  const { history, own, monotonicToWallMs, seq } = draft.model;
  const { talk } = session.myPart;
  const isOther = ({ call }: Pick<PendingCall, 'call'>): boolean => call.id !== session.id;
  const waiting = history.waiting.filter(isOther);
  if (talk === null) {
    if (waiting.length === history.waiting.length) return;
    draft.set({ history: { ...history, waiting, announced: history.announced.filter(isOther) } });
    settle(draft, session, end);
    return;
  }
  const talked = recordedTalk(end.record, talk, own);
  if (talked === null) return;
  const at = Math.round(end.endedAt + monotonicToWallMs);
  const decided: Decided = { ...recorded('connected', talkSeconds(talked)), seq, call: talk.call, at };
  draft.set({ history: { ...history, waiting, decided: decide(history, [decided]) } });
}
