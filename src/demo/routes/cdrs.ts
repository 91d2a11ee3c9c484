import type { CdrSync } from '../cdr-sync.ts';
import type { CallHistory } from '../cdrs.ts';
import { ok, refuse } from '../http.ts';
import type { Route } from '../router.ts';

/** The user's own call history, complete or only new entries (OpenAPI 22.2 `/user/cdrs*`). */
export const cdrRoutes = (history: CallHistory, sync: CdrSync): Route[] => [
  {
    method: 'GET',
    path: '/api/user/cdrs',
    ofTenant: true,
    answer: ({ query }, _id, user) => {
      const skip = wholeNumber(query.get('skip'), 0);
      const top = wholeNumber(query.get('top'), 100);
      if (skip === null || top === null || top < 1 || top > 100) {
        return refuse(400, 'VALIDATE_FAILED', 'skip must be 0 or more, top 1 to 100');
      }
      const all = history.of(user);
      return ok({ count: all.length, items: all.slice(skip, skip + top) });
    },
  },
  {
    method: 'POST',
    path: '/api/user/cdrs/sync_tokens',
    ofTenant: true,
    answer: ({ query }) => {
      const date = query.get('date_from');
      // It is not documented whether the date may be left out.
      const from = date === null ? 0 : rfc3339(date);
      if (from === null) return refuse(400, 'VALIDATE_FAILED', 'date_from must be a time as in RFC 3339');
      return ok({ token: sync.begin(from) });
    },
  },
  {
    method: 'POST',
    path: '/api/user/cdrs/sync_tokens/{id}/diff',
    ofTenant: true,
    answer: (_request, token, user) => {
      const diff = sync.diff(token, user);
      // 403 is documented: the client must start over with a new token.
      return diff === null ? refuse(403, 'UNKNOWN', 'The sync token is unknown') : ok(diff);
    },
  },
];

/** Reads a whole number; `fallback` if there is no text, null for any other text. */
function wholeNumber(text: string | null, fallback: number): number | null {
  if (text === null) return fallback;
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/** Reads a time in RFC 3339 as ms since 1970; null for any other text. */
function rfc3339(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}
