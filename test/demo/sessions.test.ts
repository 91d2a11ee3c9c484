import { expect, test } from 'vitest';
import { TALKING_MISSING, TALKING_SOMETIMES } from '../pbx/dialects.ts';
import { openSignedInDemo } from './support/api.ts';

test('GET /api/sessions answers 201 with a count and the calls of the whole office', async () => {
  const { pbx, api } = await openSignedInDemo();
  pbx.make('incoming');
  pbx.make('colleague');
  const answer = await api.get('/api/sessions');
  expect(answer.status).toBe(201);
  expect(answer.json).toMatchObject({ count: 2, items: [{ calls: [{ callee: '1001' }] }, { calls: [{}] }] });
});

test('a leg has the documented fields and some undocumented ones', async () => {
  const { pbx, api } = await openSignedInDemo();
  const id = pbx.addSession({
    startedSecondsAgo: 90,
    legs: [{ caller: '+442079460321', callerName: 'Nadia', callee: '1001', trunk: 'Line 1', answeredSecondsAgo: 75 }],
  });
  const answer = await api.get(`/api/sessions/${id}`);
  expect(answer.status).toBe(200);
  expect(answer.json).toEqual({
    id,
    calls: [
      {
        caller: '+442079460321',
        caller_display_name: 'Nadia',
        callee: '1001',
        trunk: 'Line 1',
        started_at: '2026-01-05T08:58:30Z',
        talking_time: 75,
        leg: 0,
      },
    ],
    domain: 'demo.traydial.test',
  });
});

test('ids are strings of 18 digits that JavaScript numbers cannot distinguish', async () => {
  const { pbx } = await openSignedInDemo();
  const ids = Array.from({ length: 20 }, () => pbx.make('colleague'));
  for (const id of ids) expect(id).toMatch(/^\d{18}$/);
  expect(new Set(ids).size).toBe(20);
  expect(new Set(ids.map(Number)).size).toBeLessThan(20);
});

test('blanks and timestamps come in both spellings', async () => {
  const { pbx, api, clock } = await openSignedInDemo();
  await clock.advance(123);
  for (let calls = 0; calls < 6; calls++) pbx.addSession({ legs: [{ caller: '1002', callee: '1003' }] });
  const legs = (await api.sessions()).flatMap((session) => session.calls);
  expect(new Set(legs.map((leg) => leg.trunk))).toEqual(new Set(['', null]));
  expect(new Set(legs.map((leg) => leg.started_at))).toEqual(
    new Set(['2026-01-05T09:00:00Z', '2026-01-05T09:00:00.123000Z']),
  );
});

test('talking time is 0 while a leg rings, then counts started seconds', async () => {
  const { pbx, api, clock } = await openSignedInDemo();
  const id = pbx.addSession({ legs: [{ caller: '1002', callee: '1001' }] });
  const talked = async () => (await api.session(id))?.calls[0]?.talking_time;
  await clock.advance(8_000);
  expect(await talked()).toBe(0);
  expect(pbx.answer(id)).toBe(true);
  expect(await talked()).toBe(1);
  await clock.advance(30_000);
  expect(await talked()).toBe(30);
});

test('talking time can be missing in all legs or in some', async () => {
  const { pbx: none, api: noneApi } = await openSignedInDemo({ dialect: TALKING_MISSING });
  none.make('incoming');
  expect((await noneApi.sessions())[0]?.calls[0]).not.toHaveProperty('talking_time');

  const { pbx: some, api: someApi } = await openSignedInDemo({ dialect: TALKING_SOMETIMES });
  for (let calls = 0; calls < 6; calls++) some.addSession({ legs: [{ caller: '1002', callee: '1003' }] });
  const present = (await someApi.sessions()).map((session) => session.calls[0]?.talking_time !== undefined);
  expect(new Set(present)).toEqual(new Set([true, false]));
});

test('legs come and go while the session keeps its id', async () => {
  const { pbx, api } = await openSignedInDemo();
  const id = pbx.addSession({ legs: [{ caller: '+12015550123', callee: '1002', answeredSecondsAgo: 5 }] });
  expect(pbx.calls.addLeg(id, { caller: '+12015550123', callee: '1001' })).toBe(true);
  expect((await api.session(id))?.calls.map((leg) => leg.callee)).toEqual(['1002', '1001']);
  expect(pbx.answer(id, '1001')).toBe(true);
  expect(pbx.calls.dropLeg(id, '1002')).toBe(true);
  expect((await api.session(id))?.calls).toMatchObject([{ callee: '1001', talking_time: 1 }]);
  expect(pbx.endSession(id)).toBe(true);
  expect(await api.session(id)).toBeNull();
});

test('changing a call or a phone that does not exist returns false', async () => {
  const { pbx } = await openSignedInDemo();
  const id = pbx.addSession({ legs: [{ caller: '1002', callee: '1003', answeredSecondsAgo: 1 }] });
  expect(pbx.answer(id)).toBe(false);
  expect(pbx.calls.dropLeg(id, '1009')).toBe(false);
  for (const gone of [pbx.answer('1'), pbx.endSession('1'), pbx.calls.addLeg('1', { caller: '1', callee: '2' })]) {
    expect(gone).toBe(false);
  }
});

test('an unknown session is answered with 404 without a body', async () => {
  const { api } = await openSignedInDemo();
  const answer = await api.get('/api/sessions/884757570370146304');
  expect([answer.status, answer.text]).toEqual([404, '']);
});

test('destroy ends a call with 204, once', async () => {
  const { pbx, api } = await openSignedInDemo();
  const id = pbx.make('incoming');
  const destroyed = await api.post(`/api/sessions/${id}/destroy`);
  expect([destroyed.status, destroyed.text]).toEqual([204, '']);
  expect(await api.sessions()).toEqual([]);
  const again = await api.post(`/api/sessions/${id}/destroy`);
  expect(again.status).toBe(404);
  expect(again.json).toMatchObject({ errors: [{ code: 'UNKNOWN' }] });
  expect((await api.post('/api/sessions/abc/destroy')).status).toBe(400);
});

test('without the permission the list is answered with 403, but calls can be placed', async () => {
  const { pbx, api } = await openSignedInDemo({ mayListSessions: false });
  const id = pbx.make('incoming');
  const list = await api.get('/api/sessions');
  expect(list.status).toBe(403);
  expect(list.json).toMatchObject({ errors: [{ code: 'UNKNOWN' }] });
  expect((await api.get(`/api/sessions/${id}`)).status).toBe(403);
  expect((await api.post(`/api/sessions/${id}/destroy`)).status).toBe(403);
  expect((await api.get('/api/auth/user')).json).toMatchObject({
    capabilities: ['User.ViewOnly', 'Analytics.ViewOnly'],
  });
  expect(await api.place('+12015550123')).toMatch(/^\d{18}$/);
});

test('ending calls needs a separate permission', async () => {
  const { api } = await openSignedInDemo({ mayListSessions: false, mayEndSessions: true });
  const id = await api.place('+12015550123');
  expect((await api.post(`/api/sessions/${id}/destroy`)).status).toBe(204);
});
