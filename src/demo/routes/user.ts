import { ok } from '../http.ts';
import { ACCOUNT, DIRECT_NUMBER, type User } from '../office.ts';
import type { Route } from '../router.ts';
import type { Activity, Switchboard } from '../switchboard.ts';

/** Release 22.3 has other words for what a phone does ("Summary of changes", 22.3). */
export type StatusWords = '22.2' | '22.3';

/** What a user may read of themselves (OpenAPI 22.2 `/user`, `/user/status`). */
export const userRoutes = (board: Switchboard, words: StatusWords): Route[] => [
  {
    method: 'GET',
    path: '/api/user',
    // That a system administrator gets an answer, and this one, is a guess.
    answer: (_request, _id, user) => ok(user.domain === '' ? whoIs(user) : { ...whoIs(user), ...phonesOf(user) }),
  },
  {
    method: 'GET',
    path: '/api/user/status',
    ofTenant: true,
    answer: (_request, _id, { extension }) =>
      ok({
        ...(extension === '' ? OFFLINE : STATUS[words][board.activityOf(extension)]),
        presence_note: '',
        registration: extension === '' ? [] : [deskPhone(extension)],
        enable_dnd: false,
        enable_acb: false,
      }),
  },
];

const OFFLINE = { status: 'OFFLINE', presence: 'OFFLINE' };

/** 22.2 has no word for ringing. That `status` of 22.3, which has none either, stays ONLINE meanwhile is a guess. */
const STATUS: Record<StatusWords, Record<Activity, { status: string; presence: string }>> = {
  '22.2': {
    idle: { status: 'ONLINE', presence: 'AVAILABLE' },
    ringing: { status: 'ON_CALL', presence: 'ON_CALL' },
    talking: { status: 'ON_CALL', presence: 'ON_CALL' },
  },
  '22.3': {
    idle: { status: 'ONLINE', presence: 'ONLINE' },
    ringing: { status: 'ONLINE', presence: 'RINGING' },
    talking: { status: 'OTHER_CALL', presence: 'OTHER_CALL' },
  },
};

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
