import { diff } from '../../../../src/core/calls/events.ts';
import type { Fact } from '../../../../src/core/calls/facts.ts';
import { NOTHING_KNOWN, type Model, type Stamp } from '../../../../src/core/calls/model.ts';
import type { OwnNumbers } from '../../../../src/core/calls/own-numbers.ts';
import { reduce } from '../../../../src/core/calls/reduce.ts';
import { inOrder } from '../../../../src/core/calls/view.ts';
import type { PushEvent } from '../../../../src/core/pbx/push/types.ts';
import type { PbxSession } from '../../../../src/core/pbx/types.ts';
import type { Call, CallEvent } from '../../../../src/shared/call.ts';
import { ADA, NINE, PLAN } from './sessions.ts';

/** The model with a clock, for stories. Events read "for-me a", with a star for a transferred call. */
export class Tracking {
  model: Model = NOTHING_KNOWN;
  /** Wall time, ms since 1970. */
  now = NINE;
  /** Monotonic ms. */
  elapsed = 1_000_000;
  /** Of the last facts. */
  events: CallEvent[] = [];
  own: OwnNumbers = ADA;
  /** How far the PBX's clock is ahead of this computer's, in ms. */
  pbxAhead = 0;
  nameWaitMs = 0;
  historyPolled = false;
  #asked: Stamp | null = null;
  #calls: Call[] = [];

  /** As after the first look at an idle PBX. */
  ready(): this {
    this.look();
    return this;
  }

  /** The call history may not be asked for: nothing waits for it. */
  unreadable(): this {
    this.apply({ type: 'history', readable: false });
    return this;
  }

  /** Push is there. */
  listening(): this {
    this.apply({ type: 'listening', listening: true });
    return this;
  }

  after(seconds: number): this {
    this.now += seconds * 1000;
    this.elapsed += seconds * 1000;
    return this;
  }

  /** Time passes, and what gets older by that does. */
  passes(seconds: number): string[] {
    return this.after(seconds).apply({ type: 'tick' });
  }

  /** The list is asked for now; what it answers comes with the next look. */
  asks(): this {
    this.#asked = this.#stamp;
    return this;
  }

  look(...sessions: PbxSession[]): string[] {
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
    const asked = this.#asked ?? this.#stamp;
    this.#asked = null;
    const list = { sessions, dropped, pbxTime };
    return this.apply({ type: 'list', asked, list, quiet: this.model.list === null });
  }

  hear(...events: PushEvent[]): string[] {
    return this.apply(...events.map((event) => ({ type: 'push', event }) as const));
  }

  /** A call to the customer is about to be placed. */
  placing(key: string, dial: string): this {
    const plan = { ...PLAN, dial };
    this.apply({ type: 'placing', key, plan, name: '', phone: '1001' });
    return this;
  }

  reset(): void {
    const world = this.#world;
    this.model = reduce(this.model, [{ type: 'reset' }], world);
    this.#calls = [];
  }

  apply(...facts: Fact[]): string[] {
    const before = this.model;
    this.model = reduce(before, facts, this.#world);
    this.events = diff(before, this.model);
    this.#calls = inOrder(this.model.sessions.values(), this.#calls);
    return this.events.map(brief);
  }

  get calls(): Call[] {
    return this.#calls;
  }

  get ids(): string[] {
    return this.#calls.map(({ id }) => id);
  }

  get #stamp(): Stamp {
    return { seq: this.model.seq, at: this.elapsed };
  }

  get #world() {
    const { own, elapsed, now: wall, nameWaitMs, historyPolled } = this;
    return { own, now: elapsed, wall, nameWaitMs, historyPolled };
  }
}

function brief(event: CallEvent): string {
  const star = event.type === 'for-me' && event.transferred ? '*' : '';
  return `${event.type} ${event.call.id}${star}`;
}
