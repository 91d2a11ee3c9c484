import type { Party } from '../../shared/call.ts';
import type { HistoryCall } from '../../shared/history.ts';
import type { ExplainedCall } from '../../shared/notified.ts';
import { normaliseNumber, sameNumber } from '../../shared/same-number.ts';
import type { History } from '../history/history.ts';
import { otherSide, type ContentContext } from './content.ts';
import type { Reasons } from './reasons.ts';

export interface ExplainCallsOptions extends Pick<ContentContext, 'formatNumber'> {
  reasons: Pick<Reasons, 'reasonsFor' | 'calls'>;
  /** The history with the names of people. */
  page: History['page'];
}

/** So many calls are explained at once. */
const MAX_EXPLAINED = 8;
/** So many pages of the history are searched for a number. */
const MAX_PAGES = 4;

/**
 * Why the user was notified of calls, or was not: of their latest calls, newest first, or of the latest calls with a
 * number, those of colleagues included. '' for all numbers.
 */
export async function explainCalls(number: string, options: ExplainCallsOptions): Promise<ExplainedCall[]> {
  const { reasons } = options;
  const isAsked = (party: Pick<Party, 'number'>): boolean => number === '' || sameNumber(party.number, number);
  const past = await pastCalls(number, isAsked, options.page);
  const known = new Set(past.map(({ id }) => id));
  const kept = [...reasons.calls('mine'), ...(number === '' ? [] : reasons.calls('others'))];
  const calls = [
    ...past.map((call) => ({ other: call, at: call.at, notified: reasons.reasonsFor(call) })),
    ...kept
      .filter(({ id, other }) => !known.has(id) && isAsked(other))
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
  isAsked: (call: HistoryCall) => boolean,
  page: History['page'],
): Promise<HistoryCall[]> {
  // The history finds parts of numbers. The last digits are the same however a number is written.
  const text = normaliseNumber(number).slice(-7);
  const found: HistoryCall[] = [];
  let before: string | null = null;
  for (let pages = 0; pages < MAX_PAGES && found.length < MAX_EXPLAINED; pages += 1) {
    const answer = await page({ text, only: null }, before);
    found.push(...answer.entries.filter(isAsked));
    before = answer.next;
    if (before === null) break;
  }
  return found;
}
