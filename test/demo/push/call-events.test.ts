import { expect, test } from 'vitest';
import { openDemo, openSignedInDemo } from '../support/api.ts';
import { openListener, type Frame } from '../support/listener.ts';

const NINE = Date.UTC(2026, 0, 5, 9, 0, 0) / 1000;
const at = (seconds: number): string => String(NINE + seconds);
const DIGITS = expect.stringMatching(/^\d{18}$/) as string;

/** An event as its type and the phone it is about. */
const kindsOf = (frames: Frame[]) =>
  frames.map((frame) => [frame['event_type'], frame['destiantion'] ?? frame['callee']]);

test('an incoming call is pushed with every field as documented', async () => {
  const { pbx, clock } = await openDemo();
  const listener = await openListener(pbx, 'cdr_events');
  const id = pbx.addSession({
    legs: [{ caller: '+442079460321', callerName: 'Nadia Petrova', callee: '1001', trunk: 'Thames & Tyne Voice' }],
  });
  await clock.advance(4_000);
  pbx.answer(id);
  await clock.advance(30_000);
  pbx.endSession(id);
  const [start, add, ringing, answer, end, cdr, ...more] = await listener.events();
  expect(more).toEqual([]);

  const lines = { did: '+12015550100', outbound_caller_id: '' };
  expect(start).toEqual({
    event_type: 'call_start',
    time: at(0),
    session_id: id,
    cdr_id: DIGITS,
    direction: 'inbound',
    user_data: '',
    call_id: `${id}@demo.traydial.test`,
    caller_display_name: 'Nadia Petrova',
    caller: '+442079460321',
    callee_display_name: 'Alex Morgan',
    callee: '1001',
    tenant_id: DIGITS,
    ...lines,
  });
  expect(start?.['cdr_id']).not.toBe(id);
  const target = {
    session_id: id,
    cdr_id: start?.['cdr_id'],
    tenant_id: DIGITS,
    direction: 'inbound',
    destiantion: 'sip:1001@127.0.0.1:5060',
    caller: '+442079460321',
    ...lines,
  };
  expect(add).toEqual({ event_type: 'cdr_target_add', time: at(0), ...target });
  expect(ringing).toEqual({ event_type: 'cdr_target_ringing', time: at(0), ...target });
  expect(answer).toEqual({ event_type: 'cdr_target_answer', time: at(4), ...target });
  expect(end).toEqual({ event_type: 'cdr_target_end', time: at(34), ...target });
  expect(cdr).toEqual({
    event_type: 'call_cdr',
    session_id: id,
    tenant_id: DIGITS,
    tenant_name: 'Demo Office',
    call_id: `${id}@demo.traydial.test`,
    call_status: 'answered',
    caller: '+442079460321',
    caller_display_name: 'Nadia Petrova',
    caller_domain: '',
    callee: '1001',
    callee_domain: 'demo.traydial.test',
    direction: 'in',
    start_time: at(0),
    ring_time: at(0),
    answered_time: at(4),
    ended_time: at(34),
    ring_duration: '4',
    talk_duration: 30,
    ended_reason: 'caller_disconnected',
    status_code: '0',
    trunk_name: expect.stringMatching(/^Thames & Tyne Voice:\d{18}$/) as string,
    user_data: '',
    ...lines,
    call_targets: [
      {
        id: expect.stringMatching(/^\d+$/) as string,
        call_type: 'normal_call',
        caller: '+442079460321',
        callee: '1001',
        destination: 'sip:1001@127.0.0.1:5060',
        direction: 'inbound',
        start_time: at(0),
        ring_time: at(0),
        answered_time: at(4),
        ended_time: at(34),
        ring_duration: '4',
        talk_duration: '30',
        end_reason: 'caller_disconnected',
        status: 'answered',
        status_code: 0,
        trunk_name: expect.stringMatching(/^Thames & Tyne Voice:\d{18}$/) as string,
        cost: '0',
        ...lines,
      },
    ],
  });
});

test('REST shows a call under the same id, and no later than push', async () => {
  const { pbx, api } = await openSignedInDemo();
  const listener = await openListener(pbx, 'cdr_events');
  pbx.make('incoming');
  const start = await listener.next((frame) => frame['event_type'] === 'call_start');
  const [session] = await api.sessions();
  expect(session).toMatchObject({ id: start['session_id'], calls: [{ caller: start['caller'], callee: '1001' }] });
});

test('a missed call is pushed with its outcome', async () => {
  const { pbx, clock } = await openDemo();
  const listener = await openListener(pbx, 'cdr_events');
  pbx.make('missed');
  await clock.advance(6_000);
  const events = await listener.events();
  expect(kindsOf(events).slice(-2)).toEqual([
    ['cdr_target_noanswer', 'sip:1001@127.0.0.1:5060'],
    ['call_cdr', '1001'],
  ]);
  expect(events.at(-1)).toMatchObject({
    call_status: 'noanswer',
    answered_time: '',
    ended_reason: 'cancelled',
    status_code: '487',
    talk_duration: 0,
    call_targets: [{ status: 'noanswer', status_code: 487, answered_time: '0', talk_duration: '0' }],
  });
});

test('a placed call is pushed with its parties, trunk and user data, and its phones one after the other', async () => {
  const { pbx, api, clock } = await openSignedInDemo();
  const listener = await openListener(pbx, 'cdr_events');
  await api.place('+12015550123', {
    caller_display_name: 'Alex (Sales)',
    user_data: 'ticket 7',
    rewrite_from: '+12015550177',
  });
  await clock.advance(2_500 + 3_000 + 90_000);
  const events = await listener.events();
  const own = 'sip:1001@127.0.0.1:5060';
  const other = 'sip:+12015550123@trunk.traydial.test';
  expect(kindsOf(events)).toEqual([
    ['call_start', '+12015550123'],
    ['cdr_target_add', own],
    ['cdr_target_ringing', own],
    ['cdr_target_answer', own],
    ['cdr_target_add', other],
    ['cdr_target_ringing', other],
    ['cdr_target_answer', other],
    ['cdr_target_end', own],
    ['cdr_target_end', other],
    ['call_cdr', '+12015550123'],
  ]);
  expect(events[0]).toMatchObject({
    direction: 'outbound',
    caller: '1001',
    caller_display_name: 'Alex (Sales)',
    user_data: 'ticket 7',
    outbound_caller_id: '+12015550177',
    did: '',
  });
  expect(events.at(-1)).toMatchObject({
    direction: 'out',
    call_status: 'answered',
    answered_time: at(5),
    talk_duration: 90,
    ended_reason: 'callee_disconnect',
    trunk_name: expect.stringMatching(/^Hudson SIP:/) as string,
    user_data: 'ticket 7',
    call_targets: [{ callee: '1001' }, { callee: '+12015550123' }],
  });
});

test.each([
  ['+12015550186', 'fail', '486'],
  ['+12015550163', 'fail', '603'],
  ['+12015550180', 'noanswer', '480'],
])('a call placed to %s ends as %s with %s', async (callee, status, code) => {
  const { pbx, api, clock } = await openSignedInDemo();
  const listener = await openListener(pbx, 'cdr_events');
  await api.place(callee);
  await clock.advance(30_000);
  const events = await listener.events();
  expect(kindsOf(events).slice(-3)).toEqual([
    ['cdr_target_end', 'sip:1001@127.0.0.1:5060'],
    [`cdr_target_${status}`, `sip:${callee}@trunk.traydial.test`],
    ['call_cdr', callee],
  ]);
  expect(events.at(-1)).toMatchObject({ call_status: status, status_code: code, answered_time: '' });
});

test('a transfer pushes a target for the new phone, and the new callee once it answers', async () => {
  const { pbx, clock } = await openDemo();
  const listener = await openListener(pbx, 'cdr_events');
  pbx.make('transferred');
  await clock.advance(4_000 + 12_000 + 40_000);
  const events = await listener.events();
  const first = events[0]?.['callee'] as string;
  const colleague = `sip:${first}@127.0.0.1:5060`;
  const alex = 'sip:1001@127.0.0.1:5060';
  expect(kindsOf(events)).toEqual([
    ['call_start', first],
    ['cdr_target_add', colleague],
    ['cdr_target_ringing', colleague],
    ['cdr_target_answer', colleague],
    ['cdr_target_add', alex],
    ['cdr_target_ringing', alex],
    ['cdr_target_answer', alex],
    ['call_update_info', '1001'],
    ['cdr_target_end', colleague],
    ['cdr_target_end', alex],
    ['call_cdr', '1001'],
  ]);
  const { user_data, call_id, ...head } = events[0] ?? {};
  expect([user_data, call_id]).not.toContain(undefined);
  expect(events[7]).toEqual({
    ...head,
    event_type: 'call_update_info',
    time: at(16),
    callee: '1001',
    callee_display_name: 'Alex Morgan',
  });
  expect(events.at(-1)).toMatchObject({
    call_targets: [{ callee: first, end_reason: 'blind_transfer_complete' }, { callee: '1001' }],
  });
});

test('a ring group pushes its number, a target for each member and the member who answers', async () => {
  const { pbx, clock } = await openDemo({ traffic: true, seed: 1 });
  const listener = await openListener(pbx, 'cdr_events');
  const ofGroup = async () => {
    const events = await listener.events();
    const start = events.find((frame) => frame['event_type'] === 'call_start' && frame['callee'] === '6000');
    const all = events.filter((frame) => frame['session_id'] === start?.['session_id']);
    return all.some((frame) => frame['event_type'] === 'call_cdr') ? all : null;
  };
  let events: Frame[] | null = null;
  for (let minute = 0; minute < 60 && events === null; minute++) {
    await clock.advance(60_000);
    events = await ofGroup();
  }
  expect(events?.[0]).toMatchObject({ callee_display_name: 'Sales', direction: 'inbound' });
  const kinds = kindsOf(events ?? []).map(([type]) => type);
  const members = kinds.filter((type) => type === 'cdr_target_ringing').length;
  expect(members).toBeGreaterThan(1);
  expect(kinds.filter((type) => type === 'cdr_target_noanswer')).toHaveLength(members - 1);
  expect(kinds.filter((type) => type === 'call_update_info')).toHaveLength(1);
  expect(events?.at(-1)).toMatchObject({ call_status: 'answered' });
});

test('directions come in both spellings', async () => {
  const { pbx } = await openDemo();
  const listener = await openListener(pbx, 'cdr_events');
  for (let calls = 0; calls < 2; calls++) {
    pbx.endSession(pbx.addSession({ legs: [{ caller: '1002', callee: '1003' }] }));
  }
  const cdrs = (await listener.events()).filter((frame) => frame['event_type'] === 'call_cdr');
  expect(cdrs.map((frame) => frame['direction'])).toEqual(['ext', 'internal']);
});
