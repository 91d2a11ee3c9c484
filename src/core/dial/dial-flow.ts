import { isDeepStrictEqual } from 'node:util';
import type { Guard } from '../../shared/dial-guards.ts';
import {
  IDLE,
  type DialConfirm,
  type DialOptions,
  type DialPlan,
  type DialReading,
  type DialState,
  type PlacedCall,
} from '../../shared/dial.ts';
import { appError, type AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { CallPlacer } from './placer.ts';
import { isFromElsewhere, isOwn, type Origin } from '../../shared/provenance.ts';
import type { CreateSession } from '../pbx/types.ts';
import { dialRulesOf } from '../settings/dial-rules-of.ts';
import { createSessionBody } from './create-session-body.ts';
import { isFromPrograms, LinkLimiter } from './link-limiter.ts';
import { Question, type PendingNumber } from './question.ts';
import { readDial } from './read-dial.ts';
import { DialTerms, type TermsOptions } from './terms.ts';
import { mayReadElsewhere, UnreadTexts, type UnreadText } from './unread-texts.ts';

export interface DialFlowOptions extends Omit<TermsOptions, 'placed'> {
  /** Whether more evidence of the country may still come, as before a sign-in. */
  isCountryProvisional: () => boolean;
  /** Hosts and domains of the own PBX. */
  ownHosts: () => readonly string[];
  /** Places calls at the PBX of the account; called again for another account. */
  openPlacer: (onChange: (placed: PlacedCall | null) => void) => CallPlacer;
  onChange: () => void;
  /** Something waits for the user: bring the window up. */
  onAttention: () => void;
  /** Whether the window is on the screen. */
  isVisible: () => boolean;
  /** Session ids and keys of the calls that the user ends here are added, before their ends can be reported. */
  endedHere: Set<string>;
}

/** The methods for the user interface. */
export type DialCommands = Pick<
  DialFlow,
  'preview' | 'place' | 'dial' | 'ignoreLinks' | 'answer' | 'hangUp' | 'dismiss'
>;

/** Outcome for a number from outside the window. `kept`: it is read again once the country is known. */
export type Asked = 'asked' | 'waits' | 'kept';

/** From a text to a call: reads it, asks if necessary, places the call, and keeps what the window shows of it. */
export class DialFlow {
  readonly #options: DialFlowOptions;
  readonly #terms: DialTerms;
  readonly #question: Question;
  #placer: CallPlacer;
  readonly #linkLimiter: LinkLimiter;
  readonly #unread = new UnreadTexts();
  /** The window was on the screen when the countdown began. */
  #wasVisible = false;
  #state: DialState = IDLE;

  constructor(options: DialFlowOptions) {
    this.#options = options;
    this.#terms = new DialTerms({ ...options, placed: () => this.#state.placed });
    this.#question = new Question({
      clock: options.clock,
      onChange: () => this.#asks(),
      onDue: () => void this.#undone(),
      termsOf: (pending) => ({ name: this.#terms.nameFor(pending), guards: this.#terms.guards(pending) }),
      isFromElsewhere: ({ provenance }) => isFromElsewhere(provenance),
    });
    this.#linkLimiter = new LinkLimiter(options.clock, () => this.#change({ ignoredUntil: null }));
    this.#placer = this.#newPlacer();
  }

  get state(): DialState {
    return this.#state;
  }

  /** The number that would be dialled for this text. */
  preview(text: string, provenance: Origin = 'typed'): DialReading {
    const { settings, ownHosts } = this.#options;
    return readDial(text, { provenance, rules: dialRulesOf(settings()), ownHosts: ownHosts() });
  }

  /**
   * Dials what the user chose in the window; null when a question is open instead of a call. `choice`: the `dial` of
   * one of several numbers in the text.
   */
  async place(
    text: string,
    provenance: Origin,
    overrides: Partial<DialOptions> | null = null,
    choice: string | null = null,
  ): Promise<Result<PlacedCall | null>> {
    const found = candidatesOf(this.preview(text, provenance));
    if (!found.ok) return found;
    // The window shows how to sign in elsewhere.
    if (this.#options.extension() === null) return err(appError('signed-out'));
    const chosen = choice === null ? null : found.value.findIndex(({ dial }) => dial === choice);
    if (chosen === -1) return err(appError('command-invalid', { detail: 'no such number in the text' }));
    const source = { text, provenance };
    const { pending, mode, guards } = this.#terms.of({ ...numbersOf(source, found.value, chosen), overrides });
    const [only] = pending.candidates;
    if (mode === 'at-once' && isOwn(pending.provenance) && only !== undefined) return this.#place(only, pending);
    this.#ask(pending, mode, guards);
    return ok(null);
  }

  /**
   * A number from outside the window, which the user has not seen there: opens a question, or a time to undo it. The
   * window shows errors as well. A text that may be a number in another country is kept while the country may change.
   */
  dial(text: string, provenance: Origin): Promise<Result<Asked>> {
    const programs = isFromPrograms(provenance);
    if (programs && this.#linkLimiter.ignoredUntil !== null) return Promise.resolve(err(appError('links-ignored')));
    // Before this one counts.
    const quiet = programs && this.#linkLimiter.staysInBackground;
    const isBusy = this.#question.open !== null;
    const found = candidatesOf(this.preview(text, provenance));
    if (programs && (!found.ok || isBusy)) this.#linkLimiter.recordUnwanted();
    const asked = found.ok
      ? this.#askAbout({ text, provenance }, found.value, quiet)
      : this.#keepOrRefuse({ text, provenance, quiet }, found.error);
    if (quiet || this.#state.quiet) this.#change({ quiet: quiet && this.#question.open !== null });
    if (!quiet) this.#options.onAttention();
    this.#wasVisible = this.#options.isVisible();
    return Promise.resolve(asked);
  }

  /** Links and commands do nothing for ten minutes; those that wait are given up. Or they do again. */
  ignoreLinks(ignore: boolean): void {
    if (ignore) this.#linkLimiter.ignore();
    else this.#linkLimiter.stopIgnoring();
    if (ignore) {
      this.#unread.drop(({ provenance }) => isFromPrograms(provenance));
      this.#question.drop(({ provenance }) => isFromPrograms(provenance));
    }
    const { refusal } = this.#state;
    const isSettled = ignore && refusal !== null && isFromPrograms(refusal.provenance);
    this.#change({ ignoredUntil: this.#linkLimiter.ignoredUntil, refusal: isSettled ? null : refusal });
  }

  /** The country, the rules or who is signed in may have changed: what waits for an answer is read again. */
  readAgain(): void {
    this.#question.readAgain((pending) => this.#readAgain(pending));
    if (this.#options.isCountryProvisional()) return;
    for (const unread of this.#unread.take()) {
      const found = candidatesOf(this.preview(unread.text, unread.provenance));
      if (!found.ok) this.#refuse(found.error, unread.provenance);
      else this.#askAbout(unread, found.value, true);
      if (!unread.quiet) this.#options.onAttention();
      else if (found.ok) this.#change({ quiet: true });
    }
  }

  /**
   * Answers the question that is open; `choice` is which of its candidates, from 0. A stale answer (another question
   * has come) does nothing. What keeps the call from being placed leaves the question open.
   */
  async answer(id: string, accept: boolean, choice?: number): Promise<Result<null>> {
    const { open, pending } = this.#question;
    if (open?.id !== id || pending === null) {
      return err(appError('command-invalid', { detail: 'that question is no longer open' }));
    }
    if (!accept) {
      if (isFromPrograms(pending.provenance)) this.#linkLimiter.recordUnwanted();
      this.#question.close();
      return ok(null);
    }
    const plan = open.plan ?? open.candidates[choice ?? -1];
    if (plan === undefined) return err(appError('command-invalid', { detail: 'that number was not offered' }));
    const chosen = { ...pending, candidates: [plan], choice: choice ?? pending.choice };
    // The guards of a number are only known once it was chosen from the list.
    const guards = open.plan === null ? this.#terms.guards(chosen) : [];
    if (guards.length > 0) {
      this.#question.replace(chosen, { mode: 'ask', name: this.#terms.nameFor(chosen), guards });
      return ok(null);
    }
    if (isFromPrograms(pending.provenance)) this.#linkLimiter.resetUnwanted();
    const placed = await this.#place(plan, pending);
    return placed.ok ? ok(null) : placed;
  }

  /** Ends a call. A call that rings for me is declined and not reported as missed. */
  async hangUp(idOrKey: string): Promise<Result<null>> {
    const { endedHere } = this.#options;
    // Push may report the end before the PBX answers the request.
    endedHere.add(idOrKey);
    const answer = await this.#hangUp(idOrKey);
    if (!answer.ok) endedHere.delete(idOrKey);
    return answer;
  }

  #hangUp(idOrKey: string): Promise<Result<null>> {
    const known = this.#placer.hasPlaced(idOrKey) || this.#options.calls().has(idOrKey);
    // A call that is in no list is over, so the PBX need not be asked.
    return known ? this.#placer.hangUp(idOrKey) : Promise.resolve(ok(null));
  }

  /** Removes the card of an ended call, and a refusal, from the window. */
  dismiss(): void {
    this.#placer.dismiss();
    if (this.#state.refusal !== null) this.#change({ refusal: null });
  }

  /** Push reported something of a session; see CallPlacer. */
  pushed(sessionId: string | null): void {
    this.#placer.nudge(sessionId);
  }

  /** Call it after the computer slept: turns a countdown into a question and reads the state of the placed call. */
  wake(): void {
    if (this.#question.hold()) this.#options.onAttention();
    this.#placer.wake();
  }

  /** A question waits for the next sign-in; a countdown is cancelled. */
  signedOut(): void {
    if (this.#question.open?.mode === 'undo') this.#question.close();
  }

  /**
   * A call placed at one PBX cannot be followed at another, and numbers dialled there are not known here. A number from
   * the lists of one account may belong to another person at another PBX; a link is for any account.
   */
  accountChanged(): void {
    this.#question.drop(({ provenance }) => !isFromElsewhere(provenance));
    this.#placer.dispose();
    this.#placer = this.#newPlacer();
    this.#terms.forget();
    this.#change({ placed: null });
  }

  dispose(): void {
    this.#question.dispose();
    this.#linkLimiter.stopIgnoring();
    this.#placer.dispose();
  }

  #askAbout(source: PendingNumber['source'], candidates: readonly DialPlan[], mustAsk: boolean): Result<Asked> {
    const { pending, mode, guards } = this.#terms.of({ ...numbersOf(source, candidates, null), overrides: null });
    const taken = this.#ask(pending, mustAsk ? 'ask' : mode, guards);
    if (taken === 'too-many') return err(appError('too-many-waiting'));
    return ok(taken === 'waits' ? 'waits' : 'asked');
  }

  #keepOrRefuse(unread: UnreadText, error: AppError): Result<Asked> {
    const mayKeep =
      isFromElsewhere(unread.provenance) && this.#options.isCountryProvisional() && mayReadElsewhere(error.code);
    if (mayKeep && this.#unread.keep(unread)) return ok('kept');
    this.#refuse(error, unread.provenance);
    return err(error);
  }

  /** The same object if it reads as before; null if it is no longer a number. */
  #readAgain(pending: PendingNumber): PendingNumber | null {
    const { source, choice } = pending;
    const found = candidatesOf(this.preview(source.text, source.provenance));
    if (!found.ok) {
      this.#keepOrRefuse({ ...source, quiet: this.#state.quiet }, found.error);
      return null;
    }
    const read = numbersOf(source, found.value, choice);
    if (isDeepStrictEqual(read.candidates, pending.candidates)) return pending;
    return this.#terms.of({ ...pending, ...read }).pending;
  }

  #ask(pending: PendingNumber, mode: DialConfirm, guards: readonly Guard[]): ReturnType<Question['take']> {
    this.#settle(pending.provenance);
    this.#wasVisible = this.#options.isVisible();
    return this.#question.take(pending, {
      mode: mode === 'ask' ? 'ask' : 'undo',
      name: this.#terms.nameFor(pending),
      guards,
    });
  }

  /** The question, or what waits behind it, changed. */
  #asks(): void {
    const { open, waiting } = this.#question;
    this.#change({ question: open, waiting, quiet: this.#state.quiet && open !== null });
  }

  /**
   * The time to undo is over. Asks after all if nobody saw the countdown, or if something now speaks against the call.
   */
  async #undone(): Promise<void> {
    const { pending } = this.#question;
    const plan = pending?.candidates[0];
    if (pending === null || plan === undefined) return;
    const guards = this.#terms.guards(pending);
    // Checked at the end as well: a window that comes up may need a moment.
    const seen = this.#wasVisible || this.#options.isVisible();
    if (!seen || guards.length > 0 || !this.#bodyOf(plan, pending.overrides).ok) {
      this.#question.hold(guards);
      this.#options.onAttention();
      return;
    }
    const placed = await this.#place(plan, pending);
    if (!placed.ok) this.#refuse(placed.error, pending.provenance);
  }

  async #place(plan: DialPlan, { provenance, overrides }: PendingNumber): Promise<Result<PlacedCall>> {
    const body = this.#bodyOf(plan, overrides);
    if (!body.ok) return body;
    this.#settle(provenance);
    const takeBack = this.#terms.dialled(plan);
    const placing = this.#placer.place(plan, body.value, this.#terms.nameOf(plan));
    // This call affects the guards of the numbers that wait.
    this.#question.drop(({ candidates }) => candidates.some(({ dial }) => dial === plan.dial));
    const placed = await placing;
    // A refused call rang nowhere, so dialling the number again is not a mistake.
    if (!placed.ok && this.#placer.placed?.end?.reason === 'refused') takeBack();
    return placed;
  }

  /** The body of the request to the PBX. Errors: why no call can be placed now, found without asking the PBX. */
  #bodyOf(plan: DialPlan, overrides: Partial<DialOptions> | null): Result<CreateSession> {
    const extension = this.#options.extension();
    if (extension === null) return err(appError('signed-out'));
    if (this.#placer.isPlacing) return err(appError('dial-in-progress'));
    const { dialling, identity } = this.#options.settings();
    const from = identity.callFrom === '' ? extension : identity.callFrom;
    return from === ''
      ? err(appError('own-number-unknown'))
      : createSessionBody({ from, plan, options: dialling.options, overrides });
  }

  #newPlacer(): CallPlacer {
    return this.#options.openPlacer((placed) => this.#change({ placed }));
  }

  /** An error of the user's own input replaces one of a link or command, but not the other way round. */
  #refuse(error: AppError, provenance: Origin): void {
    if (!this.#mayReplace(provenance)) return;
    this.#change({ refusal: { error, provenance, at: this.#options.clock.now() } });
  }

  /** A new number clears the previous error if it came from the same source. */
  #settle(provenance: Origin): void {
    if (this.#state.refusal !== null && this.#mayReplace(provenance)) this.#change({ refusal: null });
  }

  #mayReplace(provenance: Origin): boolean {
    const { refusal } = this.#state;
    return refusal === null || refusal.provenance === provenance || !isFromPrograms(provenance);
  }

  #change(change: Partial<DialState>): void {
    this.#state = { ...this.#state, ...change };
    this.#options.onChange();
  }
}

/** `choice`: the one number of them that the user chose. */
function numbersOf(
  source: PendingNumber['source'],
  found: readonly DialPlan[],
  choice: number | null,
): Omit<PendingNumber, 'overrides'> {
  const chosen = found[choice ?? -1];
  const { text, provenance } = source;
  const candidates = chosen === undefined ? found : [chosen];
  return { source: { text, provenance }, provenance, candidates, choice: chosen === undefined ? null : choice };
}

function candidatesOf(reading: DialReading): Result<readonly DialPlan[]> {
  if (reading.found === 'none') return err(reading.refusal);
  return ok(reading.found === 'one' ? [reading.plan] : reading.candidates);
}
