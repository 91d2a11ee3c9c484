import { NOT_LISTENING, type CallEvent } from '../shared/call.ts';
import type { DialOptions, DialPlan, DialSource, DialState, PlacedCall, RecentCall } from '../shared/dial.ts';
import { appError } from '../shared/errors.ts';
import type { DemoEvent } from '../shared/ipc.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { Settings } from '../shared/settings.ts';
import type { AccountState, CallsState, FoundCalls, TrustedCertificate } from '../shared/state.ts';
import type { AccountOptions } from './account/account-options.ts';
import type { AccountStore } from './account/account-store.ts';
import { Account, type AccountCommands } from './account/account.ts';
import type { Connection } from './account/connection.ts';
import type { DemoAccess } from './account/demo-access.ts';
import { CallPlacer } from './calls/call-placer.ts';
import { CallWatch, type CallWatchOptions, type Presence } from './calls/call-watch.ts';
import type { OwnNumbers } from './calls/own-numbers.ts';
import { findCalls, shownCalls } from './calls/shown-calls.ts';
import type { Clock } from './clock.ts';
import { createSessionBody } from './dial/create-session-body.ts';
import { planDial } from './dial/plan-dial.ts';
import type { Log } from './log-port.ts';
import type { ProxyFor } from './pbx/proxies.ts';
import { addEvents, addRecent, nameFor, recentFromPlaced, removeRecent } from './log/recents.ts';

export interface DeskOptions {
  clock: Clock;
  log: Log;
  accounts: AccountStore;
  openDemo: () => Promise<Result<DemoAccess>>;
  /** This computer's proxy for an address, as PAC files name it; see core/pbx/proxies.ts. */
  proxyFor: ProxyFor;
  /** More certificate authorities (PEM) than this computer's own, or undefined. */
  authorities: () => string | undefined;
  /** For simulations: how the PBX is reached; as it is unless told. */
  network?: { openHttp: AccountOptions['openHttp']; openPush: CallWatchOptions['openPush'] };
  settings: () => Settings;
  presence: () => Presence;
  /** Recent calls, by account. */
  recents: { load(account: string): RecentCall[]; save(account: string, recents: RecentCall[]): void };
  /** A slice of what the window shows changed. */
  onChange: (slice: 'account' | 'trust' | 'calls' | 'dial' | 'recents') => void;
  /** What happened to calls, for notifications. */
  onEvents: (events: CallEvent[]) => void;
  /** Nothing is known of any call any more: signed out, or at another PBX. */
  onDisconnected: () => void;
  /** Something waits for the user: bring the window up. */
  onAttention: () => void;
}

/** All calls, however many. */
type AllCalls = Omit<CallsState, 'more'>;

const NO_CALLS: AllCalls = { calls: [], link: { status: 'off' }, listening: NOT_LISTENING };

/**
 * The product without a desktop: one user's account, live calls, dialling and recent calls.
 * The Electron shell feeds it with wishes and shows what it says; it can as well be driven by a test.
 */
export class Desk {
  readonly #options: DeskOptions;
  readonly #account: Account;
  #placer: CallPlacer;
  /** Whose calls are on the screen; null is the demo. */
  #key: string | null;
  #watch: CallWatch | null = null;
  #calls: AllCalls = NO_CALLS;
  #recents: RecentCall[];
  #dial: DialState = { placed: null, request: null, refusal: null };
  #requests = 0;

  constructor(options: DeskOptions) {
    this.#options = options;
    this.#account = new Account({
      clock: options.clock,
      log: options.log,
      store: options.accounts,
      openDemo: options.openDemo,
      proxyFor: options.proxyFor,
      authorities: options.authorities,
      openHttp: options.network?.openHttp,
      mayKeepPassword: () => options.settings().secrets.keepPassword,
      onChange: (slice) => {
        options.onChange(slice);
        this.#watch?.numbersChanged();
      },
      onTokens: () => this.#watch?.tokenRefreshed(),
      onConnected: (connection) => this.#connected(connection),
      onDisconnected: () => this.#disconnected(),
      onRemoved: (key) => options.recents.save(key, []),
    });
    this.#placer = this.#newPlacer();
    this.#key = this.#account.key;
    this.#recents = options.recents.load(this.#key ?? '');
  }

  get account(): AccountState {
    return this.#account.state;
  }

  /** Certificates that a person said to trust. */
  get trusted(): readonly TrustedCertificate[] {
    return this.#account.trusted;
  }

  get calls(): CallsState {
    const { calls, link, listening } = this.#calls;
    return { ...shownCalls(calls), link, listening };
  }

  get dial(): DialState {
    return this.#dial;
  }

  get recents(): RecentCall[] {
    return this.#recents;
  }

  /** Signing in and out; see Account for the rules. */
  get accounts(): AccountCommands {
    return this.#account;
  }

  async close(): Promise<void> {
    this.#watch?.stop();
    this.#placer.dispose();
    await this.#account.close();
  }

  /** What would be dialled for this text. */
  preview(text: string, source: DialSource = 'typed'): Result<DialPlan> {
    return planDial(text, { source, country: this.#options.settings().dialling.country });
  }

  /** Dials at once. */
  async place(
    text: string,
    source: DialSource,
    overrides: Partial<DialOptions> | null = null,
  ): Promise<Result<PlacedCall>> {
    const plan = this.preview(text, source);
    return plan.ok ? this.#place(plan.value, overrides) : plan;
  }

  /** A link or menu entry: asks first, unless the user chose otherwise. Something that cannot be dialled is said. */
  async request(text: string, source: DialSource): Promise<void> {
    const plan = this.preview(text, source);
    if (!plan.ok) {
      this.#changeDial({ request: null, refusal: { error: plan.error, at: this.#options.clock.now() } });
      this.#options.onAttention();
      return;
    }
    // A feature code can forward all calls or open a line: nobody's web page may dial one unasked.
    const ask =
      this.#options.settings().dialling.confirmLinks ||
      plan.value.kind === 'feature-code' ||
      this.#account.connection === null;
    if (ask) {
      this.#requests += 1;
      this.#changeDial({ request: { id: `request-${this.#requests}`, source, plan: plan.value }, refusal: null });
    } else {
      const placed = await this.#place(plan.value, null);
      if (!placed.ok) this.#changeDial({ refusal: { error: placed.error, at: this.#options.clock.now() } });
    }
    this.#options.onAttention();
  }

  /** Answers the question that is open. A stale answer (another question has come) does nothing. */
  async answerRequest(id: string, accept: boolean): Promise<Result<null>> {
    const request = this.#dial.request;
    if (request?.id !== id) return err(appError('request-invalid', { detail: 'that question is no longer open' }));
    if (accept && this.#account.connection === null) return err(appError('signed-out'));
    this.#changeDial({ request: null, refusal: null });
    if (!accept) return ok(null);
    const placed = await this.#place(request.plan, null);
    return placed.ok ? ok(null) : placed;
  }

  hangUp(sessionId: string): Promise<Result<null>> {
    return this.#placer.hangUp(sessionId);
  }

  /** Takes the card of an ended call, and a refusal, off the screen. */
  dismiss(): void {
    this.#placer.dismiss();
    if (this.#dial.refusal !== null) this.#changeDial({ refusal: null });
  }

  /** Among all live calls, also those that are too many to be shown. */
  findCalls(text: string): FoundCalls {
    return findCalls(this.#calls.calls, text);
  }

  /** Looks at the calls now. */
  refresh(): void {
    this.#watch?.pollNow();
  }

  /** The computer woke up or the network came back: what was under way is worth nothing. */
  wake(): void {
    this.#watch?.wake();
    this.#placer.wake();
  }

  /** A new interval must not wait until the old one has passed. */
  settingsChanged(before: Settings, after: Settings): void {
    this.#watch?.numbersChanged();
    if (before.polling.intervalSeconds !== after.polling.intervalSeconds) this.refresh();
  }

  clearRecents(): void {
    this.#changeRecents([]);
  }

  removeRecent(id: string): void {
    this.#changeRecents(removeRecent(this.#recents, id));
  }

  makeDemoCall(event: DemoEvent): Result<null> {
    const demo = this.#account.demo;
    if (demo === null) return err(appError('request-invalid', { detail: 'not signed in to the demo PBX' }));
    demo.make(event);
    this.refresh();
    return ok(null);
  }

  async #place(plan: DialPlan, overrides: Partial<DialOptions> | null): Promise<Result<PlacedCall>> {
    if (this.#account.connection === null) return err(appError('signed-out'));
    const { dialling, identity } = this.#options.settings();
    const from = identity.callFrom === '' ? this.#account.numbers.extension : identity.callFrom;
    if (from === '') return err(appError('own-number-unknown'));
    const body = createSessionBody({ from, plan, options: dialling.options, overrides });
    if (!body.ok) return body;
    return this.#placer.place(plan, body.value, nameFor(this.#recents, plan.dial));
  }

  #own(): OwnNumbers {
    const { extension, others } = this.#account.numbers;
    const { ownNumbers, callFrom } = this.#options.settings().identity;
    return { extension, numbers: [...others, ...ownNumbers, ...(callFrom === '' ? [] : [callFrom])] };
  }

  #newPlacer(): CallPlacer {
    return new CallPlacer({
      pbx: () => this.#watch?.pbx ?? null,
      monitor: () => this.#watch?.monitor ?? null,
      own: () => this.#own(),
      clock: this.#options.clock,
      onChange: (placed) => {
        // The list knows of the end only at its next look, and the tray would speak of the call until then.
        const over = placed?.step === 'ended' && this.#dial.placed?.step !== 'ended';
        this.#changeDial({ placed });
        if (over) this.refresh();
      },
      onEnded: (placed) => this.#remember(recentFromPlaced(placed)),
    });
  }

  #connected(connection: Connection): void {
    this.#watch?.stop();
    if (this.#account.key !== this.#key) this.#changeAccount(this.#account.key);
    const { clock, settings, presence, network } = this.#options;
    this.#watch = new CallWatch({
      pbx: connection.pbx,
      push: connection.push,
      own: () => this.#own(),
      clock,
      intervalMs: () => settings().polling.intervalSeconds * 1000,
      perMinute: () => settings().polling.requestsPerMinute,
      presence,
      openPush: network?.openPush,
      onChange: (calls, link, listening) => this.#changeCalls({ calls, link, listening }),
      onEvents: (events) => this.#happened(events),
      onOver: (sessionId, end) => this.#placer.told(sessionId, end),
    });
    this.#watch.start();
  }

  #disconnected(): void {
    this.#watch?.stop();
    this.#watch = null;
    this.#changeCalls(NO_CALLS);
    this.#options.onDisconnected();
  }

  /** A call placed at one PBX cannot be followed at another, and its recent numbers mean something else there. */
  #changeAccount(key: string | null): void {
    this.#key = key;
    this.#placer.dispose();
    this.#placer = this.#newPlacer();
    this.#changeDial({ placed: null });
    this.#recents = key === null ? [] : this.#options.recents.load(key);
    this.#options.onChange('recents');
  }

  #happened(events: CallEvent[]): void {
    const recents = addEvents(this.#recents, events);
    if (recents !== this.#recents) this.#changeRecents(recents);
    this.#options.onEvents(events);
  }

  #changeCalls(calls: AllCalls): void {
    const back = calls.link.status === 'live' && this.#calls.link.status === 'stale';
    this.#calls = calls;
    this.#options.onChange('calls');
    // After an outage, or a start without a network, the account may be out of date.
    if (back && this.#account.numbers.extension === '') void this.#account.refreshUser();
  }

  #changeDial(change: Partial<DialState>): void {
    this.#dial = { ...this.#dial, ...change };
    this.#options.onChange('dial');
  }

  #remember(recent: RecentCall | null): void {
    if (recent !== null) this.#changeRecents(addRecent(this.#recents, recent));
  }

  #changeRecents(recents: RecentCall[]): void {
    this.#recents = recents;
    if (this.#key !== null) this.#options.recents.save(this.#key, recents);
    this.#options.onChange('recents');
  }
}
