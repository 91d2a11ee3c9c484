import { expect, test } from 'vitest';
import { NOTHING_TRIED, openPushAccess, type PushMemory } from '../../../src/core/account/push-access.ts';
import { appError } from '../../../src/shared/errors.ts';
import { err, ok } from '../../../src/shared/result.ts';

const PASSWORD = { by: 'password', username: 'ada', password: 'wonder', domain: 'office.test' };
const TOKEN = { by: 'token', accessToken: 'access-1' };

function access(
  options: { password?: string | null; mayTryToken?: boolean; memory?: PushMemory; lost?: boolean } = {},
) {
  const { password = 'wonder', mayTryToken = false, memory = NOTHING_TRIED, lost = false } = options;
  const remembered: PushMemory[] = [];
  const push = openPushAccess({
    server: { host: 'pbx.test', port: 8887, trust: { fingerprint: null } },
    username: 'ada',
    domain: 'office.test',
    password: () => password,
    accessToken: () => Promise.resolve(lost ? err(appError('session-expired')) : ok('access-1')),
    mayTryToken: () => mayTryToken,
    memory,
    onMemory: (next) => remembered.push(next),
  });
  return { push, remembered };
}

test('offers only the password, which is documented, and nothing if it is unknown', async () => {
  expect(await access().push.credentials()).toEqual(ok([PASSWORD]));
  expect(access().push.possible).toBe(true);
  expect(await access({ password: null }).push.credentials()).toEqual(ok([]));
  expect(access({ password: null }).push.possible).toBe(false);
});

test('offers a token if the server has accepted one, and after the password if a try is allowed', async () => {
  expect(await access({ password: null, memory: { accepted: 'token', refused: [] } }).push.credentials()).toEqual(
    ok([TOKEN]),
  );
  expect(await access({ mayTryToken: true }).push.credentials()).toEqual(ok([PASSWORD, TOKEN]));
});

test('remembers refused credentials and does not offer them again', async () => {
  const { push, remembered } = access({ mayTryToken: true });
  push.refused('password');
  expect(await push.credentials()).toEqual(ok([TOKEN]));
  push.accepted('token');
  push.accepted('token');
  push.refused('token');
  expect(push.possible).toBe(false);
  expect(remembered).toEqual([
    { accepted: null, refused: ['password'] },
    { accepted: 'token', refused: ['password'] },
    { accepted: null, refused: ['password', 'token'] },
  ]);
});

test('reports an expired sign-in if there is no other credential', async () => {
  const lost = { mayTryToken: true, lost: true };
  expect(await access({ ...lost, password: null }).push.credentials()).toMatchObject({
    error: { code: 'session-expired' },
  });
  expect(await access(lost).push.credentials()).toEqual(ok([PASSWORD]));
});
