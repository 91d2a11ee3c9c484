import type { SimClock } from '../fleet/sim-clock.ts';
import type { DeskClock } from './desk-clock.ts';
import type { Fault, Network } from './network.ts';
import type { PushLine } from './push-line.ts';

/** How long after trouble the program may need until it looks again, in ms. */
const SETTLES: Partial<Record<Fault, number>> & { else: number } = {
  // Looked at again every ten minutes.
  forbidden: 670_000,
  busy: 900_000,
  'busy-until': 900_000,
  // Failures in a row make the wait longer, up to a minute.
  else: 80_000,
};
/** After a word that the computer woke or the network is back. */
export const FRESH_WITHIN_MS = 2_000;
/** One interval of 5 s and its jitter, and the patience of the budget while it is needed for a call placed here. */
const BY_LIST_MS = 13_000;
/** While push listens the list is only compared, every 75 s and a tenth. */
const COMPARED_MS = 95_000;
/** A desk that was told to slow down (429) while push worked compares every four and a half minutes; two of these. */
const SLOWED_BY_MS = 600_000;
/** What push told before such a time ago may have been told with gaps. */
const GAPS_MS = 600_000;

interface ConditionParts {
  world: SimClock;
  desk: DeskClock;
  network: Network;
  push: () => PushLine;
}

/** What may be asked of the program at the moment: when the PBX could be reached, and by which way. */
export class Conditions {
  readonly #parts: ConditionParts;
  /** REST is as it should be from then on. */
  #calmFrom = -Infinity;
  #slowed = false;
  #disturbedAt = -Infinity;
  #dialling = false;
  #signedIn = false;
  #listening = false;
  /** The list is refused: the program says so. */
  alone = false;
  #disturbances = 0;

  constructor(parts: ConditionParts) {
    this.#parts = parts;
  }

  get signedIn(): boolean {
    return this.#signedIn;
  }

  set signedIn(signedIn: boolean) {
    if (signedIn === this.#signedIn) return;
    this.#signedIn = signedIn;
    if (signedIn) this.#slowed = false;
    this.disturbed();
  }

  /** By push, as the program says. */
  get listening(): boolean {
    return this.#listening;
  }

  set listening(listening: boolean) {
    if (listening === this.#listening) return;
    this.#listening = listening;
    this.disturbed(0);
  }

  /** A request to place a call has left: until it is answered, what rings may be that call. */
  set dialling(dialling: boolean) {
    this.#dialling = dialling;
    this.disturbed(1_000);
  }

  /** Counts what disturbs push. */
  get disturbances(): number {
    return this.#disturbances;
  }

  faultBegins(): void {
    this.disturbed(0);
  }

  faultEnds(fault: Fault): void {
    if (fault.startsWith('busy')) this.#slowed = true;
    this.disturbed(SETTLES[fault] ?? SETTLES.else);
  }

  /** Sleep, a lost connection, a clock that is set. */
  disturbed(settlesMs: number = SETTLES.else): void {
    const now = this.#parts.world.now();
    this.#disturbances += 1;
    this.#disturbedAt = now;
    this.#calmFrom = Math.max(this.#calmFrom, now + settlesMs);
  }

  /** The program was told that the computer woke up, or that the network changed. */
  woken(): void {
    if (!this.#slowed) this.#calmFrom = -Infinity;
    this.disturbed(this.#slowed ? SETTLES.else : FRESH_WITHIN_MS);
  }

  /** Since when REST answers and the program should know it, ms since 1970; Infinity while it does not. */
  get calmSince(): number {
    const { desk, network } = this.#parts;
    const rest = network.answers && !desk.asleep && this.signedIn && !this.#dialling;
    return rest ? this.#calmFrom : Infinity;
  }

  /** What happens to the phone should be known at once. */
  get pushed(): boolean {
    const { desk, network, push } = this.#parts;
    return (
      this.signedIn && !this.#dialling && this.listening && !desk.asleep && push().works && !network.has('push-delayed')
    );
  }

  /** What push tells may be seconds old, told after the list has shown more, or told twice like another device. */
  get pushIsOdd(): boolean {
    const { network } = this.#parts;
    return network.has('push-delayed') || network.has('push-doubled') || !this.#parts.push().works;
  }

  /** A call that goes on may be taken for over: the list does not show it, and push has a gap. */
  get endsAreGuessed(): boolean {
    const { network, world } = this.#parts;
    return (network.has('broken-entries') || this.alone) && (!this.pushed || world.now() - this.#disturbedAt < GAPS_MS);
  }

  /** In this time a look at the list must have shown what is so, in ms. */
  get withinMs(): number {
    return (this.listening ? COMPARED_MS : BY_LIST_MS) + (this.#slowed ? SLOWED_BY_MS : 0);
  }
}
