import { expect, test } from 'vitest';
import { accountState } from '../../../src/core/pbx/account-state.ts';
import { bad, clientFor, good } from './support/connect.ts';
import { httpsServer, json, tlsServer } from './support/servers.ts';

const RIGHTS = { role: 'StandardUser', password_verified: true, password_force_reset: false };
const ALEX = { name: 'alex', display_name: 'Alex', extension_number: '101' };

/** A PBX that answers GET /auth/user and GET /user as given. */
const pbx = (rights: [status: number, body: unknown], user: [status: number, body: unknown] = [200, ALEX]) =>
  httpsServer((request, response) => json(response, ...(request.url === '/api/auth/user' ? rights : user)));

test('a user with an extension is ready, and has the details that the PBX reports', async () => {
  const capabilities = ['CompanyCallSessions.ViewOnly', { name: 'Users.ViewOnly' }, 7, null, ''];
  const server = await pbx([200, { ...RIGHTS, domain: 'office.example', capabilities }]);
  expect(good(await accountState(clientFor(server), 'access-1'))).toEqual({
    state: 'ok',
    role: 'StandardUser',
    capabilities: ['CompanyCallSessions.ViewOnly', 'Users.ViewOnly'],
    user: {
      username: 'alex',
      displayName: 'Alex',
      extension: '101',
      otherNumbers: [],
      lineCountry: '',
      zoneCountry: '',
    },
  });
  expect(server.requests).toMatchObject([
    { method: 'GET', url: '/api/auth/user', headers: { authorization: 'Bearer access-1' } },
    { method: 'GET', url: '/api/user', headers: { authorization: 'Bearer access-1' } },
  ]);
});

test('reports only that the password must be changed, without asking for the user', async () => {
  const server = await pbx([200, { ...RIGHTS, password_force_reset: true }]);
  expect(good(await accountState(clientFor(server), 't'))).toMatchObject({ state: 'password-change-needed' });
  expect(server.requests).toHaveLength(1);
});

test.each(['SystemAdmin', 'Dealer', 'Replicator'])('a user with the role %s belongs to no tenant', async (role) => {
  const server = await pbx([200, { ...RIGHTS, role }], [403, '']);
  expect(good(await accountState(clientFor(server), 't'))).toMatchObject({ state: 'no-tenant', role, user: null });
});

test.each(['', null, undefined])(
  'a user whose extension is %j is reported as one without an extension',
  async (extension_number) => {
    const server = await pbx([200, RIGHTS], [200, { ...ALEX, extension_number }]);
    expect(good(await accountState(clientFor(server), 't'))).toMatchObject({
      state: 'no-extension',
      user: { username: 'alex' },
    });
  },
);

test.each([
  [404, ''],
  [405, ''],
  [403, { errors: [{ code: 'FORBIDDEN', message: 'no' }] }],
  [200, 'not an object'],
  [200, { role: 7, capabilities: 'all', password_force_reset: 'yes' }],
  // Halves of emojis, which are not valid text.
  [200, { role: '\ud83d', capabilities: ['\ud83d', { name: '\udcde' }] }],
])('an account is usable if GET /auth/user answers %i %j', async (status, body) => {
  const server = await pbx([status, body]);
  expect(good(await accountState(clientFor(server), 't'))).toMatchObject({
    state: 'ok',
    role: '',
    capabilities: [],
    user: { extension: '101' },
  });
});

test.each([
  [403, ''],
  [404, ''],
  [500, ''],
  [200, {}],
  [200, 'nonsense'],
])('an account is usable, with an unknown user, if GET /user answers %i %j', async (status, body) => {
  const server = await pbx([200, RIGHTS], [status, body]);
  expect(good(await accountState(clientFor(server), 't'))).toMatchObject({ state: 'ok', user: null });
});

test.each<[rights: number, user: number, code: string]>([
  [401, 200, 'session-expired'],
  [200, 401, 'session-expired'],
  [404, 401, 'session-expired'],
  [429, 200, 'rate-limited'],
  [503, 200, 'pbx-failed'],
])('answers of %i to GET /auth/user and %i to GET /user give the error %s', async (rights, user, code) => {
  const server = await pbx([rights, RIGHTS], [user, ALEX]);
  expect(bad(await accountState(clientFor(server), 't')).code).toBe(code);
});

test('a connection that is cut gives the error connection-lost', async () => {
  const server = await tlsServer((socket) => socket.once('data', () => socket.destroy()));
  expect(bad(await accountState(clientFor(server), 't')).code).toBe('connection-lost');
});
