import type { Guard } from '../../shared/dial-guards.ts';
import type { DialConfirm, DialPlan, PlacedCall, RecentCall } from '../../shared/dial.ts';
import { isFromElsewhere, isOwn, type Origin } from '../../shared/provenance.ts';
import { nameFor } from '../../shared/same-number.ts';
import type { Settings } from '../../shared/settings.ts';
import type { CallList } from '../calls/call-list.ts';
import type { Clock } from '../clock.ts';
import { wasDialled } from './guards/destination.ts';
import { numberOf, type Placement } from './guards/facts.ts';
import { guardsFor } from './guards/guards.ts';
import type { PendingNumber } from './question.ts';

/** All that is known when a number is to be dialled. */
export interface TermsOptions {
  clock: Clock;
  settings: () => Settings;
  /** The account's extension, '' while it is not known; null while nobody is signed in. */
  extension: () => string | null;
  /** All live calls. */
  calls: () => Pick<CallList, 'mine' | 'has'>;
  /** The call that was placed last from here. */
  placed: () => PlacedCall | null;
  recents: () => readonly RecentCall[];
  /** Of the person or company known by a number; ''. */
  nameOf: (number: string) => string;
}

/** Guards need no more than these. */
const MAX_PLACEMENTS = 20;

/** On what terms a number is dialled: who counts as having chosen it, whose it is, and whether it is asked about. */
export class DialTerms {
  readonly #options: TermsOptions;
  #placements: Placement[] = [];

  constructor(options: TermsOptions) {
    this.#options = options;
  }

  /** The number with the provenance that counts, and what happens before it is dialled. */
  of({ provenance, ...rest }: PendingNumber): {
    pending: PendingNumber;
    mode: DialConfirm;
    guards: readonly Guard[];
  } {
    const [only, ...more] = rest.candidates;
    const pending = { provenance: this.#knownAs(only, provenance), ...rest };
    const guards = this.guards(pending);
    const asks = more.length > 0 || guards.length > 0 || this.#options.extension() === null;
    return { pending, mode: asks ? 'ask' : this.#options.settings().dialling.confirm[pending.provenance], guards };
  }

  guards({ provenance, candidates }: PendingNumber): readonly Guard[] {
    const [plan, ...more] = candidates;
    if (plan === undefined || more.length > 0) return [];
    const { clock, settings, calls, placed, recents } = this.#options;
    const { country, guards } = settings().dialling;
    const facts = {
      plan,
      provenance,
      now: clock.now(),
      ownCalls: calls().mine,
      placed: placed(),
      placements: this.#placements,
      recents: recents(),
      country,
    };
    return guardsFor(facts, guards);
  }

  /** Name of the owner of the number; '' if unknown or if there are several numbers to choose from. */
  nameFor({ candidates: [only, ...more] }: PendingNumber): string {
    return only === undefined || more.length > 0 ? '' : this.nameOf(only);
  }

  nameOf(plan: DialPlan): string {
    const { nameOf } = this.#options;
    const recents = this.#options.recents();
    const numbers = [numberOf(plan), plan.dial];
    const name = (of: (number: string) => string): string => numbers.map(of).find((found) => found !== '') ?? '';
    return name(nameOf) || name((number) => nameFor(recents, number));
  }

  /** The number is dialled now. Returns what takes that back, for a call that the PBX turned down. */
  dialled(plan: DialPlan): () => void {
    const placement = { number: numberOf(plan), at: this.#options.clock.now() };
    this.#placements = [...this.#placements, placement].slice(-MAX_PLACEMENTS);
    return () => {
      this.#placements = this.#placements.filter((other) => other !== placement);
    };
  }

  /** Forgets the placements: numbers dialled at one PBX mean nothing at another. */
  forget(): void {
    this.#placements = [];
  }

  /** A caller's number that was dialled before is the user's own now; a code that a caller sent never is. */
  #knownAs(plan: DialPlan | undefined, provenance: Origin): Origin {
    if (plan === undefined || plan.kind === 'feature-code' || isFromElsewhere(provenance) || isOwn(provenance)) {
      return provenance;
    }
    const before = { recents: this.#options.recents(), placements: this.#placements };
    return wasDialled(plan, before) ? 'dialled' : provenance;
  }
}
