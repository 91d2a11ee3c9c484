import type { Desk } from '../core/desk.ts';
import { explainCalls } from '../core/notify/explain-calls.ts';
import type { Reasons } from '../core/notify/reasons.ts';
import type { ExplainedCall } from '../shared/notified.ts';
import { showNumber } from '../shared/show-number.ts';

/** Answers `traydial why`. Loaded when that is called for the first time. */
export const why = (number: string, desk: Desk, reasons: Reasons): Promise<ExplainedCall[]> =>
  explainCalls(number, {
    reasons,
    formatNumber: (raw) => showNumber(raw, desk.settings.dialling.country),
    page: async (filter, before) => {
      const { entries, next } = await desk.history.page(filter, before);
      return { entries: desk.people.recents(entries), next };
    },
  });
