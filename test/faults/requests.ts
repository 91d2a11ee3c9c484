import type { z } from 'zod';
import { accountState } from '../../src/core/pbx/account-state.ts';
import { probeServer } from '../../src/core/pbx/probe.ts';
import { parseServerAddress } from '../../src/core/pbx/server-address.ts';
import { refreshTokens, signIn, signOut } from '../../src/core/pbx/sign-in.ts';
import { sendCode, verifyCode } from '../../src/core/pbx/two-factor.ts';
import type { Result } from '../../src/shared/result.ts';
import { good } from '../core/pbx/support/connect.ts';
import { listen, oldTokens, withHttp, withPbx, type Target } from './asking.ts';
import { GOOD } from './good-values.ts';
import { NETWORK } from '../../src/core/pbx/transport.ts';

/** The requests that the program sends; `sign_in`, `oauth` and `v16` are the sign-ins of three releases. */
export const KINDS = [
  'probe',
  'probe_tenant',
  'sign_in',
  'sign_in_code',
  'oauth',
  'v16',
  'send_code',
  'verify_code',
  'rights',
  'refresh',
  'refresh_oauth',
  'refresh_v16',
  'sign_out',
  'me',
  'tenant',
  'voicemails',
  'list',
  'get',
  'create',
  'destroy',
  'status',
  'cdrs',
  'sync',
  'diff',
  'upgrade',
] as const;

export type Kind = (typeof KINDS)[number];

/** The requests with a JSON answer. */
export type AnsweredKind = Exclude<Kind, 'upgrade'>;

export interface RequestKind {
  /** The request that gets the fault, "METHOD /path". */
  at: string;
  /** Sign-in flows that this PBX lacks, so that the request is made at all. */
  without?: readonly string[];
  /** Has the same outcomes as this other kind. */
  like?: Kind;
  /** The correct answer; null when it is not read. */
  answer: unknown;
  ask(target: Target): Promise<Result<unknown>>;
  /** The valid results, whatever the PBX sent. */
  value: z.ZodType;
}

const DOMAIN = 'office.example.com';
const CREDENTIALS = { username: 'alex', password: 'secret', domain: DOMAIN };
const CHALLENGE = { token: 'challenge-1' };
const JSON_SIGN_IN = 'POST /api/auth/sign_in';
const OAUTH = 'POST /api/login/oauth/token';

const TOKENS = { token_type: 'Bearer', access_token: 'fresh', refresh_token: 'fresh-too', expires_in: 1800 };
const LEG = {
  caller: '+12015550123',
  caller_display_name: 'Anna Berg',
  callee: '1001',
  trunk: 'Main',
  started_at: '2026-01-05T09:00:00Z',
  talking_time: 5,
};
const SESSION = { id: '884757570370146304', calls: [LEG] };
const CDR = {
  caller: '1001',
  callee: '+12015550123',
  started_at: '2026-01-05T09:00:00Z',
  answered_at: '2026-01-05T09:00:05.120000Z',
  ended_at: '2026-01-05T09:01:00Z',
  end_reason: 'CALLER_DISCONNECTED',
  status_code: 0,
};
const INFO = { name: 'Demo Office', web_domain: 'pbx.example.com', private_ipv4: '192.0.2.1', enable_ipv6: false };

const probe = (domain: string) => (target: Target) =>
  probeServer({
    address: good(parseServerAddress(target.origin)),
    domain,
    transport: NETWORK,
    trust: { fingerprint: target.fingerprint },
    clock: target.clock,
  });

const signInTo = (target: Target) => withHttp(target, (http) => signIn(http, CREDENTIALS, target.clock));

const refresh = (flow: 'json' | 'oauth' | 'v16') => (target: Target) =>
  withHttp(target, (http) => refreshTokens(http, oldTokens(target, flow), target.clock));

export const REQUESTS: Record<Kind, RequestKind> = {
  probe: { at: 'GET /api/info', answer: INFO, ask: probe(''), value: GOOD.server },
  probe_tenant: { at: `GET /api/info?domain=${DOMAIN}`, answer: INFO, ask: probe(DOMAIN), value: GOOD.server },
  sign_in: { at: JSON_SIGN_IN, answer: TOKENS, ask: signInTo, value: GOOD.step },
  sign_in_code: {
    at: JSON_SIGN_IN,
    like: 'sign_in',
    answer: { two_factor_enabled: true, token: 'challenge-1' },
    ask: signInTo,
    value: GOOD.step,
  },
  oauth: { at: OAUTH, like: 'sign_in', without: [JSON_SIGN_IN], answer: TOKENS, ask: signInTo, value: GOOD.step },
  v16: {
    at: 'POST /api/tokens',
    like: 'sign_in',
    without: [JSON_SIGN_IN, OAUTH],
    answer: TOKENS,
    ask: signInTo,
    value: GOOD.step,
  },
  send_code: {
    at: 'POST /api/auth/send_otp',
    answer: null,
    ask: (target) => withHttp(target, (http) => sendCode(http, CHALLENGE)),
    value: GOOD.nothing,
  },
  verify_code: {
    at: 'POST /api/auth/verify_otp',
    // A success without tokens causes a second request, which this PBX would accept.
    without: ['GET /api/auth/user'],
    answer: TOKENS,
    ask: (target) => withHttp(target, (http) => verifyCode(http, CHALLENGE, '123456', target.clock)),
    value: GOOD.tokens,
  },
  rights: {
    at: 'GET /api/auth/user',
    answer: { role: 'StandardUser', password_force_reset: false, capabilities: ['calls', { name: 'cdrs' }] },
    ask: (target) => withHttp(target, (http) => accountState(http, 'old')),
    value: GOOD.account,
  },
  refresh: { at: 'POST /api/auth/refresh_token', answer: TOKENS, ask: refresh('json'), value: GOOD.tokens },
  refresh_oauth: { at: OAUTH, like: 'refresh', answer: TOKENS, ask: refresh('oauth'), value: GOOD.tokens },
  refresh_v16: {
    at: 'POST /api/tokens/refresh',
    like: 'refresh',
    answer: TOKENS,
    ask: refresh('v16'),
    value: GOOD.tokens,
  },
  sign_out: {
    at: 'POST /api/auth/sign_out',
    answer: null,
    ask: (target) => withHttp(target, (http) => signOut(http, oldTokens(target))),
    value: GOOD.nothing,
  },
  me: {
    at: 'GET /api/user',
    answer: {
      name: 'alex',
      display_name: 'Alex Morgan',
      extension_number: '1001',
      mobile_phone: '',
      work_phone: '+12015550100',
      home_phone: null,
      outbound_caller_ids: [{ caller_id: '+12015550101', preferred: true }],
    },
    ask: (target) => withPbx(target, (pbx) => pbx.me()),
    value: GOOD.user,
  },
  tenant: {
    at: 'GET /api/tenant',
    like: 'me',
    answer: {
      region: 'USA',
      timezone: 'America/New_York',
      e164: { enabled: true, country: 'United States(1)' },
      contact_match_type: 'MATCH_LENGTH',
      contact_match_length: 8,
    },
    ask: (target) => withPbx(target, (pbx) => pbx.tenant()),
    value: GOOD.tenant,
  },
  voicemails: {
    at: 'GET /api/voicemails',
    like: 'me',
    answer: { count: 1, items: [{ id: '1', sender: '+12015550123', status: 'UNREAD', duration: 12 }] },
    ask: (target) => withPbx(target, (pbx) => pbx.newVoicemails()),
    value: GOOD.count,
  },
  list: {
    at: 'GET /api/sessions',
    answer: { count: 1, items: [SESSION] },
    ask: (target) => withPbx(target, (pbx) => pbx.listSessions()),
    value: GOOD.list,
  },
  get: {
    at: 'GET /api/sessions/1',
    answer: SESSION,
    ask: (target) => withPbx(target, (pbx) => pbx.getSession('1')),
    value: GOOD.session,
  },
  create: {
    at: 'POST /api/sessions',
    answer: { id: '884757570370146304' },
    ask: (target) =>
      withPbx(target, (pbx) => pbx.createSession({ caller: '1001', callee: '+12015550123', sendSdp: false })),
    value: GOOD.created,
  },
  destroy: {
    at: 'POST /api/sessions/1/destroy',
    answer: null,
    ask: (target) => withPbx(target, (pbx) => pbx.destroySession('1')),
    value: GOOD.nothing,
  },
  status: {
    at: 'GET /api/user/status',
    answer: { status: 'ON_CALL', presence: 'ON_CALL', presence_note: '', registration: [], enable_dnd: false },
    ask: (target) => withPbx(target, (pbx) => pbx.userStatus()),
    value: GOOD.status,
  },
  cdrs: {
    at: 'GET /api/user/cdrs',
    answer: { count: 1, items: [CDR] },
    ask: (target) => withPbx(target, (pbx) => pbx.myCdrs()),
    value: GOOD.cdrs,
  },
  sync: {
    at: 'POST /api/user/cdrs/sync_tokens',
    answer: { token: 'token-1' },
    ask: (target) => withPbx(target, (pbx) => pbx.cdrSync.start(target.clock.now())),
    value: GOOD.syncToken,
  },
  diff: {
    at: 'POST /api/user/cdrs/sync_tokens/token-1/diff',
    answer: { token: 'token-2', items: [{ id: '7', change_type: 'CREATED', items: [CDR] }] },
    ask: (target) => withPbx(target, (pbx) => pbx.cdrSync.diff('token-1')),
    value: GOOD.diff,
  },
  /** The WebSocket upgrade. What follows it is tested in push.test.ts. */
  upgrade: { at: 'GET /wsi', answer: null, ask: listen, value: GOOD.nothing },
};

/** The correct answer to a request ("METHOD /path"); undefined for an unknown path. */
export function answerTo(request: string): unknown {
  const known = KINDS.map((kind) => REQUESTS[kind]).find(({ at }) => at === request);
  return known === undefined ? undefined : (known.answer ?? {});
}

/** How a request ended; anything but an error's code or `good` is a defect. */
export function outcomeOf(kind: Kind, result: Result<unknown>): string {
  if (!result.ok) return result.error.code;
  const issue = REQUESTS[kind].value.safeParse(result.value).error?.issues[0];
  return issue === undefined ? 'good' : `not a value: ${issue.message} at "${issue.path.join('.')}"`;
}
