import type { SimClock } from '../fleet/sim-clock.ts';
import type { DeskClock } from './desk-clock.ts';
import type { Fault, Network } from './network.ts';
import type { SoakPush } from './soak-push.ts';

/** How long the program may need after a fault until it polls again, in ms. */
const SETTLE_MS: Partial<Record<Fault, number>> & { else: number } = {
  // Checked again every ten minutes.
  forbidden: 670_000,
  busy: 900_000,
  'busy-until': 900_000,
  // Failures in a row make the wait longer, up to a minute.
  else: 80_000,
};
/** The same after the computer woke up or the network returned, in ms. */
export const FRESH_WITHIN_MS = 2_000;
/** One interval of 5 s and its jitter, and the wait while the request budget serves a call placed here. */
const BY_LIST_MS = 13_000;
/** While push works, polls of the list only confirm it, every 75 s plus a tenth. */
const CONFIRMED_MS = 95_000;
/** After a 429: twice the longest interval between polls while push works (four and a half minutes). */
const SLOWED_BY_MS = 600_000;
/** Events that push sent longer ago than this may have gaps. */
const GAPS_MS = 600_000;

interface ConditionParts {
  clock: SimClock;
  deskClock: DeskClock;
  network: Network;
  push: () => SoakPush;
}

/** The sources that the program can use now, and since when it can reach the PBX. */
export class Conditions {
  readonly #parts: ConditionParts;
  /** Since when REST works. */
  #calmFrom = -Infinity;
  #slowed = false;
  #disturbedAt = -Infinity;
  #dialling = false;
  #signedIn = false;
  #listening = false;
  /** The program reports that it cannot read the list, so push or the history is its only source. */
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

  /** The program reports push as its source. */
  get listening(): boolean {
    return this.#listening;
  }

  set listening(listening: boolean) {
    if (listening === this.#listening) return;
    this.#listening = listening;
    this.disturbed(0);
  }

  /** A request to place a call is unanswered; until then a ring may be that call. */
  set dialling(dialling: boolean) {
    this.#dialling = dialling;
    this.disturbed(1_000);
  }

  /** How often something disturbed push. */
  get disturbances(): number {
    return this.#disturbances;
  }

  faultBegins(): void {
    this.disturbed(0);
  }

  faultEnds(fault: Fault): void {
    if (fault.startsWith('busy')) this.#slowed = true;
    this.disturbed(SETTLE_MS[fault] ?? SETTLE_MS.else);
  }

  /** Sleep, a lost connection, a changed clock. */
  disturbed(settlesMs: number = SETTLE_MS.else): void {
    const now = this.#parts.clock.now();
    this.#disturbances += 1;
    this.#disturbedAt = now;
    this.#calmFrom = Math.max(this.#calmFrom, now + settlesMs);
  }

  /** The program got a wake-up or network event. */
  woken(): void {
    if (!this.#slowed) this.#calmFrom = -Infinity;
    this.disturbed(this.#slowed ? SETTLE_MS.else : FRESH_WITHIN_MS);
  }

  /** Since when REST answers and the program should know it, ms since 1970; Infinity while it does not. */
  get calmSince(): number {
    const { deskClock, network } = this.#parts;
    const rest = network.isRestUndisturbed && !deskClock.asleep && this.signedIn && !this.#dialling;
    return rest ? this.#calmFrom : Infinity;
  }

  /** Push works, so the program should know at once what happens to the phone. */
  get pushed(): boolean {
    const { deskClock, network, push } = this.#parts;
    return (
      this.signedIn &&
      !this.#dialling &&
      this.listening &&
      !deskClock.asleep &&
      push().works &&
      !network.has('push-delayed')
    );
  }

  /** Push may be seconds late, older than the list, or sent twice as for another device. */
  get isPushLateOrDoubled(): boolean {
    const { network } = this.#parts;
    return network.has('push-delayed') || network.has('push-doubled') || !this.#parts.push().works;
  }

  /** An ongoing call may count as ended: the list does not show it, and push has a gap. */
  get areEndsInferred(): boolean {
    const { network, clock } = this.#parts;
    return (network.has('broken-entries') || this.alone) && (!this.pushed || clock.now() - this.#disturbedAt < GAPS_MS);
  }

  /** Within this time a poll must have shown the real state, in ms. */
  get withinMs(): number {
    return (this.listening ? CONFIRMED_MS : BY_LIST_MS) + (this.#slowed ? SLOWED_BY_MS : 0);
  }
}
