import type { Expected } from './expected.ts';

/** A refusal: a refused refresh token ends the sign-in, and a refused tenant is unknown. */
const REFUSED: Expected = {
  most: 'pbx-refused',
  probe_tenant: 'domain-unknown',
  send_code: 'two-factor-expired',
  refresh: 'session-expired',
  // These do not mean that the account is wrong.
  rights: 'good',
  upgrade: 'push-missing',
};
const WRONG_PASSWORD = { sign_in: 'sign-in-refused' } as const;
const WRONG_CODE = { verify_code: 'two-factor-wrong' } as const;
const CODE_TOO_LATE = { verify_code: 'two-factor-expired' } as const;
/** A PBX of another release: the program tries the next sign-in flow; there is none after the last. */
const NO_SUCH_SIGN_IN = { sign_in: 'good', v16: 'not-portsip' } as const;
const NO_SUCH_API = { status: 'status-forbidden', sync: 'history-forbidden', diff: 'sync-token-unknown' } as const;
/** Redirects are not followed, because they could leak a token. */
const REDIRECT: Expected = {
  most: 'bad-answer',
  probe: 'not-portsip',
  probe_tenant: 'not-portsip',
  upgrade: 'push-missing',
};
/** The call may still have been placed. */
const FAILED: Expected = { most: 'pbx-failed', create: 'dial-failed' };
const GATEWAY: Expected = { most: 'pbx-failed', create: 'dial-unanswered' };
const NOT_AS_WEBSOCKET: Expected = { ...FAILED, upgrade: 'push-missing' };

const SPECIAL: Record<number, Expected> = {
  400: { ...REFUSED, ...WRONG_PASSWORD, ...WRONG_CODE },
  // The other requests are repeated with a refreshed token and refused again.
  401: {
    ...REFUSED,
    ...WRONG_PASSWORD,
    ...CODE_TOO_LATE,
    most: 'session-expired',
    probe: 'pbx-refused',
    rights: 'session-expired',
    sign_out: 'good',
    // These may lack a permission.
    tenant: 'pbx-refused',
    voicemails: 'pbx-refused',
    cdrs: 'pbx-refused',
    status: 'status-forbidden',
    sync: 'history-forbidden',
    diff: 'sync-token-unknown',
  },
  403: {
    ...REFUSED,
    ...WRONG_PASSWORD,
    ...WRONG_CODE,
    ...NO_SUCH_API,
    list: 'list-forbidden',
    get: 'list-forbidden',
    create: 'dial-forbidden',
    destroy: 'hang-up-forbidden',
  },
  404: {
    ...REFUSED,
    ...NO_SUCH_SIGN_IN,
    ...CODE_TOO_LATE,
    ...NO_SUCH_API,
    probe: 'not-portsip',
    get: 'not-found',
    destroy: 'not-found',
  },
  405: { ...REFUSED, ...NO_SUCH_SIGN_IN, ...CODE_TOO_LATE, ...NO_SUCH_API },
  406: { ...REFUSED, ...WRONG_CODE },
  408: { most: 'timed-out' },
  409: { ...REFUSED, ...WRONG_CODE },
  410: { ...REFUSED, ...CODE_TOO_LATE },
  422: { ...REFUSED, ...WRONG_CODE },
  // "Too early" is temporary, so the upgrade is tried again.
  425: { ...REFUSED, upgrade: 'pbx-refused' },
  429: { most: 'rate-limited' },
  501: NOT_AS_WEBSOCKET,
  502: GATEWAY,
  504: GATEWAY,
  505: NOT_AS_WEBSOCKET,
};

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, n) => from + n);

/** Every registered status, and some unofficial ones. */
const ALL = [
  ...range(300, 308),
  ...range(400, 426),
  ...[428, 429, 431, 444, 451, 499],
  ...range(500, 508),
  ...[510, 511, 520, 529, 599],
];

const usual = (status: number): Expected => (status < 400 ? REDIRECT : status < 500 ? REFUSED : FAILED);

/** By status; the body is PortSIP's `{errors: […]}`. */
export const STATUSES: readonly (readonly [status: number, expected: Expected])[] = ALL.map((status) => [
  status,
  SPECIAL[status] ?? usual(status),
]);

/** Statuses that are tested with several bodies. */
export const DISTINCT: ReadonlySet<number> = new Set([302, 304, 400, 401, 403, 404, 408, 422, 429, 500, 502, 503]);
