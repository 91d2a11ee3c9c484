import { LiveCalls, type LiveCallsOptions } from '../../../../src/core/calls/live-calls.ts';
import { CallStore } from '../../../../src/core/calls/store.ts';
import type { Clock } from '../../../../src/core/clock.ts';
import type { Pbx } from '../../../../src/core/pbx/types.ts';
import { ADA } from './sessions.ts';

/** Ada's live calls, polled every five seconds, and the store that holds them. */
export function watching(
  { clock, pbx }: { clock: Clock; pbx: Pbx },
  more: Partial<LiveCallsOptions> = {},
): { live: LiveCalls; store: CallStore } {
  const store = new CallStore({ clock, own: () => ADA });
  const live = new LiveCalls({
    store,
    pbx,
    clock,
    intervalMs: () => 5_000,
    paced: (ms) => ms,
    onRing: () => {},
    onChange: () => {},
    onEvents: () => {},
    onPushed: () => {},
    onStopped: () => {},
    ...more,
  });
  return { live, store };
}
