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
import { EndedHere, type EndedHereOptions } from './ended-here.ts';
import type { CallPlacer } from './placer.ts';
import { isFromElsewhere, isOwn, type Origin } from '../../shared/provenance.ts';
import type { CreateSession } from '../pbx/types.ts';
import { dialRulesOf } from '../settings/dial-rules-of.ts';
import { createSessionBody } from './create-session-body.ts';
import { isFromPrograms, LinkLimiter } from './link-limiter.ts';
import { Question, type NumberSource, type PendingNumber } from './question.ts';
import { readDial } from './read-dial.ts';
import { DialTerms, type TermsOptions } from './terms.ts';
import { mayBeNumberElsewhere, UnreadTexts, type UnreadText } from './unread-texts.ts';

export interface DialFlowOptions extends Omit<TermsOptions, 'placed'> {
  /** Whether the country may still change because more evidence is expected, for example before a sign-in. */
  isCountryProvisional: () => boolean;
  /** Hosts and domains of the user's PBX. */
  ownHosts: () => readonly string[];
  /** Opens what places calls at the account's PBX. It is called again after a switch of accounts. */
  openPlacer: (onChange: (placed: PlacedCall | null) => void) => CallPlacer;
  onChange: () => void;
  /** Something waits for the user, so the window must come to the front. */
  onAttention: () => void;
  /** Whether the window is on the screen. */
  isVisible: () => boolean;
  /** DialFlow adds the session ids and keys of calls that the user ends here, before a source can report their ends. */
  endedHere: Set<string>;
  isLive: EndedHereOptions['isLive'];
}

/** The methods for the user interface. */
export type DialCommands = Pick<
  DialFlow,
  'preview' | 'place' | 'dial' | 'ignoreLinks' | 'answer' | 'hangUp' | 'dismiss'
>;

/**
 * What became of a number from outside the window. `asked`: the window shows a question or a countdown.
 * `waits-for-question`: another question is open. `read-after-sign-in`: the text is read again once the country is known.
 */
export type DialOutcome = 'asked' | 'waits-for-question' | 'read-after-sign-in';

/** Turns a text into a call: reads it, asks the user if necessary, places the call, and holds the state for the window. */
export class DialFlow {
  readonly #options: DialFlowOptions;
  readonly #terms: DialTerms;
  readonly #question: Question;
  #placer: CallPlacer;
  readonly #linkLimiter: LinkLimiter;
  readonly #unread = new UnreadTexts();
  readonly #endedHere: EndedHere;
  /** The window was on the screen when the countdown began. */
  #wasVisible = false;
  #state: DialState = IDLE;

  constructor(options: DialFlowOptions) {
    this.#options = options;
    this.#terms = new DialTerms({ ...options, placed: () => this.#state.placed });
    this.#question = new Question({
      clock: options.clock,
      onChange: () => this.#questionChanged(),
      onCountdownEnd: () => void this.#countdownEnded(),
      termsOf: (pending) => ({ name: this.#terms.nameFor(pending), guards: this.#terms.guards(pending) }),
      isFromElsewhere: ({ provenance }) => isFromElsewhere(provenance),
    });
    this.#linkLimiter = new LinkLimiter(options.clock, () => this.#change({ ignoredUntil: null }));
    const { clock, endedHere: ids, isLive } = options;
    this.#endedHere = new EndedHere({ clock, ids, isLive });
    this.#placer = this.#newPlacer();
  }

  get state(): DialState {
    return this.#state;
  }

  /** Reads a text as `place` would, without dialling. */
  preview(text: string, provenance: Origin = 'typed'): DialReading {
    const { settings, ownHosts } = this.#options;
    return readDial(text, { provenance, rules: dialRulesOf(settings()), ownHosts: ownHosts() });
  }

  /**
   * Dials a text that the user chose in the window. The value is null if a question is open instead of a call.
   * `overrides` are the options on the dial card. `choice` is the `dial` of one of several numbers in the text.
   * `external`: see NumberSource.
   */
  async place(
    text: string,
    provenance: Origin,
    overrides: Partial<DialOptions> | null = null,
    choice: string | null = null,
    external = false,
  ): Promise<Result<PlacedCall | null>> {
    const found = candidatesOf(this.preview(text, provenance));
    if (!found.ok) return found;
    // No question waits for the sign-in here, unlike in `dial`, because the window already shows how to sign in.
    if (this.#options.extension() === null) return err(appError('signed-out'));
    const chosen = choice === null ? null : found.value.findIndex(({ dial }) => dial === choice);
    if (chosen === -1) return err(appError('command-invalid', { detail: 'no such number in the text' }));
    const source = { text, provenance, external };
    const { pending, mode, guards } = this.#terms.termsOf({ ...numbersOf(source, found.value, chosen), overrides });
    const [only] = pending.candidates;
    if (mode === 'at-once' && isOwn(pending.provenance) && only !== undefined) return this.#place(only, pending);
    this.#ask(pending, mode, guards);
    return ok(null);
  }

  /**
   * Dials a number from outside the window, for example from a link. The user has not seen it in the window, so this
   * always opens a question or a countdown. The window also shows an error. A text that may be a number in another
   * country is kept while the country may change. `external`: see NumberSource.
   */
  dial(text: string, provenance: Origin, external = false): Promise<Result<DialOutcome>> {
    const isFromProgram = isFromPrograms(provenance);
    if (isFromProgram && this.#linkLimiter.ignoredUntil !== null)
      return Promise.resolve(err(appError('links-ignored')));
    // Read before `recordUnwanted`, so that only earlier links count.
    const inBackground = isFromProgram && this.#linkLimiter.staysInBackground;
    const isBusy = this.#question.open !== null;
    const found = candidatesOf(this.preview(text, provenance));
    if (isFromProgram && (!found.ok || isBusy)) this.#linkLimiter.recordUnwanted();
    const outcome = found.ok
      ? this.#askAbout({ text, provenance, external }, found.value, { noCountdown: inBackground })
      : this.#keepOrRefuse({ text, provenance, inBackground }, found.error);
    if (inBackground || this.#state.inBackground)
      this.#change({ inBackground: inBackground && this.#question.open !== null });
    if (!inBackground) this.#options.onAttention();
    this.#wasVisible = this.#options.isVisible();
    return Promise.resolve(outcome);
  }

  /** Ignores links and commands for ten minutes and drops those that wait; with false, accepts them again. */
  ignoreLinks(ignore: boolean): void {
    if (ignore) this.#linkLimiter.ignore();
    else this.#linkLimiter.stopIgnoring();
    if (ignore) {
      this.#unread.drop(({ provenance }) => isFromPrograms(provenance));
      this.#question.drop(({ provenance }) => isFromPrograms(provenance));
    }
    const { refusal } = this.#state;
    const clearsRefusal = ignore && refusal !== null && isFromPrograms(refusal.provenance);
    this.#change({ ignoredUntil: this.#linkLimiter.ignoredUntil, refusal: clearsRefusal ? null : refusal });
  }

  /** Reads everything that waits again, because the country, the rules or the account may have changed. */
  readAgain(): void {
    this.#question.readAgain((pending) => this.#readPending(pending));
    if (this.#options.isCountryProvisional()) return;
    for (const unread of this.#unread.takeAll()) {
      const found = candidatesOf(this.preview(unread.text, unread.provenance));
      if (!found.ok) this.#refuse(found.error, unread.provenance);
      else this.#askAbout({ ...unread, external: false }, found.value, { noCountdown: true });
      if (!unread.inBackground) this.#options.onAttention();
      else if (found.ok) this.#change({ inBackground: true });
    }
  }

  /**
   * Answers the open question. `choice` is the index of the chosen candidate, from 0. If another question has replaced
   * it, the answer is refused. If the call cannot be placed, the question stays open.
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
    // The guards of a number are only known once the user has chosen it from the list.
    const guards = open.plan === null ? this.#terms.guards(chosen) : [];
    if (guards.length > 0) {
      this.#question.replace(chosen, { mode: 'ask', name: this.#terms.nameFor(chosen), guards });
      return ok(null);
    }
    if (isFromPrograms(pending.provenance)) this.#linkLimiter.resetUnwanted();
    const placed = await this.#place(plan, pending);
    return placed.ok ? ok(null) : placed;
  }

  /** Ends a call. If it rings for the user, they decline it, so it does not count as missed. */
  hangUp(idOrKey: string): Promise<Result<null>> {
    return this.#endedHere.record(idOrKey, () => this.#hangUp(idOrKey));
  }

  #hangUp(idOrKey: string): Promise<Result<null>> {
    const known = this.#placer.hasPlaced(idOrKey) || this.#options.calls().has(idOrKey);
    // A call that is in no list has ended, so no request is needed.
    return known ? this.#placer.hangUp(idOrKey) : Promise.resolve(ok(null));
  }

  /** Removes the card of an ended call, and a refusal, from the window. */
  dismiss(): void {
    this.#placer.dismiss();
    if (this.#state.refusal !== null) this.#change({ refusal: null });
  }

  /** Push reported an event of a session; see CallPlacer. */
  pushed(sessionId: string | null): void {
    this.#placer.nudge(sessionId);
  }

  /** The computer woke up: turns a countdown into a question and polls the placed call. */
  wake(): void {
    if (this.#question.stopCountdown()) this.#options.onAttention();
    this.#placer.wake();
  }

  /** Cancels a countdown. A question stays open for the next sign-in. */
  signedOut(): void {
    this.#endedHere.stop();
    if (this.#question.open?.mode === 'undo') this.#question.close();
  }

  /**
   * Drops what belongs to the previous account: its placed call, and questions about numbers from its lists, which may
   * belong to other people at another PBX. A link is meant for any account, so its question stays.
   */
  accountChanged(): void {
    this.#question.drop(({ provenance }) => !isFromElsewhere(provenance));
    this.#placer.dispose();
    this.#placer = this.#newPlacer();
    this.#terms.forget();
    this.#change({ placed: null });
  }

  dispose(): void {
    this.#endedHere.stop();
    this.#question.dispose();
    this.#linkLimiter.stopIgnoring();
    this.#placer.dispose();
  }

  /** `noCountdown`: nobody may see the window in time, so a countdown becomes a question. */
  #askAbout(
    source: NumberSource,
    candidates: readonly DialPlan[],
    { noCountdown }: { noCountdown: boolean },
  ): Result<DialOutcome> {
    const { pending, mode, guards } = this.#terms.termsOf({ ...numbersOf(source, candidates, null), overrides: null });
    const added = this.#ask(pending, noCountdown ? 'ask' : mode, guards);
    if (added === 'too-many') return err(appError('too-many-waiting'));
    return ok(added === 'waits' ? 'waits-for-question' : 'asked');
  }

  /** Keeps a text that may be a number once the country is known. Refuses any other text. */
  #keepOrRefuse(unread: UnreadText, error: AppError): Result<DialOutcome> {
    const mayKeep =
      isFromElsewhere(unread.provenance) && this.#options.isCountryProvisional() && mayBeNumberElsewhere(error.code);
    if (mayKeep && this.#unread.keep(unread)) return ok('read-after-sign-in');
    this.#refuse(error, unread.provenance);
    return err(error);
  }

  /** Reads a waiting number again. Returns the same object if nothing changed, and null if it is no longer a number. */
  #readPending(pending: PendingNumber): PendingNumber | null {
    const { source, choice } = pending;
    const found = candidatesOf(this.preview(source.text, source.provenance));
    if (!found.ok) {
      this.#keepOrRefuse({ ...source, inBackground: this.#state.inBackground }, found.error);
      return null;
    }
    const read = numbersOf(source, found.value, choice);
    if (isDeepStrictEqual(read.candidates, pending.candidates)) return pending;
    return this.#terms.termsOf({ ...pending, ...read }).pending;
  }

  #ask(pending: PendingNumber, mode: DialConfirm, guards: readonly Guard[]): ReturnType<Question['add']> {
    this.#clearRefusal(pending.provenance);
    this.#wasVisible = this.#options.isVisible();
    return this.#question.add(pending, {
      mode: mode === 'ask' ? 'ask' : 'undo',
      name: this.#terms.nameFor(pending),
      guards,
    });
  }

  /** The open question or the number of those that wait has changed. */
  #questionChanged(): void {
    const { open, waiting } = this.#question;
    this.#change({ question: open, waiting, inBackground: this.#state.inBackground && open !== null });
  }

  /** Places the call after the countdown. Asks instead if nobody saw the countdown, or if there is now a reason to ask. */
  async #countdownEnded(): Promise<void> {
    const { pending } = this.#question;
    const plan = pending?.candidates[0];
    if (pending === null || plan === undefined) return;
    const guards = this.#terms.guards(pending);
    // Visibility is checked again here, because the window may appear a moment after the countdown began.
    const wasSeen = this.#wasVisible || this.#options.isVisible();
    if (!wasSeen || guards.length > 0 || !this.#bodyOf(plan, pending.overrides).ok) {
      this.#question.stopCountdown(guards);
      this.#options.onAttention();
      return;
    }
    const placed = await this.#place(plan, pending);
    if (!placed.ok) this.#refuse(placed.error, pending.provenance);
  }

  async #place(plan: DialPlan, { provenance, overrides }: PendingNumber): Promise<Result<PlacedCall>> {
    const body = this.#bodyOf(plan, overrides);
    if (!body.ok) return body;
    this.#clearRefusal(provenance);
    const forgetDialled = this.#terms.recordDialled(plan);
    const placing = this.#placer.place(plan, body.value, this.#terms.nameOf(plan));
    // The call answers every question about this number. Only now are the others asked, so their guards know of the call.
    this.#question.drop(({ candidates }) => candidates.some(({ dial }) => dial === plan.dial));
    const placed = await placing;
    // A refused call rang nowhere, so dialling the number again is not a mistake.
    if (!placed.ok && this.#placer.placed?.end?.reason === 'refused') forgetDialled();
    return placed;
  }

  /**
   * The body of the request to the PBX. Errors are the reasons that are known without a request: signed-out,
   * dial-in-progress, own-number-unknown, settings-invalid.
   */
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
    if (!this.#mayReplaceRefusal(provenance)) return;
    this.#change({ refusal: { error, provenance, at: this.#options.clock.now() } });
  }

  /** Clears the previous error because of a new number, under the same condition as `#refuse`. */
  #clearRefusal(provenance: Origin): void {
    if (this.#state.refusal !== null && this.#mayReplaceRefusal(provenance)) this.#change({ refusal: null });
  }

  #mayReplaceRefusal(provenance: Origin): boolean {
    const { refusal } = this.#state;
    return refusal === null || refusal.provenance === provenance || !isFromPrograms(provenance);
  }

  #change(change: Partial<DialState>): void {
    this.#state = { ...this.#state, ...change };
    this.#options.onChange();
  }
}

/** `choice`: index of the number that the user chose; null before that. */
function numbersOf(
  source: NumberSource,
  found: readonly DialPlan[],
  choice: number | null,
): Omit<PendingNumber, 'overrides'> {
  const chosen = found[choice ?? -1];
  const { text, provenance, external } = source;
  const candidates = chosen === undefined ? found : [chosen];
  const used = chosen === undefined ? null : choice;
  return { source: { text, provenance, external }, provenance, candidates, choice: used };
}

function candidatesOf(reading: DialReading): Result<readonly DialPlan[]> {
  if (reading.found === 'none') return err(reading.refusal);
  return ok(reading.found === 'one' ? [reading.plan] : reading.candidates);
}
