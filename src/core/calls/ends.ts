import { dropOldest } from '../layered-map.ts';
import { ownTalk, talkSeconds, type EndRecord } from '../pbx/records.ts';
import type { Draft } from './draft.ts';
import { decide } from './history.ts';
import { LIMIT_MS, MAX_COUNT } from './limits.ts';
import {
  isPlaceholderId,
  type Decided,
  type Ended,
  type HistoryState,
  type Model,
  type PendingCall,
  type Session,
} from './model.ts';
import { recordedTalk } from './my-part.ts';
import { mayBePlacedHere, placedCallOf, updatePlacedCall } from './placed-matching.ts';
import { isDialledAtPhone, mayBeAnswered, mayHaveReachedOthers, verdictOn } from './verdict.ts';
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
  draft.sessions.delete(known.id);
  const ended: Ended = {
    stamp: draft.stamp,
    by,
    record,
    pbxTime: record?.endedAt ?? pbxTime,
    lastSession: session,
    endedAt: estimatedEnd(draft, record),
    mayBeAnswered: mayBeAnswered(session, by, record, draft.model.hasPush),
  };
  rememberEnd(draft, known.id, ended);
  const { placedCallKey } = session;
  if (placedCallKey !== null)
    updatePlacedCall(draft, placedCallKey, record === null ? { type: 'gone' } : { type: 'record', record });
  settleHistory(draft, historyAfterEnd, session, ended);
}

/** The session with the start that its record shows, if that is earlier: push may have reported nothing but its end. */
function withRecordedStart({ model }: Draft, session: Session, record: EndRecord | null): Session {
  const { call, myPart } = session;
  const rings = record?.targets.flatMap(({ rangAt }) => rangAt ?? []) ?? [];
  if (call === null || model.fromPbx === null || rings.length === 0) return session;
  const startedAt = Math.round(Math.min(...rings) + model.fromPbx + model.toWall);
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
  if (lastSession !== null && known?.record === null) settleHistory(draft, historyAfterRecord, lastSession, ended);
}

function rememberEnd(draft: Draft, id: string, ended: Ended): void {
  const all = draft.ended;
  // Deleted first, so that it becomes the newest entry.
  all.delete(id);
  all.set(id, ended);
  dropOldest(all, MAX_COUNT.ends);
}

/** The end in monotonic ms: as the PBX recorded it, if that is plausible; else when it was noticed or last excluded. */
function estimatedEnd({ model: { verified, fromPbx }, now }: Draft, record: EndRecord | null): number {
  const noticed = now - verified.at > LIMIT_MS.longPollGap ? verified.at : now;
  const recorded = record?.endedAt ?? null;
  if (recorded === null || fromPbx === null) return noticed;
  const at = recorded + fromPbx;
  return at < now - LIMIT_MS.noise && at >= verified.at - LIMIT_MS.longPollGap ? at : noticed;
}

function settleHistory(draft: Draft, settle: typeof historyAfterEnd, session: Session, ended: Ended): void {
  const { history, hasPush } = draft.model;
  const polled = draft.input.historyPolled && history.readable;
  const namelessWaitMs = polled ? LIMIT_MS.namelessHistoryWait : hasPush ? LIMIT_MS.nextStep : 0;
  draft.set({ history: settle(history, session, ended, { ...draft.model, now: draft.now, namelessWaitMs }) });
}

interface EndContext extends Pick<Model, 'own' | 'toWall' | 'seq'> {
  /** Monotonic ms. */
  now: number;
  /**
   * How long the call of a nameless ring waits for its session or its entry in the history, in ms; 0 if none will come.
   */
  namelessWaitMs: number;
}

/** Returns the history state after the end of a session: the outcome is decided, or the call waits for its entry. */
function historyAfterEnd(
  history: HistoryState,
  session: Session,
  end: Ended,
  { now, toWall, seq, own, namelessWaitMs }: EndContext,
): HistoryState {
  const { talk, callAtRing } = session.myPart;
  const call = talk?.call ?? callAtRing ?? session.call;
  if (call === null) return history;
  const at = Math.round(end.endedAt + toWall);
  const pending: PendingCall = {
    call,
    at,
    noticedAt: now,
    withoutEntry: 'missed',
    lookups: 0,
    maxWaitMs: LIMIT_MS.historyWait,
  };
  /** The outcome is decided when the history has been read. */
  const waits = (more: Partial<PendingCall>) => ({
    ...known,
    waiting: [...history.waiting, Object.assign(pending, more)],
  });
  const decided = (outcome: Outcome) => ({ ...known, decided: decide(history, [{ ...outcome, seq, call, at }]) });
  let known = history;
  const verdict = verdictOn(session, end, own);
  const talked = ownTalk(end.record, call.direction, own);
  if (isPlaceholderId(session.id)) {
    if (verdict === 'not-missed') return history;
    return namelessWaitMs > 0
      ? waits({ maxWaitMs: namelessWaitMs, withoutEntry: 'missed-if-unreadable' })
      : decided({ type: 'missed' });
  }
  const outgoing = isDialledAtPhone(session);
  if (talk !== null || verdict === 'answered' || verdict === 'missed' || outgoing)
    known = { ...history, announced: [...history.announced.slice(-MAX_COUNT.ends), pending] };
  if (talk !== null) {
    // Polls show only roughly how long I talked. One request to the history finds the exact time.
    const isExact = talked !== null || (talk.byEvent && (talk.until !== null || end.by === 'record'));
    return isExact || !history.readable
      ? known
      : waits({ withoutEntry: 'not-missed', lookups: MAX_COUNT.historyLookups - 1 });
  }
  if (verdict === 'answered')
    return decided({ type: 'recorded', outcome: 'connected', seconds: talked && talkSeconds(talked) });
  if (outgoing) {
    const seconds = end.record === null ? null : talkSeconds(end.record);
    if (seconds !== null) return decided({ type: 'recorded', outcome: 'connected', seconds });
    return end.mayBeAnswered && history.readable ? waits({ withoutEntry: 'not-missed' }) : known;
  }
  if (verdict === 'missed' || (verdict === 'missed-unless-entry-differs' && !history.readable))
    return decided({ type: 'missed' });
  if (verdict === 'declined') return decided({ type: 'recorded', outcome: 'declined', seconds: null });
  if (verdict === 'missed-unless-entry-differs')
    return waits({ withoutEntry: mayHaveReachedOthers(session) ? 'missed-if-unreadable' : 'missed' });
  if (verdict === 'missed-if-entry-confirms' && history.readable) return waits({ withoutEntry: 'not-missed' });
  return known;
}

/** Returns the history state after a call_cdr for a call whose end another source had reported before. */
const historyAfterRecord: typeof historyAfterEnd = (history, session, end, context) => {
  const { talk } = session.myPart;
  const isOther = ({ call }: PendingCall): boolean => call.id !== session.id;
  const waiting = history.waiting.filter(isOther);
  const rest = { ...history, waiting, announced: history.announced.filter(isOther) };
  if (talk === null)
    return waiting.length < history.waiting.length ? historyAfterEnd(rest, session, end, context) : history;
  const talked = recordedTalk(end.record, talk, context.own);
  if (talked === null) return history;
  const [at, seconds] = [Math.round(end.endedAt + context.toWall), talkSeconds(talked)];
  const decided: Decided = { type: 'recorded', seq: context.seq, call: talk.call, at, outcome: 'connected', seconds };
  return { ...history, waiting, decided: decide(history, [decided]) };
};

type Outcome = { type: 'missed' } | Omit<Extract<Decided, { type: 'recorded' }>, 'seq' | 'call' | 'at'>;
