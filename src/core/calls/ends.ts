import { ownTalk, talkSeconds } from '../pbx/records.ts';
import { decide, isOutgoing, verdictOn } from './history.ts';
import { LIMIT_MS, MAX_COUNT } from './limits.ts';
import {
  isPlaceholderId,
  type Decided,
  type Ended,
  type HistoryState,
  type Model,
  type Pending,
  type Session,
} from './model.ts';

interface EndContext extends Pick<Model, 'own' | 'epoch' | 'seq'> {
  /** Monotonic ms. */
  now: number;
  /** How long the call of a nameless ring waits for its session or its entry in the history, in ms; 0 if none will come. */
  namelessWaitMs: number;
}

/** The history after the end of a session: the call is missed or declined, or waits for its entry in the history. */
export function historyAfterEnd(
  history: HistoryState,
  session: Session,
  end: Ended,
  { now, epoch, seq, own, namelessWaitMs }: EndContext,
): HistoryState {
  const { talk, rang } = session.me;
  const call = talk?.call ?? rang ?? session.call;
  if (call === null) return history;
  const at = Math.round(end.endedAt + epoch);
  const pending: Pending = { call, at, since: now, needsProof: false, lookups: 0, maxWaitMs: LIMIT_MS.historyWait };
  /** The call is listed as missed only after the history was checked. */
  const waits = (more: Partial<Pending>) => ({ ...known, waiting: [...history.waiting, Object.assign(pending, more)] });
  const decided = (outcome: Outcome) => ({ ...known, decided: decide(history, [{ ...outcome, seq, call, at }]) });
  let known = history;
  const verdict = verdictOn(session, end, own);
  const talked = ownTalk(end.record, call, own);
  if (isPlaceholderId(session.id)) {
    if (verdict === 'no') return history;
    return namelessWaitMs > 0 ? waits({ maxWaitMs: namelessWaitMs }) : decided({ type: 'missed' });
  }
  const outgoing = isOutgoing(session);
  if (talk !== null || verdict === 'answered' || verdict === 'missed' || outgoing)
    known = { ...history, announced: [...history.announced.slice(-MAX_COUNT.ends), pending] };
  if (talk !== null) {
    // Only polls have shown how long I talked. One request finds out more.
    const isExact = talked !== null || (talk.byEvent && (talk.until !== null || end.by === 'record'));
    return isExact || !history.readable ? known : waits({ needsProof: true, lookups: LIMIT_MS.historyLookups - 1 });
  }
  if (verdict === 'answered')
    return decided({ type: 'recorded', outcome: 'connected', seconds: talked && talkSeconds(talked) });
  if (outgoing) {
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

/** The history after call_cdr came for a call whose end another source had reported. */
export const historyAfterRecord: typeof historyAfterEnd = (history, session, end, context) => {
  const { talk } = session.me;
  const isOther = ({ call }: Pending): boolean => call.id !== session.id;
  const waiting = history.waiting.filter(isOther);
  const rest = { ...history, waiting, announced: history.announced.filter(isOther) };
  if (talk === null)
    return waiting.length < history.waiting.length ? historyAfterEnd(rest, session, end, context) : history;
  const talked =
    talk.until === null || talk.call.direction !== 'outgoing' ? ownTalk(end.record, talk.call, context.own) : null;
  if (talked === null) return history;
  const [at, seconds] = [Math.round(end.endedAt + context.epoch), talkSeconds(talked)];
  const decided: Decided = { type: 'recorded', seq: context.seq, call: talk.call, at, outcome: 'connected', seconds };
  return { ...history, waiting, decided: decide(history, [decided]) };
};

type Outcome = { type: 'missed' } | Omit<Extract<Decided, { type: 'recorded' }>, 'seq' | 'call' | 'at'>;
