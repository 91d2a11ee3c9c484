import { CallMonitor } from '../../../../src/core/calls/call-monitor.ts';
import type { Listening } from '../../../../src/shared/call.ts';
import type { PushEvent, PushTopic } from '../../../../src/core/pbx/push/types.ts';
import type { Call, CallEvent } from '../../../../src/shared/call.ts';
import { appError } from '../../../../src/shared/errors.ts';
import { ManualClock } from '../../../support/manual-clock.ts';
import { pass } from './pass.ts';
import { ScriptedPbx } from './scripted-pbx.ts';
import { ADA, NINE } from './sessions.ts';

export const BOTH: PushTopic[] = ['extension_events', 'cdr_events'];
export const PHONE_ONLY: PushTopic[] = ['extension_events'];

/** A monitor that listens, and what it tells. */
export class ListeningDesk {
  readonly clock = new ManualClock(NINE);
  readonly pbx = new ScriptedPbx(this.clock);
  /** "for-me a", a nameless call's id as "?". */
  readonly told: string[] = [];
  readonly events: CallEvent[] = [];
  calls: Call[] = [];
  listening: Listening | null = null;
  readonly monitor = new CallMonitor({
    pbx: this.pbx,
    own: () => ADA,
    intervalMs: () => 5_000,
    clock: this.clock,
    onChange: (calls, _link, listening) => {
      this.calls = calls;
      this.listening = listening;
    },
    onEvents: (events) => {
      this.events.push(...events);
      this.told.push(...events.map(({ type, call }) => `${type} ${call.id.startsWith('push:') ? '?' : call.id}`));
    },
    onStopped: (error) => this.told.push(error.code),
  });

  /** Signed in, and everything found out. */
  async ready(topics: PushTopic[] | null = BOTH): Promise<this> {
    this.monitor.start();
    if (topics !== null) this.listens(topics);
    await this.pass(2_000);
    this.pbx.asked.list.length = 0;
    return this;
  }

  listens(topics: PushTopic[] = BOTH): void {
    this.monitor.pushState({ status: 'listening', topics, since: this.clock.now() });
  }

  loses(): void {
    const retryAt = this.clock.now() + 1_000;
    this.monitor.pushState({ status: 'waiting', retryAt, error: appError('connection-lost') });
  }

  hears(...events: PushEvent[]): void {
    for (const event of events) this.monitor.pushed(event);
  }

  pass(ms: number): Promise<void> {
    return pass(this.clock, ms);
  }

  refuses(...methods: ('list' | 'status' | 'sync')[]): this {
    const codes = { list: 'list-forbidden', status: 'status-forbidden', sync: 'history-forbidden' } as const;
    for (const method of methods) this.pbx.fails(method, appError(codes[method]));
    return this;
  }
}
