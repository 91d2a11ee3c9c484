import { expect, test } from 'vitest';
import { HOUR, MINUTE, VirtualDesk } from './support/virtual-desk.ts';

/** Desks that wake together send their requests within two seconds; then the answer arrives. */
const FRESH_WITHIN_MS = 2_250;

test('two seconds after waking up from a night asleep, the calls are current and none rings', async () => {
  const desk = await new VirtualDesk().signIn();
  const id = desk.receiveCall();
  await desk.pass(1_000);
  expect(desk.shown).toEqual([`${id} ringing`]);
  const asleepAt = desk.world.now();
  desk.clock.sleep();
  desk.push.freeze();
  await desk.pass(MINUTE);
  desk.calls.end(id);
  await desk.pass(14 * HOUR);
  const other = desk.receiveCall();
  desk.clock.resume();
  desk.desk.wake();
  await desk.pass(FRESH_WITHIN_MS);
  expect(desk.shown).toEqual([`${other} ringing`]);
  expect(desk.eventsOf('for-me')).toEqual([id, other]);
  const ended = desk.events.find(({ type }) => type === 'ended');
  expect(ended?.call.id).toBe(id);
  expect(ended !== undefined && 'at' in ended && ended.at).toBeLessThanOrEqual(asleepAt + 1_000);
});

test('a request that was in flight when the computer fell asleep is aborted, and another one sent', async () => {
  const desk = await new VirtualDesk().signIn();
  const end = desk.network.begin('time-outs');
  desk.desk.refresh();
  await desk.pass(3_000);
  expect(desk.rest.inFlight).toBe(1);
  desk.clock.sleep();
  await desk.pass(HOUR);
  end();
  desk.clock.resume();
  const before = desk.requests.length;
  desk.desk.wake();
  await desk.pass(FRESH_WITHIN_MS);
  expect(desk.requests.length).toBeGreaterThan(before);
  expect(desk.rest.inFlight).toBe(0);
  expect(desk.list).toBe('live');
});

test('when the network returns after a long time, the next poll does not wait for the longest back-off', async () => {
  const desk = await new VirtualDesk().signIn();
  const back = desk.network.begin('no-network');
  desk.push.freeze();
  await desk.pass(20 * MINUTE);
  expect(desk.list).toBe('stale');
  back();
  const id = desk.receiveCall();
  desk.desk.wake();
  await desk.pass(FRESH_WITHIN_MS);
  expect(desk.list).toBe('live');
  expect(desk.eventsOf('for-me')).toEqual([id]);
  await desk.pass(10_000);
  expect(desk.desk.calls.listening.push).toBe('listening');
});

test('a network that comes back without an event is found within little more than a minute', async () => {
  const desk = await new VirtualDesk().signIn();
  const back = desk.network.begin('no-network');
  desk.push.freeze();
  await desk.pass(20 * MINUTE);
  back();
  await desk.pass(80_000);
  expect(desk.list).toBe('live');
});

test('a call that rings while the PBX restarts is shown as last seen, and then as missed', async () => {
  const desk = await new VirtualDesk().signIn();
  const id = desk.receiveCall();
  await desk.pass(2_000);
  const back = desk.network.begin('restarting');
  desk.pbx.powerFails();
  desk.push.drop();
  await desk.pass(30_000);
  expect(desk.shown).toEqual([`${id} ringing`]);
  back();
  await desk.pass(80_000);
  expect(desk.shown).toEqual([]);
  expect(desk.eventsOf('ended')).toEqual([id]);
  expect(desk.eventsOf('missed')).toEqual([id]);
  const next = desk.receiveCall();
  await desk.pass(2_000);
  expect(desk.eventsOf('for-me')).toEqual([id, next]);
});

test('a call stops ringing on the screen if the PBX never comes back', async () => {
  const desk = await new VirtualDesk().signIn();
  const id = desk.receiveCall();
  await desk.pass(2_000);
  desk.network.begin('restarting');
  desk.pbx.powerFails();
  desk.push.drop();
  await desk.pass(6 * MINUTE);
  expect(desk.shown).toEqual([`${id} unknown`]);
});

test('a captive portal is reported as a changed certificate', async () => {
  const desk = await new VirtualDesk().signIn();
  desk.network.begin('portal');
  desk.push.drop();
  await desk.pass(5 * MINUTE);
  expect(desk.desk.calls.list).toMatchObject({ status: 'stale', error: { code: 'tls-changed' } });
});

test.each([3 * HOUR, -3 * HOUR])('a clock that jumps by %i ms loses no call and delays no poll', async (jump) => {
  const desk = await new VirtualDesk().signIn();
  const id = desk.receiveCall();
  await desk.pass(2_000);
  desk.clock.jump(jump);
  const before = desk.requests.length;
  await desk.pass(3 * MINUTE);
  expect(desk.requests.length - before).toBeGreaterThanOrEqual(2);
  expect(desk.shown).toEqual([`${id} ringing`]);
  const next = desk.receiveCall();
  await desk.pass(2_000);
  expect(desk.eventsOf('for-me')).toEqual([id, next]);
  expect(desk.eventsOf('ended')).toEqual([]);
});

test.each(['live', 'forbidden'])(
  'after a captive portal push reconnects, also if the list is %s then',
  async (status) => {
    const desk = await new VirtualDesk().signIn();
    const opens = desk.network.begin('portal');
    desk.push.drop();
    await desk.pass(5 * MINUTE);
    if (status === 'forbidden') desk.network.begin('forbidden');
    opens();
    await desk.pass(90_000);
    expect(desk.list).toBe(status);
    expect(desk.desk.calls.listening.push).toBe('listening');
  },
);

test('a notification stays while my phone rings, although the list becomes forbidden', async () => {
  const desk = await new VirtualDesk().signIn();
  desk.network.begin('no-push');
  desk.push.drop();
  await desk.pass(10_000);
  const id = desk.receiveCall();
  await desk.pass(10_000);
  expect(desk.notified).toHaveLength(1);
  desk.network.begin('forbidden');
  await desk.pass(10_000);
  expect(desk.notified).toHaveLength(1);
  desk.calls.end(id);
  await desk.pass(10_000);
  expect(desk.notified).toEqual([]);
});
