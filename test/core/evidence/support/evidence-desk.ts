import type { Call, CallEvent } from '../../../../src/shared/call.ts';
import type { PlacedCall, RecentCall } from '../../../../src/shared/dial.ts';
import { VirtualDesk } from '../../support/virtual-desk.ts';

export const MAPLE = '+12015550123';
/** A call from outside that rings the user's phone. */
export const TO_ME = { caller: MAPLE, callerName: 'Maple & Sons Joinery', callee: '1001', trunk: 'Hudson SIP' };
/** The same call at a colleague's phone. */
export const TO_PRIYA = { ...TO_ME, callee: '1002' };
export const NOBODY_LISTS = { list: false, end: false };

export type EvidenceOptions = NonNullable<ConstructorParameters<typeof VirtualDesk>[0]>;

/** The real desk, and what its user sees. */
export class EvidenceDesk extends VirtualDesk {
  /** The numbers of the missed calls that were reported, in order. */
  get missed(): string[] {
    return this.of('missed').map(({ call }) => call.other.number);
  }

  /** Recent calls as "incoming connected +12015550123", newest first. */
  get recents(): string[] {
    return this.desk.recents.map(({ direction, outcome, number }) => `${direction} ${outcome} ${number}`);
  }

  get recent(): RecentCall | undefined {
    return this.desk.recents[0];
  }

  /** My calls on the screen. */
  get mine(): Call[] {
    return this.desk.calls.calls.filter(({ mine }) => mine);
  }

  get placed(): PlacedCall | null {
    return this.desk.dial.placed;
  }

  of(type: CallEvent['type']): CallEvent[] {
    return this.events.filter((event) => event.type === type);
  }

  /** The user places a call; returns the session id. */
  async placeCall(number: string): Promise<string> {
    const placing = this.desk.dialCommands.place(number, 'typed');
    await this.pass(500);
    const placed = await placing;
    const id = placed.ok ? placed.value?.sessionId : null;
    if (typeof id !== 'string') throw new Error(`not placed: ${JSON.stringify(placed)}`);
    return id;
  }

  /** How long it takes until the condition is true, in ms; Infinity if that takes longer than `most`. */
  async timeUntil(check: () => boolean, most: number): Promise<number> {
    for (let ms = 0; ms <= most; ms += 100) {
      if (check()) return ms;
      await this.pass(100);
    }
    return Infinity;
  }
}

/** Opens a desk that is signed in and has found out which requests it may send. */
export async function openSignedIn(options: EvidenceOptions = {}): Promise<EvidenceDesk> {
  const desk = new EvidenceDesk(options);
  await desk.signIn();
  await desk.pass(20_000);
  return desk;
}
