import type { ExtensionActivity, PushEvent } from '../../../../src/core/pbx/push/types.ts';
import type { PbxSession } from '../../../../src/core/pbx/types.ts';
import type { Clock } from '../../../../src/core/clock.ts';
import { began, over, phone, target } from './push.ts';
import { CUSTOMER } from './sessions.ts';

const ME = '1001';

interface ModelCall {
  id: string;
  /** The number that was dialled. */
  dialled: string;
  ringing: string[];
  talking: { number: string; since: number } | null;
  /** How often the call began to ring me. */
  rangMe: number;
  /** Somebody answered the call after it had rung me. */
  taken: boolean;
  over: boolean;
}

/** The truth about a few calls, with the session list that shows it at any time and the push events of each change. */
export class Office {
  readonly calls: ModelCall[] = [];
  readonly #clock: Clock;
  #phone: ExtensionActivity = 'idle';

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get live(): ModelCall[] {
    return this.calls.filter((call) => !call.over);
  }

  /** A customer calls; several numbers are a hunt group. Returns the push events, by topic. */
  begins(...numbers: string[]): PushEvent[][] {
    const id = `call-${this.calls.length}`;
    const dialled = numbers.length === 1 ? (numbers[0] ?? '') : '8000';
    const call: ModelCall = { id, dialled, ringing: [], talking: null, rangMe: 0, taken: false, over: false };
    this.calls.push(call);
    return this.#pushed([began(id, CUSTOMER, dialled, { at: this.#clock.now() }), ...this.#ring(call, numbers)]);
  }

  /** The first or the last of the ringing phones is picked up. */
  answers(call: ModelCall, last: boolean): PushEvent[][] {
    const number = last ? call.ringing.at(-1) : call.ringing[0];
    if (number === undefined) return [];
    const others = call.ringing.filter((other) => other !== number);
    call.ringing = [];
    call.talking = { number, since: this.#clock.now() };
    call.taken ||= call.rangMe > 0;
    return this.#pushed([
      target('answer', call.id, CUSTOMER, number),
      ...others.map((other) => target('fail', call.id, CUSTOMER, other)),
    ]);
  }

  /** The person who talks transfers the call to another phone. */
  transfers(call: ModelCall, to: string): PushEvent[][] {
    const from = call.talking?.number;
    if (from === undefined || from === to) return [];
    call.talking = null;
    return this.#pushed([...this.#ring(call, [to]), target('end', call.id, CUSTOMER, from)]);
  }

  hangsUp(call: ModelCall): PushEvent[][] {
    const numbers = [...call.ringing, ...(call.talking === null ? [] : [call.talking.number])];
    const change = call.talking === null ? 'noanswer' : 'end';
    call.over = true;
    call.ringing = [];
    call.talking = null;
    const ends = numbers.map((number) => target(change, call.id, CUSTOMER, number));
    return this.#pushed([...ends, over(call.id, { endedAt: this.#clock.now() })]);
  }

  get sessions(): PbxSession[] {
    return this.live.map((call) => ({ id: call.id, legs: this.#legs(call) }));
  }

  #legs({ ringing, talking, dialled }: ModelCall): PbxSession['legs'] {
    const to = (callee: string, talkingSeconds: number) => ({
      caller: CUSTOMER,
      callerName: '',
      callee,
      trunk: '',
      startedAt: null,
      talkingSeconds,
    });
    if (talking !== null)
      return [to(talking.number, Math.max(1, Math.floor((this.#clock.now() - talking.since) / 1000)))];
    return [...(dialled === '8000' ? [to(dialled, 0)] : []), ...ringing.map((number) => to(number, 0))];
  }

  #ring(call: ModelCall, numbers: readonly string[]): PushEvent[] {
    call.ringing = [...numbers];
    if (numbers.includes(ME)) call.rangMe += 1;
    return numbers.flatMap((number) => [
      target('add', call.id, CUSTOMER, number),
      target('ringing', call.id, CUSTOMER, number),
    ]);
  }

  /** The events of a change by topic. Within a topic they are in order; either topic may arrive first. */
  #pushed(cdr: PushEvent[]): PushEvent[][] {
    const rings = this.live.some(({ ringing }) => ringing.includes(ME));
    const talks = this.live.some(({ talking }) => talking?.number === ME);
    const activity = rings ? 'ringing' : talks ? 'on-call' : 'idle';
    const changed = activity !== this.#phone;
    this.#phone = activity;
    return [cdr, changed ? [phone(activity)] : []];
  }
}
