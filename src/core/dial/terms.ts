import type { Guard } from '../../shared/dial-guards.ts';
import type { DialConfirm, DialPlan, PlacedCall, RecentCall } from '../../shared/dial.ts';
import { isFromElsewhere, isOwn, type Origin } from '../../shared/provenance.ts';
import { nameFor } from '../../shared/same-number.ts';
import type { Settings } from '../../shared/settings.ts';
import type { CallList } from '../calls/call-list.ts';
import type { Clock } from '../clock.ts';
import { wasDialled } from './guards/destination.ts';
import { numberOf, type DialledNumber } from './guards/situation.ts';
import { guardsFor } from './guards/guards.ts';
import type { PendingNumber } from './question.ts';

/** What the terms of a number depend on. */
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
  /** The name of the person or company that has a number; '' if it is not known. */
  nameOf: (number: string) => string;
}

/** More are not kept. Older calls are in `recents`. */
const MAX_DIALLED_NUMBERS = 20;

/**
 * Decides on what terms a number is dialled: who counts as having chosen it, the name that is shown with it, and whether
 * the user is asked first.
 */
export class DialTerms {
  readonly #options: TermsOptions;
  #dialledNumbers: DialledNumber[] = [];

  constructor(options: TermsOptions) {
    this.#options = options;
  }

  /** Returns the number with the provenance that guards see, the step before it is dialled, and the reasons to ask. */
  termsOf({ provenance, ...rest }: PendingNumber): {
    pending: PendingNumber;
    mode: DialConfirm;
    guards: readonly Guard[];
  } {
    const [only, ...more] = rest.candidates;
    // A number from outside is not the extension with the same digits that was dialled before.
    const known = rest.source.external ? provenance : this.#provenanceFor(only, provenance);
    const pending = { provenance: known, ...rest };
    const guards = this.guards(pending);
    const mustAsk = more.length > 0 || guards.length > 0 || this.#options.extension() === null;
    return { pending, mode: mustAsk ? 'ask' : this.#options.settings().dialling.confirm[pending.provenance], guards };
  }

  /** The reasons to ask; [] while there are several numbers to choose from. */
  guards({ source, provenance, candidates }: PendingNumber): readonly Guard[] {
    const [plan, ...more] = candidates;
    if (plan === undefined || more.length > 0) return [];
    const { clock, settings, calls, placed, recents } = this.#options;
    const { country, guards } = settings().dialling;
    const situation = {
      plan,
      provenance,
      external: source.external,
      now: clock.now(),
      ownCalls: calls().mine,
      placed: placed(),
      dialledNumbers: this.#dialledNumbers,
      recents: recents(),
      country,
    };
    return guardsFor(situation, guards);
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

  /** Records that a number is dialled now. The function returned removes the record, for a call that the PBX refused. */
  recordDialled(plan: DialPlan): () => void {
    const dialled = { number: numberOf(plan), at: this.#options.clock.now() };
    this.#dialledNumbers = [...this.#dialledNumbers, dialled].slice(-MAX_DIALLED_NUMBERS);
    return () => {
      this.#dialledNumbers = this.#dialledNumbers.filter((other) => other !== dialled);
    };
  }

  /** Forgets the dialled numbers, because they may belong to other people at another PBX. */
  forget(): void {
    this.#dialledNumbers = [];
  }

  /** A number that the user has dialled before counts as `dialled`, but not a feature code or a number from elsewhere. */
  #provenanceFor(plan: DialPlan | undefined, provenance: Origin): Origin {
    if (plan === undefined || plan.kind === 'feature-code' || isFromElsewhere(provenance) || isOwn(provenance)) {
      return provenance;
    }
    const earlierCalls = { recents: this.#options.recents(), dialledNumbers: this.#dialledNumbers };
    return wasDialled(plan, earlierCalls) ? 'dialled' : provenance;
  }
}
