import type { CallHistory } from '../cdrs.ts';
import { ok, refuse } from '../http.ts';
import { ACCOUNT, DIRECT_NUMBER, DOMAIN } from '../office.ts';
import type { Route } from '../router.ts';
import type { Switchboard } from '../switchboard.ts';

/** What a user may read of themselves (OpenAPI 22.2 `/user*`). */
export const userRoutes = (board: Switchboard, history: CallHistory): Route[] => [
  {
    method: 'GET',
    path: '/api/user',
    answer: () =>
      ok({
        id: '700551909773148160',
        name: ACCOUNT.username,
        email: `alex@${DOMAIN}`,
        display_name: ACCOUNT.displayName,
        role: 'StandardUser',
        enabled: true,
        mobile_phone: '',
        work_phone: DIRECT_NUMBER,
        home_phone: null,
        extension_number: ACCOUNT.extension,
        enable_dnd: false,
        enable_acb: false,
        outbound_caller_ids: [
          { provider_id: '700551909773148170', caller_id: DIRECT_NUMBER, preferred: true, description: 'Direct line' },
        ],
        avatar_file_url: '',
        created_at: '2025-02-27T08:00:00Z',
      }),
  },
  {
    method: 'GET',
    path: '/api/user/status',
    answer: () => {
      const onCall = board.isBusy(ACCOUNT.extension);
      return ok({
        status: onCall ? 'ON_CALL' : 'ONLINE',
        presence: onCall ? 'ON_CALL' : 'AVAILABLE',
        presence_note: '',
        registration: [
          {
            instance_id: 'urn:uuid:00000000-0000-1000-8000-0004f2000001',
            user_agent: 'Demo Desk Phone 1.0',
            application: 'DESK_PHONE',
            ip: '127.0.0.1',
            enable_push: false,
            contact_address: `sip:${ACCOUNT.extension}@127.0.0.1:5060`,
          },
        ],
        enable_dnd: false,
        enable_acb: false,
      });
    },
  },
  {
    method: 'GET',
    path: '/api/user/cdrs',
    answer: ({ query }) => {
      const skip = wholeNumber(query.get('skip'), 0);
      const top = wholeNumber(query.get('top'), 100);
      if (skip === null || top === null || top < 1 || top > 100) {
        return refuse(400, 'VALIDATE_FAILED', 'skip must be 0 or more, top 1 to 100');
      }
      const all = history.newestFirst();
      return ok({ count: all.length, items: all.slice(skip, skip + top) });
    },
  },
];

function wholeNumber(text: string | null, absent: number): number | null {
  if (text === null) return absent;
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
