import { expect, test } from 'vitest';
import { openSignedInDemo, type SessionView } from './support/api.ts';

/** A session as [caller, callee, talking time] per leg; null when it is gone. */
const legs = (session: SessionView | null) =>
  session?.calls.map(({ caller, callee, talking_time }) => [caller, callee, talking_time]) ?? null;

const MAPLE = '+12015550123';

test('a placed call first rings the caller, then the callee, then both talk', async () => {
  const { api, clock } = await openSignedInDemo();
  const answer = await api.post('/api/sessions', { caller: '1001', callee: MAPLE, send_sdp: true });
  expect(answer.status).toBe(201);
  expect(answer.json).toEqual({ id: expect.stringMatching(/^\d{18}$/) as string });
  const [session] = await api.sessions();
  const id = session?.id ?? '';
  expect(answer.json).toEqual({ id });

  expect(legs(await api.session(id))).toEqual([[MAPLE, '1001', 0]]);
  await clock.advance(2_499);
  expect(legs(await api.session(id))).toEqual([[MAPLE, '1001', 0]]);
  await clock.advance(1);
  expect(legs(await api.session(id))).toEqual([
    [MAPLE, '1001', 1],
    ['1001', MAPLE, 0],
  ]);
  await clock.advance(3_000);
  expect(legs(await api.session(id))).toEqual([
    [MAPLE, '1001', 3],
    ['1001', MAPLE, 1],
  ]);
  await clock.advance(89_999);
  expect((await api.session(id))?.calls).toHaveLength(2);
  await clock.advance(1);
  expect(await api.session(id)).toBeNull();
  expect(await api.cdrs()).toMatchObject([
    {
      caller: '1001',
      callee: MAPLE,
      direction: 'OUTBOUND_CALL',
      status_code: 0,
      end_reason: 'CALLEE_DISCONNECTED',
      rang_at: '2026-01-05T09:00:02.500000Z',
      answered_at: '2026-01-05T09:00:05.500000Z',
      duration: 90,
      trunk: 'Hudson SIP',
    },
  ]);
});

test('the phones and the list show names and trunks', async () => {
  const { api, clock } = await openSignedInDemo();
  const named = await api.place(MAPLE, { caller_display_name: 'Alex (Sales)', trunk: 'Backup LTE' });
  const plain = await api.place('+442079460321');
  const inside = await api.place('1004');
  await clock.advance(2_500);
  const shown = async (id: string) =>
    (await api.session(id))?.calls.map((leg) => [leg.caller_display_name, leg.trunk ?? '']);
  expect(await shown(named)).toEqual([
    ['Maple & Sons Joinery', ''],
    ['Alex (Sales)', 'Backup LTE'],
  ]);
  expect(await shown(plain)).toEqual([
    ['Nadia Petrova', ''],
    ['Alex Morgan', 'Thames & Tyne Voice'],
  ]);
  expect(await shown(inside)).toEqual([
    ["Siobhán O'Brien", ''],
    ['Alex Morgan', ''],
  ]);
});

test('with an auto-answer header the caller’s phone answers at once', async () => {
  const { api, clock } = await openSignedInDemo();
  const header = { additional_header: 'ALERT_INFO_AUTO_ANSWER' };
  const auto = await api.place(MAPLE, { ...header, header_direction: 'CALLER' });
  const all = await api.place(MAPLE, { ...header, header_direction: 'ALL' });
  const callee = await api.place(MAPLE, { ...header, header_direction: 'CALLEE' });
  await clock.advance(200);
  expect(legs(await api.session(auto))).toHaveLength(2);
  expect(legs(await api.session(all))).toHaveLength(2);
  expect(legs(await api.session(callee))).toHaveLength(1);
});

test.each([
  ['busy', '+12015550186', 2_500 + 1_500, { status_code: 486, end_reason: 'CALLEE_DISCONNECTED' }],
  ['never answers', '+12015550180', 2_500 + 20_000, { status_code: 480, end_reason: 'CANCELLED' }],
  ['declines', '+12015550163', 2_500 + 3_000, { status_code: 603, end_reason: 'CALLEE_DISCONNECTED' }],
  ['own phone unanswered', '+12015550108', 20_000, { status_code: 408, end_reason: 'CANCELLED', rang_at: '' }],
])(
  'a call to the number for "%s" ends that way, and the history has the reason',
  async (_behaviour, callee, afterMs, cdr) => {
    const { api, clock } = await openSignedInDemo();
    const id = await api.place(callee);
    await clock.advance(afterMs - 1);
    expect(await api.session(id)).not.toBeNull();
    await clock.advance(1);
    expect(await api.session(id)).toBeNull();
    expect(await api.cdrs()).toMatchObject([{ ...cdr, callee, answered_at: '', duration: 0 }]);
  },
);

test('a call to the number that stays lasts until somebody hangs up', async () => {
  const { api, clock } = await openSignedInDemo();
  const id = await api.place('+1 201 555 0199');
  await clock.advance(3_600_000);
  expect(await api.session(id)).not.toBeNull();
  expect((await api.post(`/api/sessions/${id}/destroy`)).status).toBe(204);
  expect(await api.cdrs()).toMatchObject([{ end_reason: 'CALLER_DISCONNECTED', status_code: 0 }]);
});

test('a call to the refused number is answered with 403 and rings nobody', async () => {
  const { api } = await openSignedInDemo();
  for (const callee of ['+12015550143', '0012015550143', '12015550143']) {
    const answer = await api.post('/api/sessions', { caller: '1001', callee, send_sdp: true });
    expect([callee, answer.status]).toEqual([callee, 403]);
  }
  expect(await api.sessions()).toEqual([]);
});

test('a call to an unknown extension fails', async () => {
  const { api, clock } = await openSignedInDemo();
  await api.place('1099');
  await clock.advance(4_000);
  expect(await api.cdrs()).toMatchObject([{ status_code: 404, callee: '1099' }]);
});

test('a call that ends while the caller’s own phone rings counts as cancelled', async () => {
  const { api, clock } = await openSignedInDemo();
  const id = await api.place(MAPLE);
  await clock.advance(1_000);
  await api.post(`/api/sessions/${id}/destroy`);
  await clock.advance(200_000);
  expect(await api.sessions()).toEqual([]);
  expect(await api.cdrs()).toMatchObject([{ end_reason: 'CANCELLED', status_code: 487, answered_at: '' }]);
});

test('answer() answers the phone of either party', async () => {
  const { pbx, api, clock } = await openSignedInDemo();
  const id = await api.place('+12015550186');
  pbx.answer(id);
  expect(legs(await api.session(id))).toHaveLength(2);
  pbx.answer(id);
  await clock.advance(10_000);
  // The call to the busy number was answered by hand, so it does not end as busy.
  expect(legs(await api.session(id))).toEqual([
    ['+12015550186', '1001', 10],
    ['1001', '+12015550186', 10],
  ]);
});

test('pace shortens a call', async () => {
  const { api, clock } = await openSignedInDemo({ pace: 10 });
  const id = await api.place(MAPLE);
  await clock.advance(550);
  expect(legs(await api.session(id))).toEqual([
    [MAPLE, '1001', 1],
    ['1001', MAPLE, 1],
  ]);
  await clock.advance(9_000);
  expect(await api.session(id)).toBeNull();
});

test('a mobile may be the caller, and is rung through a trunk', async () => {
  const { api } = await openSignedInDemo();
  const id = await api.place(MAPLE, { caller: '+442079460999' });
  expect((await api.session(id))?.calls[0]).toMatchObject({ callee: '+442079460999', trunk: 'Thames & Tyne Voice' });
});

const RIGHT = { caller: '1001', callee: MAPLE, send_sdp: true };

test('all thirteen fields are accepted at their maximum length', async () => {
  const { api } = await openSignedInDemo();
  const answer = await api.post('/api/sessions', {
    ...RIGHT,
    callee: '1'.repeat(256),
    caller_display_name: 'n'.repeat(1024),
    trunk: 'Hudson SIP',
    rewrite_from: '1'.repeat(16),
    rewrite_pai: '1'.repeat(16),
    rewrite_rpi: '1'.repeat(16),
    user_data: 'u'.repeat(128),
    target: 't'.repeat(128),
    target_instance_id: 't'.repeat(128),
    target_extension_number: '1'.repeat(128),
    additional_header: 'CALL_INFO',
    header_direction: 'ALL',
    something_new: true,
  });
  expect(answer.status).toBe(201);
});

test.each<[string, unknown]>([
  ['caller', undefined],
  ['caller', ''],
  ['caller', '1'.repeat(257)],
  ['callee', undefined],
  ['callee', null],
  ['callee', 1002],
  ['callee', '1'.repeat(257)],
  ['send_sdp', undefined],
  ['send_sdp', 'true'],
  ['caller_display_name', 'n'.repeat(1025)],
  ['trunk', ''],
  ['trunk', 't'.repeat(65)],
  ['rewrite_from', ''],
  ['rewrite_from', '1'.repeat(17)],
  ['rewrite_pai', '1'.repeat(17)],
  ['rewrite_rpi', '1'.repeat(17)],
  ['user_data', 'u'.repeat(129)],
  ['target', 't'.repeat(129)],
  ['target_instance_id', 't'.repeat(129)],
  ['target_extension_number', 't'.repeat(129)],
  ['additional_header', 'X_MINE'],
  ['header_direction', 'BOTH'],
])('%s of the wrong type or length is answered with 400 that names it, and rings nobody (%#)', async (field, value) => {
  const { api } = await openSignedInDemo();
  const answer = await api.post('/api/sessions', { ...RIGHT, [field]: value });
  expect(answer.status).toBe(400);
  expect(answer.json).toMatchObject({ errors: [{ code: 'VALIDATE_FAILED', detail: [{ field }] }] });
  expect(await api.sessions()).toEqual([]);
});

test('a caller that is neither an extension nor a number is refused', async () => {
  const { api } = await openSignedInDemo();
  for (const caller of ['1099', '6000', 'alex', '+1 201 555 0123']) {
    const answer = await api.post('/api/sessions', { ...RIGHT, caller });
    expect([caller, answer.status]).toEqual([caller, 400]);
  }
});

test('a trunk that does not exist is refused with its name', async () => {
  const { api } = await openSignedInDemo();
  const answer = await api.post('/api/sessions', { ...RIGHT, trunk: 'Nowhere' });
  expect(answer.status).toBe(400);
  expect(answer.json).toMatchObject({ errors: [{ message: 'The trunk "Nowhere" is not available' }] });
});

test.each(['', 'not json', '[]', '"text"', 'null'])('a body of %j is answered with 400', async (text) => {
  const { api } = await openSignedInDemo();
  expect((await api.call('POST', '/api/sessions', { text })).status).toBe(400);
});
