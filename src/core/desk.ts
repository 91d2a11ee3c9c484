import { NOT_LISTENING, type CallEvent } from '../shared/call.ts';
import type { DialReading, DialState, PlacedCall, RecentCall } from '../shared/dial.ts';
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
import { ownHosts } from './account/own-hosts.ts';
import { CallPlacer } from './calls/placer.ts';
import { CallWatch, type CallWatchOptions, type Presence } from './calls/call-watch.ts';
import { RequestBudget } from './calls/pace/request-budget.ts';
import type { OwnNumbers } from './calls/own-numbers.ts';
import { findCalls, shownCalls } from './calls/call-list.ts';
import { CallStore } from './calls/store.ts';
import type { Clock } from './clock.ts';
import { DialFlow } from './dial/dial-flow.ts';
import type { Log } from './log-port.ts';
import type { ProxyFor } from './pbx/proxies.ts';
import type { FavouriteList } from './people/favourite-list.ts';
import { addEvents, addRecent, recentFromPlaced, removeRecent } from './log/recents.ts';

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
  favourites: Pick<FavouriteList, 'open' | 'forget'>;
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
  readonly #dialling: DialFlow;
  /** Whose calls are on the screen; null is the demo. */
  #key: string | null;
  /** One for all connections: signing in anew, or switching accounts, gives nobody more requests. */
  readonly #budget: RequestBudget;
  /** What is known of calls, of the account. */
  #store: CallStore;
  #watch: CallWatch | null = null;
  #calls: AllCalls = NO_CALLS;
  #recents: RecentCall[];
  /** Session ids of calls that the user ended from here. */
  readonly #endedHere = new Set<string>();

  constructor(options: DeskOptions) {
    this.#options = options;
    this.#budget = new RequestBudget(options.clock, () => options.settings().polling.requestsPerMinute);
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
      onUnpaced: () => this.#budget.spend(),
      onConnected: (connection) => this.#connected(connection),
      onDisconnected: () => this.#disconnected(),
      onRemoved: (key) => {
        options.recents.save(key, []);
        options.favourites.forget(key);
      },
    });
    this.#key = this.#account.key;
    this.#store = this.#newStore();
    this.#recents = options.recents.load(this.#key ?? '');
    options.favourites.open(this.#key);
    this.#dialling = new DialFlow({
      clock: options.clock,
      settings: options.settings,
      ownHosts: () => ownHosts(this.#account.state),
      extension: () => (this.#account.connection === null ? null : this.#account.numbers.extension),
      calls: () => this.#calls.calls,
      recents: () => this.#recents,
      openPlacer: (onChange) => this.#openPlacer(onChange),
      onChange: () => options.onChange('dial'),
      onAttention: options.onAttention,
    });
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
    return this.#dialling.state;
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
    this.#dialling.dispose();
    await this.#account.close();
  }

  // Dialling, from a text to a call; see DialFlow for the rules.

  preview(...args: Parameters<DialFlow['preview']>): DialReading {
    return this.#dialling.preview(...args);
  }

  place(...args: Parameters<DialFlow['place']>): Promise<Result<PlacedCall | null>> {
    return this.#dialling.place(...args);
  }

  request(...args: Parameters<DialFlow['request']>): Promise<Result<'asked' | 'placed'>> {
    return this.#dialling.request(...args);
  }

  answerRequest(...args: Parameters<DialFlow['answer']>): Promise<Result<null>> {
    return this.#dialling.answer(...args);
  }

  /** Ends a call. One that rings for me is declined by that, and is not reported as missed. */
  async hangUp(idOrKey: string): Promise<Result<null>> {
    // Push may report the end before the PBX answers the request.
    this.#endedHere.add(idOrKey);
    const answer = await this.#dialling.hangUp(idOrKey);
    if (!answer.ok) this.#endedHere.delete(idOrKey);
    return answer;
  }

  dismiss(): void {
    this.#dialling.dismiss();
  }

  /** Among all live calls, also those that are too many to be shown. */
  findCalls(text: string): FoundCalls {
    return findCalls(this.#calls.calls, text);
  }

  /** Requests the calls now. Error: rate-limited, with the time until the PBX accepts requests again. */
  refresh(): Result<null> {
    this.#watch?.pollNow();
    const held = this.#watch?.live.heldForMs ?? 0;
    if (held === 0) return ok(null);
    const time = held < 90_000 ? `${Math.ceil(held / 1000)} seconds` : `${Math.ceil(held / 60_000)} minutes`;
    return err(appError('rate-limited', { retryAfterMs: held, action: `Traydial asks again by itself in ${time}.` }));
  }

  /** The computer woke up or the network came back: what was under way is worth nothing. */
  wake(): void {
    this.#watch?.wake();
    this.#dialling.wake();
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

  #own(): OwnNumbers {
    const { extension, others } = this.#account.numbers;
    const { ownNumbers, callFrom } = this.#options.settings().identity;
    return { extension, numbers: [...others, ...ownNumbers, ...(callFrom === '' ? [] : [callFrom])] };
  }

  #openPlacer(onChange: (placed: PlacedCall | null) => void): CallPlacer {
    // Another account knows nothing of these calls.
    this.#store = this.#newStore();
    return new CallPlacer({
      store: this.#store,
      pbx: () => this.#watch?.pbx ?? null,
      live: () => this.#watch?.live ?? null,
      clock: this.#options.clock,
      tellsSteps: () => this.#watch?.tellsSteps === true,
      onChange,
      onEnded: (placed) => this.#remember(recentFromPlaced(placed)),
    });
  }

  #newStore(): CallStore {
    return new CallStore({ clock: this.#options.clock, own: () => this.#own() });
  }

  #connected(connection: Connection): void {
    this.#watch?.stop();
    if (this.#account.key !== this.#key) this.#changeAccount(this.#account.key);
    const { clock, settings, presence, network } = this.#options;
    this.#watch = new CallWatch({
      store: this.#store,
      pbx: connection.pbx,
      push: connection.push,
      own: () => this.#own(),
      clock,
      intervalMs: () => settings().polling.intervalSeconds * 1000,
      budget: this.#budget,
      presence,
      openPush: network?.openPush,
      onChange: (calls, link, listening) => this.#changeCalls({ calls, link, listening }),
      onEvents: (events) => this.#happened(events),
      onPushed: (sessionId) => this.#dialling.pushed(sessionId),
    });
    this.#watch.start();
  }

  #disconnected(): void {
    this.#watch?.stop();
    this.#watch = null;
    this.#endedHere.clear();
    this.#changeCalls(NO_CALLS);
    this.#dialling.signedOut();
    this.#options.onDisconnected();
  }

  #changeAccount(key: string | null): void {
    this.#key = key;
    this.#dialling.accountChanged();
    this.#recents = key === null ? [] : this.#options.recents.load(key);
    this.#options.favourites.open(key);
    this.#options.onChange('recents');
  }

  #happened(reported: CallEvent[]): void {
    // A call that the user declined is not a missed call.
    const events = reported.filter(({ type, call }) => type !== 'missed' || !this.#endedHere.has(call.id));
    const recents = addEvents(this.#recents, events, this.#endedHere);
    for (const { type, call } of reported) if (type === 'ended') this.#endedHere.delete(call.id);
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

  #remember(recent: RecentCall | null): void {
    if (recent !== null) this.#changeRecents(addRecent(this.#recents, recent));
  }

  #changeRecents(recents: RecentCall[]): void {
    this.#recents = recents;
    if (this.#key !== null) this.#options.recents.save(this.#key, recents);
    this.#options.onChange('recents');
  }
}
