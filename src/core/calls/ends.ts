import { decide, isOutgoing, talkSeconds, verdictOn } from './history.ts';
import { LIMIT_MS, MAX_COUNT } from './limits.ts';
import { isPlaceholderId, type Decided, type Ended, type HistoryState, type Pending, type Session } from './model.ts';

interface EndContext {
  /** Monotonic ms. */
  now: number;
  epoch: number;
  seq: number;
  /** How long the call of a nameless ring waits for its session or its entry in the history, in ms; 0 if none will come. */
  namelessWaitMs: number;
}

/** The history after the end of a session: the call is missed or declined, or waits for its entry in the history. */
export function historyAfterEnd(
  history: HistoryState,
  session: Session,
  end: Ended,
  { now, epoch, seq, namelessWaitMs }: EndContext,
): HistoryState {
  const { talk, rang } = session.me;
  const call = rang ?? session.call;
  if (call === null) return history;
  const at = Math.round(end.endedAt + epoch);
  const pending = { call, at, since: now, needsProof: false, lookups: 0, maxWaitMs: LIMIT_MS.historyWait };
  /** The call is listed as missed only after the history was checked. */
  const waits = (more: Partial<Pending>): HistoryState => {
    return { ...known, waiting: [...history.waiting, { ...pending, ...more }] };
  };
  const decided = (outcome: Outcome): HistoryState => {
    return { ...known, decided: decide(history, [{ ...outcome, seq, call, at }]) };
  };
  let known = history;
  const verdict = verdictOn(session, end);
  if (isPlaceholderId(session.id)) {
    if (verdict === 'no') return history;
    return namelessWaitMs > 0 ? waits({ maxWaitMs: namelessWaitMs }) : decided({ type: 'missed' });
  }
  const outgoing = isOutgoing(session);
  if (talk !== null || verdict === 'missed' || outgoing)
    known = { ...history, announced: [...history.announced.slice(-MAX_COUNT.ends), pending] };
  if (outgoing && talk === null) {
    const seconds = end.record === null ? null : talkSeconds(end.record);
    if (seconds !== null) return decided({ type: 'recorded', outcome: 'connected', seconds });
    return end.unseen && history.readable ? waits({ needsProof: true }) : known;
  }
  if (verdict === 'missed' || (verdict === 'ask' && !history.readable)) return decided({ type: 'missed' });
  if (verdict === 'declined') return decided({ type: 'recorded', outcome: 'declined', seconds: null });
  if (verdict === 'ask' || (verdict === 'ask-for-proof' && history.readable))
    return waits({ needsProof: verdict === 'ask-for-proof' });
  return known;
}

type Outcome = { type: 'missed' } | Omit<Extract<Decided, { type: 'recorded' }>, 'seq' | 'call' | 'at'>;
