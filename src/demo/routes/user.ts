import type { Dialect } from '../dialect.ts';
import { ok } from '../http.ts';
import { ACCOUNT, DIRECT_NUMBER, type User } from '../office.ts';
import type { Route } from '../router.ts';
import type { Switchboard } from '../switchboard.ts';

/** The data of the signed-in user (OpenAPI 22.2 `/user`, `/user/status`). */
export const userRoutes = (board: Switchboard, dialect: Dialect): Route[] => [
  {
    method: 'GET',
    path: '/api/user',
    // This answer for a system administrator is a guess.
    answer: (_request, _id, user) => ok(user.domain === '' ? whoIs(user) : { ...whoIs(user), ...phonesOf(user) }),
  },
  {
    method: 'GET',
    path: '/api/user/status',
    ofTenant: true,
    answer: (_request, _id, { extension }) => {
      const { status, presence } = extension === '' ? OFFLINE : dialect.phone[board.activityOf(extension)];
      return ok({
        status,
        presence,
        presence_note: '',
        registration: extension === '' ? [] : [deskPhone(extension)],
        enable_dnd: false,
        enable_acb: false,
      });
    },
  },
];

const OFFLINE = { status: 'OFFLINE', presence: 'OFFLINE' };

const whoIs = (user: User): object => ({
  id: user.id,
  name: user.username,
  email: user.email,
  display_name: user.displayName,
  role: user.role,
  enabled: true,
  avatar_file_url: '',
  created_at: '2025-02-27T08:00:00Z',
});

const phonesOf = ({ extension }: User): object => ({
  mobile_phone: '',
  work_phone: extension === ACCOUNT.extension ? DIRECT_NUMBER : '',
  home_phone: null,
  extension_number: extension,
  enable_dnd: false,
  enable_acb: false,
  outbound_caller_ids:
    extension === ACCOUNT.extension
      ? [{ provider_id: '700551909773148170', caller_id: DIRECT_NUMBER, preferred: true, description: 'Direct line' }]
      : [],
});

const deskPhone = (extension: string): object => ({
  instance_id: 'urn:uuid:00000000-0000-1000-8000-0004f2000001',
  user_agent: 'Demo Desk Phone 1.0',
  application: 'DESK_PHONE',
  ip: '127.0.0.1',
  enable_push: false,
  contact_address: `sip:${extension}@127.0.0.1:5060`,
});
