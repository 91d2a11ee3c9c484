import type { Guard } from '../../shared/dial-guards.ts';
import type { DialOptions, DialPlan, DialQuestion } from '../../shared/dial.ts';
import type { Origin } from '../../shared/provenance.ts';
import { Timer } from '../../shared/timer.ts';
import type { Clock } from '../clock.ts';

/** A number that is to be dialled, or several to choose from. */
export interface PendingNumber {
  /** The original text and its source; it is read again when the country or the rules change. */
  source: { text: string; provenance: Origin };
  /** Which of the numbers in the text the user chose, from 0; null before that. */
  choice: number | null;
  /** As guards judge it: a caller's number that was dialled before counts as dialled. */
  provenance: Origin;
  candidates: readonly DialPlan[];
  /** Options on the dial card for this call only. */
  overrides: Partial<DialOptions> | null;
}

type Terms = Pick<DialQuestion, 'mode' | 'name' | 'guards'>;

export interface QuestionOptions {
  clock: Clock;
  onChange: () => void;
  /** The time to undo is over and nobody did. Not called after a sleep. */
  onDue: () => void;
  /** What the window shows of a number that waited and is asked about now. */
  termsOf: (pending: PendingNumber) => Omit<Terms, 'mode'>;
  /** Whether it may come from somebody else: then it waits, and is not dropped before the user has seen it. */
  isFromElsewhere: (pending: PendingNumber) => boolean;
}

export const UNDO_MS = 3_000;
/** A countdown that ends later than this was suspended with the computer, or by a debugger. */
const LATE_MS = 1_000;
/** More than a user clicks before answering; only a page that opens links in a loop exceeds it. */
export const MAX_WAITING = 10;

/**
 * The open question and the numbers that wait behind it. Only an answer, or the next number that the user dials,
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
   * Takes a number: its question opens where none is open. A number from elsewhere waits its turn, and the user's own
   * comes first. The same number again, as by a double click, is the same question. Too many: nothing was taken.
   */
  take(pending: PendingNumber, terms: Terms): 'open' | 'waits' | 'too-many' {
    const open = this.#open;
    if (open === null) this.#show(pending, terms);
    else if (isSameNumber(open.pending, pending)) this.replace(pending, terms);
    else if (this.#options.isFromElsewhere(pending)) return this.#wait(pending);
    else {
      // A new choice of the user replaces their previous one; a number from elsewhere waits.
      if (this.#options.isFromElsewhere(open.pending)) this.#waiting.unshift(open.pending);
      this.#show(pending, terms);
    }
    return 'open';
  }

  /**
   * Changes the terms of the open question, or its number to one of several. With the same number and mode it stays the
   * same question, and its countdown goes on.
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

  /** Turns a countdown into a question without one; true if there was a countdown. */
  hold(guards: readonly Guard[] = []): boolean {
    if (this.#open?.question.mode !== 'undo') return false;
    const { pending, question } = this.#open;
    this.replace(pending, { mode: 'ask', name: question.name, guards });
    return true;
  }

  /** Closes the question and asks about the next number, without a countdown, which would come unexpectedly. */
  close(): void {
    if (this.#open === null) return;
    this.#countdown.stop();
    this.#open = null;
    const next = this.#waiting.shift();
    if (next === undefined) this.#options.onChange();
    else this.#showAsking(next);
  }

  /**
   * Replaces each number by what `read` returns for it, null to give it up. An open one that was replaced is asked
   * about anew, without a countdown: it is another number than the user saw.
   */
  readAgain(read: (pending: PendingNumber) => PendingNumber | null): void {
    this.#waiting = this.#waiting.flatMap((pending) => read(pending) ?? []);
    const open = this.#open?.pending;
    const pending = open === undefined ? open : read(open);
    if (pending === null) this.close();
    else if (pending !== undefined && pending !== open) this.#showAsking(pending);
    else this.#options.onChange();
  }

  /** Gives up the numbers that `which` names, open or waiting. */
  drop(which: (pending: PendingNumber) => boolean): void {
    const before = this.#waiting.length;
    this.#waiting = this.#waiting.filter((pending) => !which(pending));
    if (this.#open !== null && which(this.#open.pending)) this.close();
    else if (this.#waiting.length !== before) this.#options.onChange();
  }

  /** Forgets everything and calls no callback any more. */
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
    if (dueAt !== null) this.#countdown.start(UNDO_MS, () => this.#due(dueAt));
    this.#options.onChange();
  }

  #due(dueAt: number): void {
    if (this.#options.clock.now() - dueAt > LATE_MS) this.hold();
    else this.#options.onDue();
  }
}

function isSameNumber(a: PendingNumber, b: PendingNumber): boolean {
  const numbers = (pending: PendingNumber): string => pending.candidates.map(({ dial }) => dial).join(' ');
  return a.provenance === b.provenance && a.overrides === null && b.overrides === null && numbers(a) === numbers(b);
}
