import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ok } from '../../../src/shared/result.ts';
import type { RecentCall } from '../../../src/shared/dial.ts';
import type { FakeBridge } from '../support/fake-bridge.ts';
import { openWindow } from '../support/open.ts';
import { historyCall, recent } from '../support/samples.ts';
import { sight } from '../support/sight.ts';

const missed = (id: string, more: Partial<RecentCall> = {}): RecentCall =>
  recent({ id, direction: 'incoming', outcome: 'missed', seconds: null, unseen: true, ...more });

let seen: ReturnType<typeof sight>;

beforeEach(() => {
  seen = sight();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function open(recents: RecentCall[]): Promise<FakeBridge> {
  const { bridge } = await openWindow({ recents }, (fake) => {
    fake.answer('history.seen', () => ok(null));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  return bridge;
}

test('a missed call is marked as seen once its row was visible for a moment in the focused window', async () => {
  const bridge = await open([missed('a'), recent({ id: 'b' })]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(bridge.payloads('history.seen')).toEqual([]);
  await vi.advanceTimersByTimeAsync(600);
  expect(bridge.payloads('history.seen')).toEqual([{ ids: ['a'] }]);
});

test('a row that is not visible, or only for a moment, is not marked as seen', async () => {
  const bridge = await open([missed('a')]);
  await vi.advanceTimersByTimeAsync(1_000);
  seen.show(false);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(bridge.payloads('history.seen')).toEqual([]);
  seen.show(true);
  await vi.advanceTimersByTimeAsync(1_600);
  expect(bridge.payloads('history.seen')).toEqual([{ ids: ['a'] }]);
});

test('no call is marked as seen while the window is hidden or not focused', async () => {
  await seen.focus(false);
  const bridge = await open([missed('a')]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(bridge.payloads('history.seen')).toEqual([]);
  const hidden = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  await seen.focus(true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(bridge.payloads('history.seen')).toEqual([]);
  hidden.mockReturnValue('visible');
  document.dispatchEvent(new Event('visibilitychange'));
  await vi.advanceTimersByTimeAsync(1_600);
  expect(bridge.payloads('history.seen')).toEqual([{ ids: ['a'] }]);
});

test.each(['missed', 'call-back'] as const)('the list of %s calls reports once that it was seen', async (view) => {
  const bridge = await open([]);
  const entries = [historyCall({ id: 'a', direction: 'incoming', outcome: 'missed', unseen: true })];
  bridge.answer('history.page', () =>
    ok({ entries, next: null, numbers: {}, waiting: { people: 1, voicemails: null } }),
  );
  bridge.show(view);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(bridge.payloads('history.seen')).toEqual([{ ids: null }]);
});
