import type { Desk } from '../../src/core/desk.ts';
import type { CallPlan } from '../../src/demo/call-plans.ts';
import { ACCOUNT, SALES_GROUP } from '../../src/demo/office.ts';
import { playCall } from '../../src/demo/play-call.ts';
import type { Switchboard } from '../../src/demo/switchboard.ts';
import { around, exponential, type SimClock } from '../fleet/sim-clock.ts';

export interface OfficeDayOptions {
  world: SimClock;
  board: Switchboard;
  /** Sessions an hour. */
  perHour: number;
  /** The PBX is up. */
  isOpen: () => boolean;
  /** The desk of the user; null while its computer sleeps. */
  desk: () => Desk | null;
  onDialling: (dialling: boolean) => void;
}

/** My share: 80 of 2,000 sessions an hour. */
const MINE = 0.04;
const COLLEAGUES = 120;

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
    const { world, perHour } = this.#options;
    world.after(exponential(world, 3_600_000 / perHour), () => {
      if (world.now() >= this.#until) return;
      if (this.#options.isOpen()) this.#call();
      this.#wait();
    });
  }

  #call(): void {
    const { world, board } = this.#options;
    if (world.random() >= MINE) {
      playCall(board, this.#plan({ rings: [this.#colleague()], talkMs: around(world, 70_000, 1.8) }));
      return;
    }
    const dice = world.random();
    const me = ACCOUNT.extension;
    if (dice < 0.4) playCall(board, this.#plan({ rings: [me] }));
    else if (dice < 0.55) playCall(board, this.#plan({ rings: [me], answeredBy: null, ringMs: this.#rings() * 1.5 }));
    else if (dice < 0.7) playCall(board, this.#group());
    else if (dice < 0.82) playCall(board, this.#transferred());
    else if (dice < 0.92) playCall(board, this.#plan({ caller: me, rings: [this.#outsider()], trunk: 'Hudson SIP' }));
    else this.#place();
  }

  #plan(change: Partial<CallPlan>): CallPlan {
    const { world } = this.#options;
    return {
      caller: this.#outsider(),
      callerName: world.random() < 0.5 ? 'Kelly' : '',
      rings: [],
      trunk: 'Hudson SIP',
      ringMs: this.#rings(),
      answeredBy: 0,
      talkMs: around(world, 20_000, 2),
      endedBy: 'CALLER_DISCONNECTED',
      transfer: null,
      ...change,
    };
  }

  #group(): CallPlan {
    const { world } = this.#options;
    const dice = world.random();
    const rings = [...SALES_GROUP.members];
    return this.#plan({ rings, answeredBy: dice < 0.2 ? null : Math.floor(world.random() * rings.length) });
  }

  #transferred(): CallPlan {
    const { world } = this.#options;
    const transfer = { afterMs: 2_000 + exponential(world, 8_000), to: ACCOUNT.extension, ringMs: this.#rings() };
    return this.#plan({ rings: [this.#colleague()], transfer });
  }

  /** The user dials a number in the program. */
  #place(): void {
    const { world } = this.#options;
    const desk = this.#options.desk();
    if (desk === null) return;
    const numbers = ['+12015550186', '+12015550180', '+12015550163', '+12015550108'];
    const odd = world.random() < 0.4 ? numbers[Math.floor(world.random() * numbers.length)] : undefined;
    this.placed += 1;
    desk.dialCommands.dismiss();
    this.#options.onDialling(true);
    void desk.dialCommands.place(odd ?? this.#outsider(), 'typed').then((placed) => {
      this.#options.onDialling(false);
      // A guard asks, e.g. about the same number again. Nobody answers, and the next dialling replaces the question.
      if (!placed.ok || placed.value === null || world.random() < 0.5) return;
      const { key } = placed.value;
      world.after(5_000 + exponential(world, 20_000), () => void desk.dialCommands.hangUp(key));
    });
  }

  /** Most rings are short, one in twenty is long. */
  #rings(): number {
    const { world } = this.#options;
    return world.random() < 0.05 ? 40_000 + world.random() * 60_000 : 3_000 + world.random() * 22_000;
  }

  #colleague(): string {
    return String(2_000 + Math.floor(this.#options.world.random() * COLLEAGUES));
  }

  /** Usually a new number. */
  #outsider(): string {
    this.#callers += 1;
    return `+1212${String(this.#callers % 10_000_000).padStart(7, '2')}`;
  }
}
