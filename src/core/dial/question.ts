import type { DialOptions, DialPlan, DialRequest, DialSource } from '../../shared/dial.ts';
import type { Clock } from '../clock.ts';

/** A wish to dial: one number, or several to choose from. */
export interface Wish {
  source: DialSource;
  candidates: readonly DialPlan[];
  /** What the dial card says for this call only. */
  overrides: Partial<DialOptions> | null;
}

type Terms = Pick<DialRequest, 'mode' | 'name' | 'guards'>;

export interface QuestionOptions {
  clock: Clock;
  onChange: () => void;
  /** The time to undo is over: nobody did. Not told after a sleep. */
  onDue: () => void;
}

export const UNDO_MS = 3_000;
/** A countdown that ends later than this slept, with the computer or under a debugger. */
const LATE_MS = 1_000;

/** The wish that waits, at most one: the newer takes the place of the older. */
export class Question {
  readonly #options: QuestionOptions;
  #open: { wish: Wish; request: DialRequest } | null = null;
  #stop: () => void = () => undefined;
  #count = 0;

  constructor(options: QuestionOptions) {
    this.#options = options;
  }

  get request(): DialRequest | null {
    return this.#open?.request ?? null;
  }

  get wish(): Wish | null {
    return this.#open?.wish ?? null;
  }

  /** The same wish on the same terms again, as by a double click, is the same question; its countdown runs on. */
  open(wish: Wish, terms: Terms): void {
    if (this.#open !== null && this.#open.request.mode === terms.mode && sameWish(this.#open.wish, wish)) {
      this.#open = { wish, request: { ...this.#open.request, ...terms } };
      this.#options.onChange();
      return;
    }
    this.#stop();
    this.#count += 1;
    const { clock } = this.#options;
    const [only, ...more] = wish.candidates;
    const several = more.length > 0;
    const dueAt = terms.mode === 'undo' ? clock.now() + UNDO_MS : null;
    const request: DialRequest = {
      id: `request-${this.#count}`,
      source: wish.source,
      ...terms,
      dueAt,
      plan: several ? null : (only ?? null),
      candidates: several ? [...wish.candidates] : [],
    };
    this.#open = { wish, request };
    if (dueAt !== null) this.#stop = clock.after(UNDO_MS, () => this.#due(dueAt));
    this.#options.onChange();
  }

  /** A countdown becomes a question that waits; true when there was one. */
  hold(guards: DialRequest['guards'] = []): boolean {
    if (this.#open?.request.mode !== 'undo') return false;
    const { wish, request } = this.#open;
    this.open(wish, { mode: 'ask', name: request.name, guards });
    return true;
  }

  /** Is it about this number, alone or among others? `dial` as in DialPlan. */
  isAbout(dial: string): boolean {
    return this.#open?.wish.candidates.some((plan) => plan.dial === dial) ?? false;
  }

  close(): void {
    if (this.#open === null) return;
    this.#stop();
    this.#open = null;
    this.#options.onChange();
  }

  /** Forgets it, without another word. */
  dispose(): void {
    this.#stop();
    this.#open = null;
  }

  #due(dueAt: number): void {
    if (this.#options.clock.now() - dueAt > LATE_MS) this.hold();
    else this.#options.onDue();
  }
}

function sameWish(a: Wish, b: Wish): boolean {
  const numbers = (wish: Wish): string => wish.candidates.map(({ dial }) => dial).join(' ');
  return a.source === b.source && a.overrides === null && b.overrides === null && numbers(a) === numbers(b);
}
