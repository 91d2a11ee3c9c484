import type { Party } from '../../shared/call.ts';
import type { HistoryCall } from '../../shared/history.ts';
import type { ExplainedCall } from '../../shared/notified.ts';
import { normaliseNumber, sameNumber } from '../../shared/same-number.ts';
import type { History } from '../history/history.ts';
import { otherSide, type ContentContext } from './content.ts';
import type { Reasons } from './reasons.ts';

export interface ExplainCallsOptions extends Pick<ContentContext, 'formatNumber'> {
  reasons: Pick<Reasons, 'reasonsFor' | 'calls'>;
  /** Reads the history, with the names of people. */
  page: History['page'];
}

/** How many calls are explained. */
const MAX_EXPLAINED = 8;
/** How many pages of the history are searched for calls with the number. */
const MAX_PAGES = 4;

/**
 * Explains for the latest calls, newest first, why the user was or was not notified. With a `number`, these are the
 * calls with that number, including those of colleagues; with '', the user's own calls.
 */
export async function explainCalls(number: string, options: ExplainCallsOptions): Promise<ExplainedCall[]> {
  const { reasons } = options;
  const hasNumber = (party: Pick<Party, 'number'>): boolean => number === '' || sameNumber(party.number, number);
  const past = await pastCalls(number, hasNumber, options.page);
  const pastIds = new Set(past.map(({ id }) => id));
  // Calls with a decision that are not in the history: they are still in progress, or are calls of colleagues.
  const decided = [...reasons.calls('mine'), ...(number === '' ? [] : reasons.calls('others'))];
  const calls = [
    ...past.map((call) => ({ other: call, at: call.at, notified: reasons.reasonsFor(call) })),
    ...decided
      .filter(({ id, other }) => !pastIds.has(id) && hasNumber(other))
      .map(({ other, at, ringing, missed }) => ({ other, at, notified: { ringing, missed } })),
  ];
  return calls
    .sort((a, b) => b.at - a.at)
    .slice(0, MAX_EXPLAINED)
    .map(({ other, at, notified }) => {
      const side = otherSide(other, options);
      return { name: side.name, number: side.number, at, notified };
    });
}

async function pastCalls(
  number: string,
  hasNumber: (call: HistoryCall) => boolean,
  page: History['page'],
): Promise<HistoryCall[]> {
  // The history is searched for the last digits, because they are the same however the number was written.
  const text = normaliseNumber(number).slice(-7);
  const found: HistoryCall[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < MAX_PAGES && found.length < MAX_EXPLAINED; pages += 1) {
    const { entries, next } = await page({ text, only: null }, cursor);
    found.push(...entries.filter(hasNumber));
    cursor = next;
    if (cursor === null) break;
  }
  return found;
}
