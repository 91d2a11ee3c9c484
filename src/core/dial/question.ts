import type { Guard } from '../../shared/dial-guards.ts';
import type { DialOptions, DialPlan, DialQuestion } from '../../shared/dial.ts';
import type { Origin } from '../../shared/provenance.ts';
import { Timer } from '../../shared/timer.ts';
import type { Clock } from '../clock.ts';

/** A text with a number. `external`: somebody outside had it, and it looks like an extension; see Party. */
export interface NumberSource {
  text: string;
  provenance: Origin;
  external: boolean;
}

/** A number that waits to be dialled, or several for the user to choose from. */
export interface PendingNumber {
  /** The original text and its source; it is read again when the country or the rules change. */
  source: NumberSource;
  /** Index of the number in the text that the user chose; null before that. */
  choice: number | null;
  /** The provenance that guards see: `dialled` for a caller's number that was dialled before. */
  provenance: Origin;
  candidates: readonly DialPlan[];
  /** Options on the dial card for this call only. */
  overrides: Partial<DialOptions> | null;
}

/** What the window shows beside the number. */
type Terms = Pick<DialQuestion, 'mode' | 'name' | 'guards'>;

export interface QuestionOptions {
  clock: Clock;
  onChange: () => void;
  /** The countdown has ended without an undo. Not called if the computer slept meanwhile. */
  onCountdownEnd: () => void;
  /** The terms for a number that waited and is asked about now. */
  termsOf: (pending: PendingNumber) => Omit<Terms, 'mode'>;
  /** Whether somebody else may have sent the number. Such a number waits until the user has seen it. */
  isFromElsewhere: (pending: PendingNumber) => boolean;
}

/** How long the user can undo a call before it is placed. */
export const UNDO_MS = 3_000;
/** A countdown that ends later than this was suspended with the computer, or by a debugger. */
const LATE_MS = 1_000;
/** A user does not click so many links before answering, but a page that opens links in a loop does. */
export const MAX_WAITING = 10;

/**
 * Holds the open question and the numbers that wait behind it. Only an answer or the next number that the user dials
 * replaces the open question, because the pointer may be on its button.
 */
export class Question {
  readonly #options: QuestionOptions;
  #open: { pending: PendingNumber; question: DialQuestion } | null = null;
  /** In the order in which they will be asked about. */
  #waiting: PendingNumber[] = [];
  readonly #countdown: Timer;
  #count = 0;

  constructor(options: QuestionOptions) {
    this.#options = options;
    this.#countdown = new Timer(options.clock);
  }

  /** The open question. */
  get open(): DialQuestion | null {
    return this.#open?.question ?? null;
  }

  get pending(): PendingNumber | null {
    return this.#open?.pending ?? null;
  }

  /** How many numbers wait behind the open question. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /**
   * Opens a question about a number, or lets the number wait. A number from elsewhere waits while another question is
   * open; a number that the user chose is asked about at once. The same number again, for example by a double click, is
   * the same question. `too-many`: the number was not added.
   */
  add(pending: PendingNumber, terms: Terms): 'open' | 'waits' | 'too-many' {
    const open = this.#open;
    if (open === null) this.#show(pending, terms);
    else if (isSameNumber(open.pending, pending)) this.replace(pending, terms);
    else if (this.#options.isFromElsewhere(pending)) return this.#wait(pending);
    else {
      // A number that the user chose before is dropped. A number from elsewhere waits again.
      if (this.#options.isFromElsewhere(open.pending)) this.#waiting.unshift(open.pending);
      this.#show(pending, terms);
    }
    return 'open';
  }

  /**
   * Replaces the open question. If the number and the mode are the same, the question keeps its id and its countdown, and
   * only its terms change.
   */
  replace(pending: PendingNumber, terms: Terms): void {
    const open = this.#open;
    if (open === null || open.question.mode !== terms.mode || !isSameNumber(open.pending, pending))
      this.#show(pending, terms);
    else {
      this.#open = { pending, question: { ...open.question, ...terms } };
      this.#options.onChange();
    }
  }

  /** Turns a countdown into a question with these guards. Returns whether there was a countdown. */
  stopCountdown(guards: readonly Guard[] = []): boolean {
    if (this.#open?.question.mode !== 'undo') return false;
    const { pending, question } = this.#open;
    this.replace(pending, { mode: 'ask', name: question.name, guards });
    return true;
  }

  /** Closes the question and asks about the next number, without a countdown, because the user does not expect one. */
  close(): void {
    if (this.#open === null) return;
    this.#countdown.stop();
    this.#open = null;
    const next = this.#waiting.shift();
    if (next === undefined) this.#options.onChange();
    else this.#showAsking(next);
  }

  /**
   * Replaces each number by what `read` returns for it, and drops it for null. If `read` replaces the number of the open
   * question, a new question without a countdown opens, because the user saw another number.
   */
  readAgain(read: (pending: PendingNumber) => PendingNumber | null): void {
    this.#waiting = this.#waiting.flatMap((pending) => read(pending) ?? []);
    const open = this.#open?.pending;
    const pending = open === undefined ? open : read(open);
    if (pending === null) this.close();
    else if (pending !== undefined && pending !== open) this.#showAsking(pending);
    else this.#options.onChange();
  }

  /** Drops the numbers for which `isDropped` returns true, open or waiting. */
  drop(isDropped: (pending: PendingNumber) => boolean): void {
    const before = this.#waiting.length;
    this.#waiting = this.#waiting.filter((pending) => !isDropped(pending));
    if (this.#open !== null && isDropped(this.#open.pending)) this.close();
    else if (this.#waiting.length !== before) this.#options.onChange();
  }

  /** Drops everything without a callback. */
  dispose(): void {
    this.#countdown.stop();
    this.#open = null;
    this.#waiting = [];
  }

  #wait(pending: PendingNumber): 'waits' | 'too-many' {
    if (this.#waiting.some((other) => isSameNumber(other, pending))) return 'waits';
    if (this.#waiting.length >= MAX_WAITING) return 'too-many';
    this.#waiting.push(pending);
    this.#options.onChange();
    return 'waits';
  }

  #showAsking(pending: PendingNumber): void {
    this.#show(pending, { mode: 'ask', ...this.#options.termsOf(pending) });
  }

  #show(pending: PendingNumber, terms: Terms): void {
    this.#countdown.stop();
    this.#count += 1;
    const { clock } = this.#options;
    const [only, ...more] = pending.candidates;
    const several = more.length > 0;
    const dueAt = terms.mode === 'undo' ? clock.now() + UNDO_MS : null;
    const question: DialQuestion = {
      id: `question-${this.#count}`,
      provenance: pending.provenance,
      ...terms,
      dueAt,
      plan: several ? null : (only ?? null),
      candidates: several ? [...pending.candidates] : [],
    };
    this.#open = { pending, question };
    if (dueAt !== null) this.#countdown.start(UNDO_MS, () => this.#countdownEnded(dueAt));
    this.#options.onChange();
  }

  #countdownEnded(dueAt: number): void {
    if (this.#options.clock.now() - dueAt > LATE_MS) this.stopCountdown();
    else this.#options.onCountdownEnd();
  }
}

/** Options on the dial card make a number different, so that they are not lost. */
function isSameNumber(a: PendingNumber, b: PendingNumber): boolean {
  const numbers = (pending: PendingNumber): string => pending.candidates.map(({ dial }) => dial).join(' ');
  const isSameSource = a.provenance === b.provenance && a.source.external === b.source.external;
  return isSameSource && a.overrides === null && b.overrides === null && numbers(a) === numbers(b);
}
