import { expect, test } from 'vitest';
import { z } from 'zod';
import { openSignedInDemo, type Api } from './support/api.ts';

const Token = z.object({ token: z.string() });
const Diff = z.object({
  token: z.string(),
  items: z.array(z.object({ id: z.string(), change_type: z.string(), items: z.array(z.looseObject({})) })),
});

const SYNC = '/api/user/cdrs/sync_tokens';

async function begin(api: Api, from = '2026-01-05T00:00:00Z'): Promise<string> {
  const answer = await api.post(`${SYNC}?date_from=${encodeURIComponent(from)}`);
  expect(answer.status).toBe(200);
  return Token.parse(answer.json).token;
}

const diff = async (api: Api, token: string) => Diff.parse((await api.post(`${SYNC}/${token}/diff`)).json);

test('the first diff returns all calls, the next ones only new calls, oldest first', async () => {
  const { pbx, api, clock } = await openSignedInDemo();
  pbx.make('missed');
  await clock.advance(10_000);
  const first = await diff(api, await begin(api));
  const [cdr] = await api.cdrs();
  expect(first.items).toEqual([
    {
      id: cdr?.['id'],
      change_type: 'CREATED',
      items: [
        {
          caller: cdr?.['caller'],
          callee: '1001',
          started_at: '2026-01-05T09:00:00.000000Z',
          answered_at: '',
          ended_at: '2026-01-05T09:00:06.000000Z',
          outbound_caller_id: '',
          did_cid: '+12015550100',
          trunk: cdr?.['trunk'],
          status_code: 487,
        },
      ],
    },
  ]);

  const nothing = await diff(api, first.token);
  expect(nothing.items).toEqual([]);
  for (let calls = 0; calls < 2; calls++) {
    pbx.make('missed');
    await clock.advance(10_000);
  }
  const fresh = await diff(api, nothing.token);
  expect(fresh.items.map(({ items }) => items[0]?.['started_at'])).toEqual([
    '2026-01-05T09:00:10.000000Z',
    '2026-01-05T09:00:20.000000Z',
  ]);
});

test('a token can be used again by a client that lost the answer', async () => {
  const { pbx, api, clock } = await openSignedInDemo();
  pbx.make('missed');
  await clock.advance(10_000);
  const token = await begin(api);
  expect((await diff(api, token)).items).toHaveLength(1);
  expect((await diff(api, token)).items).toHaveLength(1);
});

test('calls before date_from are left out', async () => {
  const { pbx, api, clock } = await openSignedInDemo();
  pbx.make('missed');
  await clock.advance(10_000);
  expect((await diff(api, await begin(api, '2026-01-05T09:00:00Z'))).items).toHaveLength(1);
  expect((await diff(api, await begin(api, '2026-01-05T10:00:00+01:00'))).items).toHaveLength(1);
  expect((await diff(api, await begin(api, '2026-01-05T09:00:01Z'))).items).toEqual([]);
});

test('an unknown token and one that the PBX dropped are answered with 403', async () => {
  const { pbx, api } = await openSignedInDemo();
  const unknown = await api.post(`${SYNC}/made-up/diff`);
  expect(unknown.status).toBe(403);
  expect(unknown.json).toMatchObject({ errors: [{ code: 'UNKNOWN' }] });
  const token = await begin(api);
  pbx.forgetSyncTokens();
  expect((await api.post(`${SYNC}/${token}/diff`)).status).toBe(403);
});

test('a restart drops the tokens and keeps the calls', async () => {
  const { pbx, api, clock } = await openSignedInDemo();
  pbx.make('missed');
  await clock.advance(10_000);
  const token = await begin(api);
  await pbx.restart();
  await api.reconnect();
  await api.signIn();
  expect((await api.post(`${SYNC}/${token}/diff`)).status).toBe(403);
  expect((await diff(api, await begin(api))).items).toHaveLength(1);
});

test.each(['yesterday', '2026-01-05', '2026-13-45T00:00:00Z', ''])(
  'date_from=%j is answered with 400',
  async (from) => {
    const { api } = await openSignedInDemo();
    expect((await api.post(`${SYNC}?date_from=${from}`)).status).toBe(400);
  },
);
