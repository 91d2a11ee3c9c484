import type { Clock } from '../core/clock.ts';
import { planEvent, planForAlex, planForColleagues, type DemoEvent } from './call-plans.ts';
import { ACCOUNT } from './office.ts';
import { playCall } from './play-call.ts';
import { Random } from './random.ts';
import type { Session, Switchboard } from './switchboard.ts';

/** The number of colleagues' calls at the same time. Alex's calls are additional. */
const MIN_CALLS = 3;
const MAX_CALLS = 4;

/** Plays the calls of an office day. The same seed gives the same calls. */
export class Traffic {
  readonly #board: Switchboard;
  readonly #clock: Clock;
  readonly #office: Random;
  readonly #alex: Random;
  readonly #byHand: Random;
  #colleagueCalls: Session[] = [];
  #cancel: (() => void)[] = [];

  constructor(board: Switchboard, clock: Clock, seed: number) {
    this.#board = board;
    this.#clock = clock;
    this.#office = new Random(seed, 'office');
    this.#alex = new Random(seed, 'alex');
    this.#byHand = new Random(seed, 'by hand');
  }

  start(): void {
    this.stop();
    for (let calls = 0; calls < MIN_CALLS; calls++) this.#ringColleague(this.#office.between(5_000, 120_000));
    this.#repeat(
      () => this.#office.between(1_000, 3_000),
      () => this.#officeTurn(),
    );
    // A new user should soon see a call for them, but after they have looked around.
    let latest: Session | null = null;
    this.#repeat(
      () => (latest === null ? this.#alex.between(15_000, 24_000) : this.#alex.between(50_000, 80_000)),
      () => {
        const waiting = latest !== null && this.#board.find(latest.id) !== null;
        if (waiting || this.#board.isBusy(ACCOUNT.extension)) return;
        const plan =
          latest === null ? planEvent('incoming', this.#alex, this.#isBusy) : planForAlex(this.#alex, this.#isBusy);
        // Short talks: the phone should usually be free, so that the user can place a call.
        latest = playCall(this.#board, { ...plan, talkMs: this.#alex.between(12_000, 25_000) });
      },
    );
  }

  stop(): void {
    for (const cancel of this.#cancel) cancel();
    this.#cancel = [];
    this.#colleagueCalls = [];
  }

  /** Starts a call now. It has a separate random stream, so that the later calls of the day do not change. */
  make(event: DemoEvent): Session {
    return playCall(this.#board, planEvent(event, this.#byHand, this.#isBusy));
  }

  #officeTurn(): void {
    this.#colleagueCalls = this.#colleagueCalls.filter((session) => this.#board.find(session.id) !== null);
    const count = this.#colleagueCalls.length;
    if (count < MIN_CALLS || (count < MAX_CALLS && this.#office.chance(0.25))) this.#ringColleague();
  }

  #ringColleague(agoMs = 0): void {
    const plan = planForColleagues(this.#office, this.#isBusy);
    if (plan !== null) this.#colleagueCalls.push(playCall(this.#board, plan, agoMs));
  }

  readonly #isBusy = (number: string): boolean => this.#board.isBusy(number);

  #repeat(interval: () => number, task: () => void): void {
    const slot = this.#cancel.length;
    const wait = (): void => {
      this.#cancel[slot] = this.#clock.after(interval(), () => {
        task();
        wait();
      });
    };
    wait();
  }
}
