import type { Call } from '../../shared/call.ts';
import type { DialOptions, DialPlan, DialReading, DialRequest, DialSource, DialState } from '../../shared/dial.ts';
import type { PlacedCall, RecentCall } from '../../shared/dial.ts';
import { appError, type AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Settings } from '../../shared/settings.ts';
import type { CallPlacer } from '../calls/placer.ts';
import type { Clock } from '../clock.ts';
import { nameFor } from '../../shared/same-number.ts';
import type { CreateSession } from '../pbx/types.ts';
import { dialRulesOf } from '../settings/dial-rules-of.ts';
import { createSessionBody } from './create-session-body.ts';
import { numberOf, type Placement } from './guards/facts.ts';
import { guardsFor, isFromElsewhere } from './guards/guards.ts';
import { Question, type Wish } from './question.ts';
import { readDial } from './read-dial.ts';

export interface DialFlowOptions {
  clock: Clock;
  settings: () => Settings;
  /** The account's extension, '' while it is not known; null while nobody is signed in. */
  extension: () => string | null;
  /** Hosts and domains of the own PBX. */
  ownHosts: () => readonly string[];
  /** All live calls. */
  calls: () => readonly Call[];
  recents: () => readonly RecentCall[];
  /** What places calls at the PBX of the account; asked for again for another account. */
  openPlacer: (onChange: (placed: PlacedCall | null) => void) => CallPlacer;
  onChange: () => void;
  /** Something waits for the user: bring the window up. */
  onAttention: () => void;
}

/** No guard looks back further. */
const MOST_PLACEMENTS = 20;

/** From a wish to dial to a call: reads it, asks where that is due, places it, and keeps what the window shows of it. */
export class DialFlow {
  readonly #options: DialFlowOptions;
  readonly #question: Question;
  #placer: CallPlacer;
  #placements: Placement[] = [];
  #state: DialState = { placed: null, request: null, refusal: null };

  constructor(options: DialFlowOptions) {
    this.#options = options;
    this.#question = new Question({
      clock: options.clock,
      onChange: () => this.#change({ request: this.#question.request }),
      onDue: () => void this.#undone(),
    });
    this.#placer = this.#newPlacer();
  }

  get state(): DialState {
    return this.#state;
  }

  /** What would be dialled for this text. */
  preview(text: string, source: DialSource = 'typed'): DialReading {
    const { settings, ownHosts } = this.#options;
    return readDial(text, { source, rules: dialRulesOf(settings()), ownHosts: ownHosts() });
  }

  /**
   * The user's own wish, made in the window; null when a question is open instead of a call. `choice`: the `dial` of
   * one of several numbers in the text.
   */
  async place(
    text: string,
    source: DialSource,
    overrides: Partial<DialOptions> | null = null,
    choice: string | null = null,
  ): Promise<Result<PlacedCall | null>> {
    const found = candidatesOf(this.preview(text, source));
    if (!found.ok) return found;
    // In the window the way to the next sign-in begins elsewhere.
    if (this.#options.extension() === null) return err(appError('signed-out'));
    const candidates = choice === null ? found.value : found.value.filter(({ dial }) => dial === choice).slice(0, 1);
    if (candidates.length === 0) return err(appError('request-invalid', { detail: 'no such number in the text' }));
    return this.#submit({ source, candidates, overrides });
  }

  /** A wish from outside the window. What cannot be dialled is said in the window as well. */
  async request(text: string, source: DialSource): Promise<Result<'asked' | 'placed'>> {
    const found = candidatesOf(this.preview(text, source));
    if (!found.ok) this.#question.close();
    const done = found.ok ? await this.#submit({ source, candidates: found.value, overrides: null }) : found;
    if (!done.ok) this.#refuse(done.error);
    this.#options.onAttention();
    return done.ok ? ok(done.value === null ? 'asked' : 'placed') : done;
  }

  /**
   * Answers the question that is open; `choice` is which of its candidates, from 0. A stale answer (another question
   * has come) does nothing. What keeps the call from being placed leaves the question open.
   */
  async answer(id: string, accept: boolean, choice?: number): Promise<Result<null>> {
    const { request, wish } = this.#question;
    if (request?.id !== id || wish === null) {
      return err(appError('request-invalid', { detail: 'that question is no longer open' }));
    }
    if (!accept) {
      this.#question.close();
      return ok(null);
    }
    const plan = request.plan ?? request.candidates[choice ?? -1];
    if (plan === undefined) return err(appError('request-invalid', { detail: 'that number was not offered' }));
    const chosen = { ...wish, candidates: [plan] };
    // Of a list nobody has said yet what speaks against the number.
    const guards = request.plan === null ? this.#guards(chosen) : [];
    if (guards.length > 0) {
      this.#ask(chosen, 'ask', guards);
      return ok(null);
    }
    const placed = await this.#place(plan, wish.overrides);
    return placed.ok ? ok(null) : placed;
  }

  hangUp(idOrKey: string): Promise<Result<null>> {
    const known = this.#placer.knows(idOrKey) || this.#options.calls().some(({ id }) => id === idOrKey);
    // Of what is in no list there is nothing to ask the PBX: it is over, or never was.
    return known ? this.#placer.hangUp(idOrKey) : Promise.resolve(ok(null));
  }

  /** Takes the card of an ended call, and a refusal, off the screen. */
  dismiss(): void {
    this.#placer.dismiss();
    if (this.#state.refusal !== null) this.#change({ refusal: null });
  }

  /** Push told something of a session; see CallPlacer. */
  pushed(sessionId: string | null): void {
    this.#placer.nudge(sessionId);
  }

  /** The computer slept: who comes back to it wants to be asked, and how calls stand is looked up. */
  wake(): void {
    if (this.#question.hold()) this.#options.onAttention();
    this.#placer.wake();
  }

  /** A question waits for the next sign-in; what would have been dialled by itself does not. */
  signedOut(): void {
    if (this.#question.request?.mode === 'undo') this.#question.close();
  }

  /**
   * A call placed at one PBX cannot be followed at another, nor does what was dialled there say anything here. Numbers
   * from the lists of one account may be somebody else's at another; a link is meant for whoever signs in.
   */
  accountChanged(): void {
    const { request } = this.#question;
    if (request !== null && !isFromElsewhere(request.source)) this.#question.close();
    this.#placer.dispose();
    this.#placer = this.#newPlacer();
    this.#placements = [];
    this.#change({ placed: null });
  }

  dispose(): void {
    this.#question.dispose();
    this.#placer.dispose();
  }

  async #submit(wish: Wish): Promise<Result<PlacedCall | null>> {
    const [only, ...more] = wish.candidates;
    const guards = this.#guards(wish);
    const asks = more.length > 0 || guards.length > 0 || this.#options.extension() === null;
    const mode = asks ? 'ask' : this.#options.settings().dialling.confirm[wish.source];
    if (mode === 'at-once' && only !== undefined) return this.#place(only, wish.overrides);
    this.#ask(wish, mode === 'undo' ? 'undo' : 'ask', guards);
    return ok(null);
  }

  #ask(wish: Wish, mode: DialRequest['mode'], guards: DialRequest['guards']): void {
    const [only, ...more] = wish.candidates;
    if (this.#state.refusal !== null) this.#change({ refusal: null });
    this.#question.open(wish, { mode, name: only === undefined || more.length > 0 ? '' : this.#nameOf(only), guards });
  }

  /** Nobody undid it. What has happened in the meantime may still speak against it. */
  async #undone(): Promise<void> {
    const { wish } = this.#question;
    const plan = wish?.candidates[0];
    if (wish === null || plan === undefined) return;
    const guards = this.#guards(wish);
    if (guards.length > 0 || !this.#bodyOf(plan, wish.overrides).ok) {
      this.#question.hold(guards);
      this.#options.onAttention();
      return;
    }
    const placed = await this.#place(plan, wish.overrides);
    if (!placed.ok) this.#refuse(placed.error);
  }

  async #place(plan: DialPlan, overrides: Partial<DialOptions> | null): Promise<Result<PlacedCall>> {
    const body = this.#bodyOf(plan, overrides);
    if (!body.ok) return body;
    if (this.#question.isAbout(plan.dial)) this.#question.close();
    if (this.#state.refusal !== null) this.#change({ refusal: null });
    const placement = { number: numberOf(plan), at: this.#options.clock.now() };
    this.#placements = [...this.#placements, placement].slice(-MOST_PLACEMENTS);
    const placed = await this.#placer.place(plan, body.value, this.#nameOf(plan));
    // What the PBX turned down rang nowhere: trying again is no slip.
    if (!placed.ok && this.#placer.placed?.end?.reason === 'refused') {
      this.#placements = this.#placements.filter((other) => other !== placement);
    }
    return placed;
  }

  /** What the PBX is asked for. Errors: what keeps a call from being placed now, before the PBX has been asked. */
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

  #guards({ source, candidates }: Wish): DialRequest['guards'] {
    const [plan, ...more] = candidates;
    if (plan === undefined || more.length > 0) return [];
    const { clock, settings, calls, recents } = this.#options;
    const { country, guards } = settings().dialling;
    const facts = {
      plan,
      source,
      now: clock.now(),
      ownCalls: calls().filter(({ mine }) => mine),
      placed: this.#state.placed,
      placements: this.#placements,
      recents: recents(),
      country,
    };
    return guardsFor(facts, guards);
  }

  #nameOf(plan: DialPlan): string {
    const recents = this.#options.recents();
    const name = nameFor(recents, numberOf(plan));
    return name === '' ? nameFor(recents, plan.dial) : name;
  }

  #newPlacer(): CallPlacer {
    return this.#options.openPlacer((placed) => this.#change({ placed }));
  }

  #refuse(error: AppError): void {
    this.#change({ refusal: { error, at: this.#options.clock.now() } });
  }

  #change(change: Partial<DialState>): void {
    this.#state = { ...this.#state, ...change };
    this.#options.onChange();
  }
}

function candidatesOf(reading: DialReading): Result<readonly DialPlan[]> {
  if (reading.found === 'none') return err(reading.refusal);
  return ok(reading.found === 'one' ? [reading.plan] : reading.candidates);
}
