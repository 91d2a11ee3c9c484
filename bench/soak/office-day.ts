import type { Desk } from '../../src/core/desk.ts';
import type { CallPlan } from '../../src/demo/call-plans.ts';
import { ACCOUNT, SALES_GROUP } from '../../src/demo/office.ts';
import { playCall } from '../../src/demo/play-call.ts';
import type { Switchboard } from '../../src/demo/switchboard.ts';
import { around, exponential, type SimClock } from '../fleet/sim-clock.ts';

export interface OfficeDayOptions {
  clock: SimClock;
  board: Switchboard;
  /** Sessions an hour. */
  perHour: number;
  isPbxUp: () => boolean;
  /** The desk of the user; null while its computer sleeps. */
  desk: () => Desk | null;
  onDialling: (dialling: boolean) => void;
}

/** The share of the user's own calls: 80 of 2,000 sessions an hour. */
const MINE = 0.04;
const COLLEAGUES = 120;
/** Numbers that the demo PBX never connects, see src/demo/dialled-numbers.ts. */
const UNSUCCESSFUL = ['+12015550186', '+12015550180', '+12015550163', '+12015550108'];

/** The calls of an office during working hours, and the user's own. */
export class OfficeDay {
  readonly #options: OfficeDayOptions;
  #until = 0;
  #callers = 0;
  placed = 0;

  constructor(options: OfficeDayOptions) {
    this.#options = options;
  }

  /** Starts calls until `until`, ms since 1970; calls that are still active then end by themselves. */
  work(until: number): void {
    this.#until = until;
    this.#wait();
  }

  #wait(): void {
    const { clock, perHour } = this.#options;
    clock.after(exponential(clock, 3_600_000 / perHour), () => {
      if (clock.now() >= this.#until) return;
      if (this.#options.isPbxUp()) this.#call();
      this.#wait();
    });
  }

  #call(): void {
    const { clock, board } = this.#options;
    if (clock.random() >= MINE) {
      playCall(board, this.#plan({ rings: [this.#colleague()], talkMs: around(clock, 70_000, 1.8) }));
      return;
    }
    const dice = clock.random();
    const me = ACCOUNT.extension;
    if (dice < 0.4) playCall(board, this.#plan({ rings: [me] }));
    else if (dice < 0.55) playCall(board, this.#plan({ rings: [me], answeredBy: null, ringMs: this.#ringMs() * 1.5 }));
    else if (dice < 0.7) playCall(board, this.#group());
    else if (dice < 0.82) playCall(board, this.#transferred());
    else if (dice < 0.92) playCall(board, this.#plan({ caller: me, rings: [this.#outsider()], trunk: 'Hudson SIP' }));
    else this.#place();
  }

  #plan(change: Partial<CallPlan>): CallPlan {
    const { clock } = this.#options;
    return {
      caller: this.#outsider(),
      callerName: clock.random() < 0.5 ? 'Kelly' : '',
      rings: [],
      trunk: 'Hudson SIP',
      ringMs: this.#ringMs(),
      answeredBy: 0,
      talkMs: around(clock, 20_000, 2),
      endedBy: 'CALLER_DISCONNECTED',
      transfer: null,
      ...change,
    };
  }

  #group(): CallPlan {
    const { clock } = this.#options;
    const dice = clock.random();
    const rings = [...SALES_GROUP.members];
    return this.#plan({ rings, answeredBy: dice < 0.2 ? null : Math.floor(clock.random() * rings.length) });
  }

  #transferred(): CallPlan {
    const { clock } = this.#options;
    const transfer = { afterMs: 2_000 + exponential(clock, 8_000), to: ACCOUNT.extension, ringMs: this.#ringMs() };
    return this.#plan({ rings: [this.#colleague()], transfer });
  }

  /** The user dials a number in the program. */
  #place(): void {
    const { clock } = this.#options;
    const desk = this.#options.desk();
    if (desk === null) return;
    const isUnsuccessful = clock.random() < 0.4;
    const number = isUnsuccessful ? UNSUCCESSFUL[Math.floor(clock.random() * UNSUCCESSFUL.length)] : undefined;
    this.placed += 1;
    desk.dialCommands.dismiss();
    this.#options.onDialling(true);
    void desk.dialCommands.place(number ?? this.#outsider(), 'typed').then((placed) => {
      this.#options.onDialling(false);
      // A guard asks, e.g. about the same number again. Nobody answers, and the next dialling replaces the question.
      if (!placed.ok || placed.value === null || clock.random() < 0.5) return;
      const { key } = placed.value;
      clock.after(5_000 + exponential(clock, 20_000), () => void desk.dialCommands.hangUp(key));
    });
  }

  /** How long a phone rings, in ms: mostly up to 25 s, one in twenty times 40 s or more. */
  #ringMs(): number {
    const { clock } = this.#options;
    return clock.random() < 0.05 ? 40_000 + clock.random() * 60_000 : 3_000 + clock.random() * 22_000;
  }

  #colleague(): string {
    return String(2_000 + Math.floor(this.#options.clock.random() * COLLEAGUES));
  }

  /** Usually a new number. */
  #outsider(): string {
    this.#callers += 1;
    return `+1212${String(this.#callers % 10_000_000).padStart(7, '2')}`;
  }
}
