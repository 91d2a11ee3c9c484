import type { Listening } from '../../../../src/shared/call.ts';
import type { PushEvent, PushTopic } from '../../../../src/core/pbx/push/types.ts';
import type { Call, CallEvent } from '../../../../src/shared/call.ts';
import { appError } from '../../../../src/shared/errors.ts';
import { ManualClock } from '../../../support/manual-clock.ts';
import { pass } from './pass.ts';
import { ScriptedPbx } from './scripted-pbx.ts';
import { watching } from './live.ts';
import { NINE, PLAN } from './sessions.ts';

export const BOTH: PushTopic[] = ['extension_events', 'cdr_events'];
export const PHONE_ONLY: PushTopic[] = ['extension_events'];

/** Live calls with push, and the events that they report. */
export class ListeningDesk {
  readonly clock = new ManualClock(NINE);
  readonly pbx = new ScriptedPbx(this.clock);
  /** The events as "for-me a"; the ID of a placeholder as "?". */
  readonly reported: string[] = [];
  readonly events: CallEvent[] = [];
  calls: Call[] = [];
  listening: Listening | null = null;
  readonly #watching = watching(this, {
    onChange: (calls, _link, listening) => {
      this.calls = calls.shown.calls;
      this.listening = listening;
    },
    onEvents: (events) => {
      this.events.push(...events);
      this.reported.push(...events.map(({ type, call }) => `${type} ${call.id.startsWith('push:') ? '?' : call.id}`));
    },
    onStopped: (error) => this.reported.push(error.code),
  });
  readonly live = this.#watching.live;
  readonly store = this.#watching.store;

  /** Signed in; push is connected, and the first polls were answered. */
  ready(topics: PushTopic[] = BOTH): Promise<this> {
    return this.#start(topics);
  }

  /** Signed in without push; the first polls were answered. */
  readyWithoutPush(): Promise<this> {
    return this.#start(null);
  }

  async #start(topics: PushTopic[] | null): Promise<this> {
    this.live.start();
    if (topics !== null) this.listens(topics);
    await this.passMs(2_000);
    this.pbx.asked.list.length = 0;
    return this;
  }

  /** `proven`: what the PBX granted; the rest of the topics it neither granted nor refused. */
  listens(topics: PushTopic[] = BOTH, proven: PushTopic[] = topics): void {
    this.live.setPushState({ status: 'listening', topics, proven, since: this.clock.now() });
  }

  /** The push connection is lost. */
  loses(): void {
    const retryAt = this.clock.now() + 1_000;
    this.live.setPushState({ status: 'waiting', retryAt, error: appError('connection-lost') });
  }

  pushes(...events: PushEvent[]): void {
    for (const event of events) this.live.applyPush(event);
  }

  passMs(ms: number): Promise<void> {
    return pass(this.clock, ms);
  }

  refuses(...methods: ('list' | 'status' | 'sync')[]): this {
    const codes = { list: 'list-forbidden', status: 'status-forbidden', sync: 'history-forbidden' } as const;
    for (const method of methods) this.pbx.fails(method, appError(codes[method]));
    return this;
  }

  /** A request to place a call is about to be sent. Returns a function that gives the PBX's answer, the session ID. */
  placing(number: string): (sessionId: string) => void {
    const key = `placed-${number}`;
    const plan = { ...PLAN, dial: number };
    this.store.applyAndEmit({ type: 'call-placed', key, plan, name: '', phone: '1001' });
    return (sessionId) => {
      this.store.applyAndEmit({ type: 'accepted', key, sessionId });
      this.live.pollForPlacedCall();
    };
  }
}
