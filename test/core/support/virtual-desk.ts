import { SimClock } from '../../../bench/fleet/sim-clock.ts';
import { DeskClock } from '../../../bench/soak/desk-clock.ts';
import { inMemoryHistories } from '../../../bench/soak/in-memory-history.ts';
import { Network } from '../../../bench/soak/network.ts';
import { SoakPush } from '../../../bench/soak/soak-push.ts';
import { SoakRest } from '../../../bench/soak/soak-rest.ts';
import { SoakDesk } from '../../../bench/soak/soak-desk.ts';
import { SoakPbx, type SoakPbxOptions } from '../../../bench/soak/soak-pbx.ts';
import type { Desk } from '../../../src/core/desk.ts';
import type { PbxAnswer, PbxRequest } from '../../../src/demo/http.ts';
import type { CallEvent } from '../../../src/shared/call.ts';
import { Staging } from '../../pbx/staging.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
const CALLER = '+12015550123';

export interface VirtualDeskOptions extends Pick<SoakPbxOptions, 'dialect' | 'may'> {
  /** Uses the program's SQLite history, which adds the PBX's records, instead of one with only the last fifty calls. */
  sqlite?: boolean;
}

/** The real desk and the demo PBX's own parts on virtual time, with simulated lines between them. */
export class VirtualDesk {
  readonly world = new SimClock(Date.UTC(2026, 0, 5, 9), 1);
  readonly clock = new DeskClock(this.world);
  readonly network = new Network();
  readonly pbx: SoakPbx;
  readonly calls: Staging;
  readonly push: SoakPush;
  /** When requests were sent, ms since 1970 in the world. */
  readonly requests: number[] = [];
  /** Methods and paths of these requests: "GET /api/sessions". */
  readonly asked: string[] = [];
  readonly events: CallEvent[] = [];
  readonly rest: SoakRest;
  readonly desk: Desk;
  readonly #soak: SoakDesk;
  #lost: string | null = null;

  /** The PBX is the demo office by default. */
  constructor({ sqlite = false, ...options }: VirtualDeskOptions = {}) {
    const { world, clock, network } = this;
    this.pbx = new SoakPbx({ ...options, clock: world, seed: 1, publisher: () => this.push });
    this.calls = new Staging(this.pbx.board);
    this.push = new SoakPush({ clock: world, deskClock: clock, network, rules: this.pbx.rules });
    this.rest = new SoakRest({
      clock: world,
      deskClock: clock,
      network,
      answer: (request) => this.#answer(request),
      onRequest: (what) => {
        this.requests.push(world.now());
        this.asked.push(what);
      },
    });
    this.#soak = new SoakDesk({
      clock,
      rest: this.rest,
      push: this.push,
      onChange: () => {},
      onEvents: (events) => this.events.push(...events),
      onNotified: () => {},
      ...(sqlite ? { histories: inMemoryHistories(clock).histories } : {}),
    });
    this.desk = this.#soak.desk;
  }

  /** The next request of this kind ("POST /api/sessions") is carried out, and its answer never arrives. */
  loseAnswerTo(what: string): void {
    this.#lost = what;
  }

  #answer(request: PbxRequest): PbxAnswer | null {
    const answer = this.pbx.answer(request);
    if (this.#lost !== `${request.method} ${request.path}`) return answer;
    this.#lost = null;
    return null;
  }

  async signIn(): Promise<this> {
    void this.#soak.signIn();
    await this.pass(10_000);
    return this;
  }

  async pass(ms: number): Promise<void> {
    // Lets pending work continue as far as it can without time passing.
    await new Promise(setImmediate);
    await this.world.run(this.world.now() + ms);
  }

  /** Somebody calls me; returns the session id. */
  receiveCall(): string {
    return this.calls.add({ legs: [{ caller: CALLER, callee: '1001' }] });
  }

  eventsOf(type: CallEvent['type']): string[] {
    return this.events.filter((event) => event.type === type).map(({ call }) => call.id);
  }

  get shown(): string[] {
    return this.desk.calls.calls.map(({ id, state }) => `${id} ${state}`);
  }

  /** Keys of the notifications of ringing calls. */
  get notified(): string[] {
    return [...this.#soak.notified];
  }

  get list(): string {
    return this.desk.calls.list.status;
  }
}
