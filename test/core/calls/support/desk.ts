import { CallPlacer } from '../../../../src/core/dial/placer.ts';
import type { PushEvent, PushTopic } from '../../../../src/core/pbx/push/types.ts';
import type { CreateSession, Pbx, PbxLeg } from '../../../../src/core/pbx/types.ts';
import { endWords } from '../../../../src/renderer/lib/end-words.ts';
import { ENGLISH as ERRORS } from '../../../../src/messages/error-messages.ts';
import { ENGLISH as WINDOW } from '../../../../src/messages/window.ts';
import type { CallEvent } from '../../../../src/shared/call.ts';
import type { PlacedCall } from '../../../../src/shared/dial.ts';
import type { Result } from '../../../../src/shared/result.ts';
import { ManualClock } from '../../../support/manual-clock.ts';
import { pass } from './pass.ts';
import { ScriptedPbx } from './scripted-pbx.ts';
import { watching } from './live.ts';
import { CUSTOMER, leg, NINE, PLAN, session, talking } from './sessions.ts';

const MESSAGES = { ...WINDOW, ...ERRORS };

const BODY: CreateSession = { caller: '1001', callee: CUSTOMER, sendSdp: true };
const BOTH: PushTopic[] = ['extension_events', 'cdr_events'];
export const PHONE_RINGS = leg(CUSTOMER, '1001');
export const PHONE_UP = talking(CUSTOMER, '1001', 2);
export const OTHER_RINGS = leg('1001', CUSTOMER);
export const OTHER_UP = talking('1001', CUSTOMER, 1);

/** A desk with a PBX whose new calls ring the caller's phone. */
export class Desk {
  readonly clock = new ManualClock(NINE);
  readonly pbx = new ScriptedPbx(this.clock);
  readonly ended: PlacedCall[] = [];
  readonly events: CallEvent[] = [];
  card: PlacedCall | null = null;
  /** Each step that the card showed, in order. */
  readonly steps: string[] = [];
  /** The ends that the card showed, in order. */
  readonly sentences = new Set<string>();
  signedIn: Pbx | null = this.pbx;
  /** Push reports each step. */
  reportsSteps = false;
  readonly #watching = watching(this, { onEvents: (events) => this.events.push(...events) });
  readonly live = this.#watching.live;
  readonly store = this.#watching.store;
  readonly placer = new CallPlacer({
    store: this.store,
    pbx: () => this.signedIn,
    live: () => this.live,
    clock: this.clock,
    reportsSteps: () => this.reportsSteps,
    onChange: (placed) => {
      this.card = placed;
      if (placed !== null && placed.end !== null) this.sentences.add(endWords(placed, MESSAGES));
      if (placed !== null && this.steps.at(-1) !== placed.step) this.steps.push(placed.step);
    },
    onEnded: (placed) => this.ended.push(placed),
  });

  constructor() {
    this.pbx.legsOfNewCall = () => [PHONE_RINGS];
  }

  /** Push is connected and reports all calls. */
  withPush(): this {
    this.reportsSteps = true;
    this.live.setPushState({ status: 'listening', topics: BOTH, proven: BOTH, since: this.clock.now() });
    return this;
  }

  /** Push sends events. */
  pushes(...events: PushEvent[]): void {
    this.store.applyAndEmit(...events.map((event) => ({ type: 'push', event }) as const));
  }

  place(): Promise<Result<PlacedCall>> {
    return this.placer.place(PLAN, BODY, 'Grace');
  }

  /** The legs of the call change at the PBX, and a second passes. */
  async becomes(...legs: PbxLeg[]): Promise<void> {
    this.pbx.sessions = [session(this.pbx.nextId, ...legs)];
    await pass(this.clock, 1_000);
  }

  async hangsUp(): Promise<void> {
    this.pbx.sessions = [];
    await pass(this.clock, 5_000);
  }

  get end(): string | undefined {
    return this.card === null ? undefined : endWords(this.card, MESSAGES);
  }
}
