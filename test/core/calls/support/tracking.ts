import { CallOrder, type CallList } from '../../../../src/core/calls/call-list.ts';
import { eventsBetween } from '../../../../src/core/calls/events.ts';
import type { Fact } from '../../../../src/core/calls/facts.ts';
import { EMPTY_MODEL, type Model, type FactStamp } from '../../../../src/core/calls/model.ts';
import type { OwnNumbers } from '../../../../src/core/numbers/own-numbers.ts';
import { reduce } from '../../../../src/core/calls/reduce.ts';
import type { PushEvent } from '../../../../src/core/pbx/push/types.ts';
import type { PbxSession } from '../../../../src/core/pbx/types.ts';
import type { Call, CallEvent } from '../../../../src/shared/call.ts';
import { ADA, NINE, PLAN } from './sessions.ts';

/** The model with a clock. Its methods apply facts and return the events: "for-me a", with a * if transferred. */
export class Tracking {
  model: Model = EMPTY_MODEL;
  /** Wall time, ms since 1970. */
  now = NINE;
  /** Monotonic ms. */
  elapsed = 1_000_000;
  /** The events that the last facts caused. */
  events: CallEvent[] = [];
  own: OwnNumbers = ADA;
  /** How far the PBX's clock is ahead of this computer's, in ms. */
  pbxAhead = 0;
  placeholderDelayMs = 0;
  historyPolled = false;
  #asked: FactStamp | null = null;
  #order = new CallOrder();

  /** The first poll has shown that the PBX has no calls. */
  afterFirstPoll(): this {
    this.poll();
    return this;
  }

  /** The call history is forbidden, so nothing waits for it. */
  withoutHistory(): this {
    this.apply({ type: 'history', readable: false });
    return this;
  }

  /** Push is connected. */
  withPush(): this {
    this.apply({ type: 'push-connection', isConnected: true });
    return this;
  }

  after(seconds: number): this {
    this.now += seconds * 1000;
    this.elapsed += seconds * 1000;
    return this;
  }

  /** Lets time pass and applies the time limits. */
  passSeconds(seconds: number): string[] {
    return this.after(seconds).apply({ type: 'tick' });
  }

  /** The list is requested now; the next `poll` or `list` is the answer. */
  asks(): this {
    this.#asked = this.#stamp;
    return this;
  }

  poll(...sessions: PbxSession[]): string[] {
    return this.list({ sessions });
  }

  list({
    sessions,
    dropped = 0,
    pbxTime = this.now + this.pbxAhead,
  }: {
    sessions: PbxSession[];
    dropped?: number;
    pbxTime?: number | null;
  }): string[] {
    const asOf = this.#asked ?? this.#stamp;
    this.#asked = null;
    const sessionList = { sessions, dropped, total: sessions.length + dropped, pbxTime };
    return this.apply({ type: 'list', asOf, sessionList, unannounced: this.model.lastList === null });
  }

  push(...events: PushEvent[]): string[] {
    return this.apply(...events.map((event) => ({ type: 'push', event }) as const));
  }

  /** A call to the customer is about to be placed. */
  placing(key: string, dial: string): this {
    const plan = { ...PLAN, dial };
    this.apply({ type: 'call-placed', key, plan, name: '', phone: '1001' });
    return this;
  }

  reset(): void {
    const world = this.#world;
    this.model = reduce(this.model, [{ type: 'reset' }], world);
    this.#order = new CallOrder();
  }

  apply(...facts: Fact[]): string[] {
    const before = this.model;
    this.model = reduce(before, facts, this.#world);
    this.events = eventsBetween(before, this.model);
    this.#order.update(this.model.sessions);
    return this.events.map(brief);
  }

  get calls(): Call[] {
    return this.#order.list.shown.calls;
  }

  /** The calls including those beyond the number that is shown. */
  get allCalls(): CallList {
    return this.#order.list;
  }

  get ids(): string[] {
    return this.calls.map(({ id }) => id);
  }

  get #stamp(): FactStamp {
    return { seq: this.model.seq, at: this.elapsed };
  }

  get #world() {
    const { own, elapsed, now: wall, placeholderDelayMs, historyPolled } = this;
    return { own, now: elapsed, wall, placeholderDelayMs, historyPolled };
  }
}

function brief(event: CallEvent): string {
  const star = event.type === 'for-me' && event.transferred ? '*' : '';
  return `${event.type} ${event.call.id}${star}`;
}
