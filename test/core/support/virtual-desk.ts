import { SimClock } from '../../../bench/fleet/sim-clock.ts';
import { DeskClock } from '../../../bench/soak/desk-clock.ts';
import { Network } from '../../../bench/soak/network.ts';
import { PushLine } from '../../../bench/soak/push-line.ts';
import { RestLine } from '../../../bench/soak/rest-line.ts';
import { SoakDesk } from '../../../bench/soak/soak-desk.ts';
import { SoakPbx } from '../../../bench/soak/soak-pbx.ts';
import { Staging } from '../../../src/demo/staging.ts';
import type { CallEvent } from '../../../src/shared/call.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
const CALLER = '+12015550123';

/** The real desk and the demo PBX's own parts on virtual time, with simulated lines between them. */
export class VirtualDesk {
  readonly world = new SimClock(Date.UTC(2026, 0, 5, 9), 1);
  readonly clock = new DeskClock(this.world);
  readonly network = new Network();
  readonly pbx: SoakPbx = new SoakPbx(this.world, 1, () => this.push);
  readonly calls = new Staging(this.pbx.board);
  readonly push: PushLine = new PushLine({
    world: this.world,
    desk: this.clock,
    network: this.network,
    rules: this.pbx.rules,
  });
  /** When requests left, ms since 1970 in the world. */
  readonly requests: number[] = [];
  readonly events: CallEvent[] = [];
  readonly rest = new RestLine({
    world: this.world,
    desk: this.clock,
    network: this.network,
    answer: (request) => this.pbx.answer(request),
    onRequest: () => this.requests.push(this.world.now()),
  });
  readonly #soak = new SoakDesk({
    clock: this.clock,
    rest: this.rest,
    push: this.push,
    onChange: () => {},
    onEvents: (events) => this.events.push(...events),
    onNotified: () => {},
  });
  readonly desk = this.#soak.desk;

  async signedIn(): Promise<this> {
    void this.#soak.signIn();
    await this.pass(10_000);
    return this;
  }

  async pass(ms: number): Promise<void> {
    // What has just been started comes as far as it can without time.
    await new Promise(setImmediate);
    await this.world.run(this.world.now() + ms);
  }

  /** Somebody calls me; gives the session id. */
  rings(): string {
    return this.calls.add({ legs: [{ caller: CALLER, callee: '1001' }] });
  }

  told(type: CallEvent['type']): string[] {
    return this.events.filter((event) => event.type === type).map(({ call }) => call.id);
  }

  get shown(): string[] {
    return this.desk.calls.calls.map(({ id, state }) => `${id} ${state}`);
  }

  /** Keys of the notifications of ringing calls. */
  get notified(): string[] {
    return [...this.#soak.notified];
  }

  get link(): string {
    return this.desk.calls.link.status;
  }
}
