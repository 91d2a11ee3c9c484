import { expect, test } from 'vitest';
import { createPbx } from '../../../src/core/pbx/client.ts';
import { createDirectory, type PbxDirectory } from '../../../src/core/pbx/directory.ts';
import type { PbxHttpOptions } from '../../../src/core/pbx/http.ts';
import type { CreateSession, Pbx } from '../../../src/core/pbx/types.ts';
import type { Result } from '../../../src/shared/result.ts';
import { keeperFor, tokenBody } from './support/accounts.ts';
import { bad, clientFor, good } from './support/connect.ts';
import { httpsServer, json, tlsServer, type Handler, type TestServer } from './support/servers.ts';

const QUICK = { connect: 2000, headers: 200, body: 200 };
const DATE = 'Mon, 23 Nov 2026 09:00:00 GMT';
const CALL: CreateSession = { caller: '101', callee: '+12015550123', sendSdp: true };

function pbxAt(server: Pick<TestServer, 'origin' | 'certificate'>, options: Partial<PbxHttpOptions> = {}) {
  const http = clientFor(server, options);
  return createPbx({ http, keeper: keeperFor(http).keeper });
}

async function openPbx(handler: Handler) {
  const server = await httpsServer(handler);
  return { server, pbx: pbxAt(server) };
}

test.each([200, 201])('reads the session list from a %i, with the time of the PBX', async (status) => {
  const { server, pbx } = await openPbx((_request, response) =>
    json(response, status, { count: 2, items: [{ id: '1', calls: [{ caller: '101' }] }, {}] }, { date: DATE }),
  );
  const list = good(await pbx.listSessions());
  expect(list).toMatchObject({ sessions: [{ id: '1' }], dropped: 1, pbxTime: Date.parse(DATE) });
  expect(server.requests).toMatchObject([
    { method: 'GET', url: '/api/sessions', headers: { authorization: 'Bearer access-1' } },
  ]);
});

test('sends all fields of a new call under their names in the API', async () => {
  const { server, pbx } = await openPbx((_request, response) => json(response, 201, { id: '884757570370146304' }));
  const created = await pbx.createSession({
    ...CALL,
    callerDisplayName: 'Zoë <script>',
    trunk: 'provider-1',
    rewriteFrom: '2015550100',
    rewritePai: '2015550101',
    rewriteRpi: '2015550102',
    userData: 'ticket 7',
    target: 'sip:101@10.0.0.7:5066',
    targetInstanceId: 'instance-1',
    targetExtensionNumber: '101',
    additionalHeader: 'ALERT_INFO_AUTO_ANSWER',
    headerDirection: 'CALLER',
  });
  expect(good(created)).toEqual({ id: '884757570370146304' });
  expect(server.requests).toMatchObject([{ method: 'POST', url: '/api/sessions' }]);
  expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
    caller: '101',
    callee: '+12015550123',
    send_sdp: true,
    caller_display_name: 'Zoë <script>',
    trunk: 'provider-1',
    rewrite_from: '2015550100',
    rewrite_pai: '2015550101',
    rewrite_rpi: '2015550102',
    user_data: 'ticket 7',
    target: 'sip:101@10.0.0.7:5066',
    target_instance_id: 'instance-1',
    target_extension_number: '101',
    additional_header: 'ALERT_INFO_AUTO_ANSWER',
    header_direction: 'CALLER',
  });
});

test('sends no fields that the caller left out', async () => {
  const { server, pbx } = await openPbx((_request, response) => json(response, 200, { id: 7 }));
  expect(good(await pbx.createSession({ ...CALL, sendSdp: false }))).toEqual({ id: '7' });
  expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
    caller: '101',
    callee: '+12015550123',
    send_sdp: false,
  });
});

test.each<[what: string, handler: Handler]>([
  ['does not answer the request for a call', () => undefined],
  ['stops in the middle of its answer', (_request, response) => response.writeHead(201).write('{')],
  ['answers by closing the connection', (_request, response) => response.destroy()],
  ['answers without an id', (_request, response) => json(response, 201, {})],
  ['answers with a web page', (_request, response) => response.end('<html>')],
  ['answers with a 504 of its gateway', (_request, response) => response.writeHead(504).end()],
])('reports dial-unanswered and sends one request if the PBX %s', async (_what, handler) => {
  const server = await httpsServer(handler);
  const error = bad(await pbxAt(server, { timeouts: QUICK }).createSession(CALL));
  expect(error.code).toBe('dial-unanswered');
  expect(server.requests).toHaveLength(1);
  expect(JSON.stringify(error)).not.toContain('2015550123');
});

test('reports the error of the connection if the request for a call could not be sent', async () => {
  const server = await httpsServer(() => undefined);
  const pbx = pbxAt(server);
  await server.close();
  expect(bad(await pbx.createSession(CALL)).code).toBe('connection-refused');
});

test('repeats the request for a call once with a new token if the token had expired', async () => {
  const { server, pbx } = await openPbx((request, response) => {
    if (request.url === '/api/auth/refresh_token') json(response, 200, tokenBody(2));
    else if (request.headers.authorization === 'Bearer access-2') json(response, 201, { id: 'x' });
    else json(response, 401, {});
  });
  expect(good(await pbx.createSession(CALL))).toEqual({ id: 'x' });
  expect(server.requests.map(({ url }) => url)).toEqual(['/api/sessions', '/api/auth/refresh_token', '/api/sessions']);
});

test('encodes the id of a session in the requests that read and end it', async () => {
  const { server, pbx } = await openPbx((request, response) => {
    if (request.method === 'POST') response.writeHead(204).end();
    else json(response, 200, { id: 'a/b?c=1', calls: [] });
  });
  expect(good(await pbx.getSession('a/b?c=1'))).toEqual({ id: 'a/b?c=1', legs: [] });
  expect(good(await pbx.destroySession('a/b?c=1'))).toBeNull();
  expect(server.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'GET /api/sessions/a%2Fb%3Fc%3D1',
    'POST /api/sessions/a%2Fb%3Fc%3D1/destroy',
  ]);
});

test.each(['', ' \n', 'null', '""', '{}'])('treats a 200 with %j as a successful hang-up', async (body) => {
  const { pbx } = await openPbx((_request, response) => response.end(body));
  expect(good(await pbx.destroySession('x'))).toBeNull();
});

test.each(['{"items":"none"}', '<html>', 'ok', '{'])('treats a 200 with %j as a failed hang-up', async (body) => {
  const { pbx } = await openPbx((_request, response) => response.end(body));
  expect(bad(await pbx.destroySession('x')).code).toBe('bad-answer');
});

// '.' and '..' would change the path, and half of a surrogate pair cannot be encoded.
test.each(['', '.', '..', '\uD800'])('refuses the session id %j without a request, also for a hang-up', async (id) => {
  const { server, pbx } = await openPbx((_request, response) => json(response, 200, {}));
  expect(bad(await pbx.getSession(id)).code).toBe('session-id-unusable');
  expect(bad(await pbx.destroySession(id)).code).toBe('session-id-unusable');
  expect(server.requests).toEqual([]);
});

const trunkError = { errors: [{ code: 'UNKNOWN', message: 'The trunk is not available' }] };

test.each([
  [403, '', 'list-forbidden', 'list-forbidden', 'dial-forbidden', 'hang-up-forbidden', 'pbx-refused'],
  [404, '', 'pbx-refused', 'not-found', 'pbx-refused', 'not-found', 'pbx-refused'],
  [400, '', 'pbx-refused', 'pbx-refused', 'pbx-refused', 'pbx-refused', 'pbx-refused'],
  [400, trunkError, 'pbx-refused', 'pbx-refused', 'trunk-unavailable', 'pbx-refused', 'pbx-refused'],
  [429, trunkError, 'rate-limited', 'rate-limited', 'rate-limited', 'rate-limited', 'rate-limited'],
  [500, '', 'pbx-failed', 'pbx-failed', 'dial-failed', 'pbx-failed', 'pbx-failed'],
  [502, '', 'pbx-failed', 'pbx-failed', 'dial-unanswered', 'pbx-failed', 'pbx-failed'],
  [302, '', 'bad-answer', 'bad-answer', 'bad-answer', 'bad-answer', 'bad-answer'],
])(
  'maps a %i with %j to these errors: list %s, session %s, dial %s, hang-up %s, user %s',
  async (status, body, ...codes) => {
    const { pbx } = await openPbx((_request, response) => json(response, status, body, { 'retry-after': '9' }));
    const errors = [
      bad(await pbx.listSessions()),
      bad(await pbx.getSession('x')),
      bad(await pbx.createSession({ ...CALL, trunk: 'provider-1' })),
      bad(await pbx.destroySession('x')),
      bad(await pbx.me()),
    ];
    expect(errors.map(({ code }) => code)).toEqual(codes);
    expect(errors.map(({ retryAfterMs }) => retryAfterMs)).toEqual([9000, 9000, 9000, 9000, 9000]);
  },
);

test('does not report an unavailable trunk if the request contained no trunk', async () => {
  const { pbx } = await openPbx((_request, response) => json(response, 400, trunkError));
  expect(bad(await pbx.createSession(CALL)).code).toBe('pbx-refused');
});

test('the detail of an error quotes the PBX without numbers and tokens', async () => {
  const message = 'Callee +1 (201) 555-0123 refused for eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0';
  const { pbx } = await openPbx((_request, response) =>
    json(response, 400, { errors: [{ code: 'VALIDATE_FAILED', message }] }),
  );
  const { detail } = bad(await pbx.createSession(CALL));
  expect(detail).toMatch(/^POST https:\/\/127\.0\.0\.1:\d+\/api\/sessions: answered 400; VALIDATE_FAILED Callee \+/);
  expect(detail?.replace(/:\d+/, '')).not.toMatch(/555|0123|eyJ/);
});

test.each<[what: string, handler: Handler, code: string]>([
  ['garbage', (_request, response) => response.end('\u0000garbage'), 'bad-answer'],
  ['a list without items', (_request, response) => json(response, 200, { count: 3 }), 'bad-answer'],
  ['empty', (_request, response) => response.writeHead(204).end(), 'bad-answer'],
  ['missing', () => undefined, 'timed-out'],
])('an answer to the session list that is %s gives the error %s', async (_what, handler, code) => {
  const server = await httpsServer(handler);
  expect(bad(await pbxAt(server, { timeouts: QUICK }).listSessions()).code).toBe(code);
});

test('reads the user', async () => {
  const { server, pbx } = await openPbx((_request, response) =>
    json(response, 200, { name: 'ada', display_name: 'Ada', extension_number: '101' }),
  );
  expect(good(await pbx.me())).toMatchObject({ username: 'ada', displayName: 'Ada', extension: '101' });
  expect(server.requests[0]?.url).toBe('/api/user');
});

test('requests the newest records of the call history, and repeats without options if the PBX refuses them', async () => {
  const { server, pbx } = await openPbx((request, response) => {
    if (request.url.includes('?')) json(response, 400, {});
    else json(response, 200, { items: [{ caller: '101' }] });
  });
  expect(good(await pbx.myCdrs())).toMatchObject([{ caller: '101' }]);
  expect(good(await pbx.myCdrs())).toHaveLength(1);
  expect(server.requests.map(({ url }) => url)).toEqual([
    '/api/user/cdrs?orderby=started_at%20desc&top=100',
    '/api/user/cdrs',
    '/api/user/cdrs',
  ]);
});

test('reads the user’s own status, with the time of the PBX', async () => {
  const { server, pbx } = await openPbx((_request, response) =>
    json(response, 200, { status: 'ONLINE', presence: 'RINGING' }, { date: DATE }),
  );
  expect(good(await pbx.userStatus())).toEqual({ activity: 'ringing', pbxTime: Date.parse(DATE) });
  expect(server.requests).toMatchObject([{ method: 'GET', url: '/api/user/status' }]);
});

test('requests changes of the call history with the token of the previous answer', async () => {
  const { server, pbx } = await openPbx((request, response) => {
    if (request.url.includes('diff')) json(response, 200, { token: 'b', items: [{ id: 'x', change_type: 'CREATED' }] });
    else json(response, 201, { token: 'a/1' });
  });
  const token = good(await pbx.cdrSync.start(Date.parse(DATE)));
  expect(good(await pbx.cdrSync.diff(token))).toMatchObject({ token: 'b', changes: [{ id: 'x', change: 'created' }] });
  expect(server.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'POST /api/user/cdrs/sync_tokens?date_from=2026-11-23T09%3A00%3A00.000Z',
    'POST /api/user/cdrs/sync_tokens/a%2F1/diff',
  ]);
});

test.each([
  [403, 'status-forbidden', 'history-forbidden', 'sync-token-unknown'],
  [404, 'status-forbidden', 'history-forbidden', 'sync-token-unknown'],
  [400, 'pbx-refused', 'pbx-refused', 'pbx-refused'],
  [429, 'rate-limited', 'rate-limited', 'rate-limited'],
  [500, 'pbx-failed', 'pbx-failed', 'pbx-failed'],
  [200, 'bad-answer', 'bad-answer', 'bad-answer'],
])('maps a %i to these errors: own status %s, new sync token %s, changes %s', async (status, ...codes) => {
  const { pbx } = await openPbx((_request, response) => json(response, status, {}));
  const errors = [
    bad(await pbx.userStatus()),
    bad(await pbx.cdrSync.start(Number.NaN)),
    bad(await pbx.cdrSync.diff('token')),
  ];
  expect(errors.map(({ code }) => code)).toEqual(codes);
});

// As for session ids.
test.each(['', '..', '\uD800'])('refuses the sync token %j without a request', async (token) => {
  const { server, pbx } = await openPbx((_request, response) => json(response, 200, { items: [] }));
  expect(bad(await pbx.cdrSync.diff(token)).code).toBe('sync-token-unknown');
  expect(server.requests).toEqual([]);
});

test('returns an error, without an exception, if the server answers in another protocol', async () => {
  const server = await tlsServer((socket) => socket.end('220 mail.example ESMTP\r\n'));
  expect(['bad-answer', 'connection-lost']).toContain(bad(await pbxAt(server).listSessions()).code);
});

const OPTIONAL_READS: [string, (parts: { pbx: Pbx; directory: PbxDirectory }) => Promise<Result<unknown>>, string][] = [
  ['the tenant', ({ pbx }) => pbx.tenant(), 'pbx-refused'],
  ['new voicemails', ({ pbx }) => pbx.newVoicemails(), 'pbx-refused'],
  ['the history', ({ pbx }) => pbx.myCdrs(), 'pbx-refused'],
  ["the user's own status", ({ pbx }) => pbx.userStatus(), 'status-forbidden'],
  ['changes of the history', ({ pbx }) => pbx.cdrSync.start(0), 'history-forbidden'],
  ['ring groups', ({ directory }) => directory.groups('ring_groups'), 'directory-forbidden'],
  ['contacts', ({ directory }) => directory.start('company'), 'directory-forbidden'],
];

function parts(http: ReturnType<typeof clientFor>, refreshToken: string) {
  const { keeper, losses } = keeperFor(http, undefined, { refreshToken });
  return { pbx: createPbx({ http, keeper }), directory: createDirectory({ http, keeper }), losses };
}

test.each(OPTIONAL_READS)(
  'a 401 for %s does not end the sign-in if its tokens are valid',
  async (_what, read, code) => {
    const server = await httpsServer((request, response) => {
      if (request.url === '/api/auth/refresh_token') json(response, 200, tokenBody(2));
      else if (request.url === '/api/user') json(response, 200, { extension_number: '1001' });
      else json(response, 401, {});
    });
    const http = clientFor(server);
    for (const refreshToken of ['refresh-1', '']) {
      const opened = parts(http, refreshToken);
      expect(await read(opened)).toMatchObject({ ok: false, error: { code } });
      expect(opened.losses).toEqual([]);
      expect((await opened.pbx.me()).ok).toBe(true);
    }
  },
);
