import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { openDemo } from '../../demo/support/api.ts';
import { openListener, Listener } from '../../demo/support/listener.ts';

test('without push /wsi answers 404', async () => {
  const { pbx } = await openDemo({ push: 'none' });
  await expect(new Listener(pbx).open()).rejects.toMatchObject({ statusCode: 404 });
});

test('only /wsi accepts a WebSocket, and it answers nothing else', async () => {
  const { pbx, api } = await openDemo();
  await expect(new Listener(pbx, '/').open()).rejects.toMatchObject({ statusCode: 404 });
  await expect(new Listener(pbx, '/api/info').open()).rejects.toMatchObject({ statusCode: 404 });
  expect((await api.get('/wsi')).status).toBe(404);
});

test('dropAll() cuts connections without a close frame, and new ones are accepted', async () => {
  const { pbx } = await openDemo();
  const listeners = [await openListener(pbx, 'cdr_events'), await openListener(pbx, 'extension_events')];
  expect(pbx.push.connections).toHaveLength(2);
  pbx.push.dropAll();
  expect(pbx.push.connections).toEqual([]);
  for (const listener of listeners) {
    await listener.until(() => listener.closed !== null);
    expect(listener.closed).toBe(1006);
  }
  await openListener(pbx, 'cdr_events');
  expect(pbx.push.connections).toHaveLength(1);
});

test('dropAll() with a code sends a close frame', async () => {
  const { pbx } = await openDemo();
  const listener = await openListener(pbx, 'cdr_events');
  pbx.push.dropAll(1012);
  await listener.until(() => listener.closed !== null);
  expect(listener.closed).toBe(1012);
});

test('a client that disconnects is no longer among the connections', async () => {
  const { pbx } = await openDemo();
  const [leaving, staying] = [await openListener(pbx, 'cdr_events'), await openListener(pbx, 'cdr_events')];
  leaving.close();
  await leaving.until(() => leaving.closed !== null);
  await staying.pong();
  expect(pbx.push.connections).toHaveLength(1);
});

test('a frozen connection stays open and sends no frame, no pong and no close frame', async () => {
  const { pbx } = await openDemo();
  const frozen = await openListener(pbx, 'cdr_events');
  pbx.push.freeze();
  expect(pbx.push.connections).toEqual([]);
  let alive = false;
  void frozen.pong().then(() => (alive = true));
  frozen.close();

  // When a later connection has received two calls, the frozen one would have answered if it could.
  const fresh = await openListener(pbx, 'cdr_events');
  for (let calls = 0; calls < 2; calls++) {
    pbx.make('incoming');
    await fresh.next((frame) => frame['event_type'] === 'call_start');
    await fresh.pong();
  }
  expect([alive, frozen.closed]).toEqual([false, null]);
  expect(frozen.oddities).toEqual([]);

  await pbx.close();
  await frozen.until(() => frozen.closed !== null);
  // No pong and no close frame arrived before the end.
  expect([alive, frozen.closed]).toEqual([false, 1006]);
});

test('delayed frames wait for the clock and keep their order', async () => {
  const { pbx, clock } = await openDemo();
  const listener = await openListener(pbx, 'cdr_events');
  pbx.push.delay(5_000);
  pbx.make('incoming');
  await clock.advance(4_999);
  expect(await listener.events()).toEqual([]);
  await clock.advance(1);
  expect((await listener.events()).map((frame) => frame['event_type'])).toEqual([
    'call_start',
    'cdr_target_add',
    'cdr_target_ringing',
  ]);
  pbx.make('colleague');
  pbx.push.delay(0);
  expect(await listener.events()).toHaveLength(6);
});

test('a frame that was delayed does not reach a connection that froze meanwhile', async () => {
  const { pbx, clock } = await openDemo();
  const frozen = await openListener(pbx, 'cdr_events');
  pbx.push.delay(5_000);
  pbx.make('incoming');
  pbx.push.freeze();
  await clock.advance(5_000);
  pbx.push.delay(0);
  await openListener(pbx, 'cdr_events');
  await pbx.close();
  await frozen.until(() => frozen.closed !== null);
  expect(frozen.received).toEqual([]);
});

test('send() sends any frame', async () => {
  const { pbx } = await openDemo();
  const listener = await new Listener(pbx).open();
  pbx.push.send({ event_type: 'extension_call', call_status: 'On Call' });
  pbx.push.send('[]');
  expect(await listener.next()).toEqual({ event_type: 'extension_call', call_status: 'On Call' });
  await listener.pong();
  expect(listener.oddities).toEqual(['[]']);
});

test('garbage() sends text that is not JSON, a binary frame, or bytes that are not a frame', async () => {
  const { pbx } = await openDemo();
  const listener = await openListener(pbx, 'cdr_events');
  pbx.push.garbage('text');
  pbx.push.garbage('binary');
  await listener.pong();
  expect(listener.oddities).toHaveLength(2);
  pbx.push.garbage('protocol');
  await listener.until(() => listener.closed !== null);
  expect(listener.error).toMatch(/^Invalid WebSocket frame/);
});

test('the fault script applies to the request for a WebSocket', async () => {
  const { pbx, clock } = await openDemo();
  pbx.faults.add({ path: '/wsi', action: { status: 503, headers: { 'retry-after': '9' } } });
  await expect(new Listener(pbx).open()).rejects.toMatchObject({ statusCode: 503, headers: { 'retry-after': '9' } });
  pbx.faults.add({ path: '/wsi', action: { drop: 'before-headers' } });
  await expect(new Listener(pbx).open()).rejects.toThrow('socket hang up');

  const delayed = pbx.faults.add({ path: '/wsi', action: { delayMs: 3_000 } });
  let isOpen = false;
  const listener = new Listener(pbx);
  const opened = listener.open().then(() => (isOpen = true));
  await expect.poll(() => delayed.used).toBe(1);
  await clock.advance(2_999);
  expect(isOpen).toBe(false);
  await clock.advance(1);
  await opened;
});

test('close() ends all connections and timers', async () => {
  const { pbx, clock } = await openDemo();
  const listener = await openListener(pbx, 'cdr_events');
  const hang = pbx.faults.add({ path: '/wsi', action: { hang: true } });
  const hanging = new WebSocket(`wss://${pbx.address}/wsi`, { ca: pbx.certificate.cert });
  const hungUp = new Promise((resolve) => hanging.on('error', resolve));
  await expect.poll(() => hang.used).toBe(1);
  pbx.push.delay(60_000);
  pbx.make('incoming');
  await pbx.close();
  expect(clock.pending()).toEqual([]);
  await hungUp;
  await listener.until(() => listener.closed !== null);
  expect(pbx.push.connections).toEqual([]);
});

test('a restart cuts all connections, and accepts new ones afterwards', async () => {
  const { pbx } = await openDemo();
  const listener = await openListener(pbx, 'cdr_events');
  await pbx.restart();
  await listener.until(() => listener.closed !== null);
  const again = await openListener(pbx, 'cdr_events');
  const id = pbx.make('incoming');
  expect(await again.next((frame) => frame['event_type'] === 'call_start')).toMatchObject({ session_id: id });
});
