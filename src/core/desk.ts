import { NOT_LISTENING, type CallEvent } from '../shared/call.ts';
import type { DialState, PlacedCall, RecentCall } from '../shared/dial.ts';
import { appError } from '../shared/errors.ts';
import type { DemoEvent } from '../shared/account.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { Waiting } from '../shared/history.ts';
import type { FoundNumber } from '../shared/people.ts';
import type { Presences } from '../shared/presence.ts';
import type { Settings } from '../shared/settings.ts';
import {
  countryOf,
  type AccountState,
  type CallsState,
  type CountryState,
  type FoundCalls,
  type TrustedCertificate,
} from '../shared/state.ts';
import type { AccountStore } from './account/account-store.ts';
import { Account, type AccountCommands } from './account/account.ts';
import type { PbxAccess } from './account/pbx-access.ts';
import { CountryOfAccount, type CountryMemory } from './account/country-of-account.ts';
import type { DemoAccess } from './account/demo-access.ts';
import { ownHosts } from './account/own-hosts.ts';
import { CallPlacer } from './dial/placer.ts';
import { CallWatch, type UserActivity } from './account/call-watch.ts';
import { RequestBudget } from './pace/request-budget.ts';
import type { OwnNumbers } from './numbers/own-numbers.ts';
import { NO_CALLS, type CallList } from './calls/call-list.ts';
import { CallStore } from './calls/store.ts';
import type { Clock } from './clock.ts';
import { DialFlow, type DialCommands } from './dial/dial-flow.ts';
import type { Log } from './log-port.ts';
import { dialRulesOf } from './settings/dial-rules-of.ts';
import type { ProxyFor } from './pbx/proxies.ts';
import type { Transport } from './pbx/transport.ts';
import {
  AccountPeople,
  type AccountPeopleOptions,
  type PeopleCommands,
  type PeopleFiles,
} from './people/account-people.ts';
import { Colleagues } from './people/colleagues.ts';
import type { FavouriteList } from './people/favourite-list.ts';
import { AccountHistory } from './history/account-history.ts';
import { forgetAccount } from './forget-account.ts';
import type { Histories, HistoryCommands } from './history/history.ts';

export interface DeskOptions {
  clock: Clock;
  log: Log;
  accounts: AccountStore;
  openDemo: () => Promise<Result<DemoAccess>>;
  /** Finds the system's proxy for a URL; the answer has the format of PAC files; see core/pbx/proxies.ts. */
  proxyFor: ProxyFor;
  /** Additional certificate authorities (PEM); undefined if there are none. */
  authorities: () => string | undefined;
  transport: Transport;
  settings: () => Settings;
  userActivity: () => UserActivity;
  /** The histories of all accounts. */
  histories: Histories;
  favourites: Pick<FavouriteList, 'open' | 'forget' | 'all'>;
  /** The contacts of all accounts, from directories of the PBX and from imported files. */
  people: PeopleFiles;
  /** A slice of the state changed. */
  onChange: (
    slice: 'account' | 'trust' | 'calls' | 'dial' | 'recents' | 'favourites' | 'country' | 'presences',
  ) => void;
  /** Call events, for notifications. */
  onEvents: (events: CallEvent[]) => void;
  /** The user has signed out or switched accounts, so nothing that was derived from live calls is valid any more. */
  onSignedOut: () => void;
  /** The user must answer something, so the window must come to the front. */
  onAttention: () => void;
  /** See AccountPeopleOptions. */
  onPeopleNotice?: AccountPeopleOptions['onNotice'];
  /** `system` is the region of the operating system. `memory` stores which countries the window has shown. */
  country: { system: string; memory: CountryMemory };
}

/** All live calls, including those that the window does not show, and the state of their sources. */
type AllCalls = Pick<CallsState, 'list' | 'listening'> & { calls: CallList };

const NO_PRESENCES: Presences = {};

/** The calls while nobody is signed in. */
const OFF: AllCalls = { calls: NO_CALLS, list: { status: 'off' }, listening: NOT_LISTENING };

/**
 * The program without a user interface: one user's account, live calls, dialling and call history. The Electron shell
 * passes the user's commands to it and shows its state; tests can drive it directly.
 */
export class Desk {
  readonly #options: DeskOptions;
  readonly #account: Account;
  readonly #country: CountryOfAccount;
  readonly #dialling: DialFlow;
  /** The key of the open account; '' without an account, null for the demo. */
  #accountKey: string | null;
  /** Shared by all connections, so that signing in again or switching accounts does not reset the request limit. */
  readonly #budget: RequestBudget;
  /** The model of the open account's calls; it survives a new sign-in. */
  #store: CallStore;
  #watch: CallWatch | null = null;
  #calls: AllCalls = OFF;
  readonly #people: AccountPeople;
  readonly #history: AccountHistory;
  readonly #colleagues: Colleagues;

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
      transport: options.transport,
      mayStorePassword: () => options.settings().secrets.keepPassword,
      onChange: (slice) => {
        options.onChange(slice);
        this.#watch?.numbersChanged();
        if (slice !== 'account') return;
        this.#country.find();
        this.#people.ruleChanged();
        this.#dialling.readAgain();
      },
      onUnpaced: () => this.#budget.countUnpaced(),
      onSignedIn: (access) => this.#signedIn(access),
      onSignedOut: () => this.#signedOut(),
      onRemoved: (key) => {
        forgetAccount(key, { ...options, people: this.#people, countries: options.country.memory });
        // A new sign-in to the same account must open it again.
        if (key === this.#accountKey) this.#changeAccount('');
      },
    });
    this.#colleagues = new Colleagues({
      clock: options.clock,
      directory: () => this.#people,
      shown: () => [...options.favourites.all, ...this.#history.current.recents],
      onChange: (extensions) => this.#watch?.watchColleagues(extensions),
    });
    this.#accountKey = this.#account.key;
    this.#store = this.#newStore();
    this.#history = new AccountHistory({
      histories: options.histories,
      clock: options.clock,
      own: () => this.#ownNumbers(),
      offset: () => this.#store.clockOffset,
      keepDays: () => options.settings().history.keepDays,
      onChange: () => {
        this.#colleagues.check();
        options.onChange('recents');
      },
      getShownTexts: () => this.#people,
      account: this.#accountKey,
    });
    options.favourites.open(this.#accountKey);
    this.#people = new AccountPeople({
      files: options.people,
      place: () => dialRulesOf(this.settings),
      matchLength: () => this.#account.matchLength,
      clock: options.clock,
      log: options.log,
      onNotice: (notice) => options.onPeopleNotice?.(notice),
      onChange: () => {
        this.#colleagues.check();
        for (const slice of ['calls', 'recents', 'favourites'] as const) options.onChange(slice);
      },
    });
    this.#country = new CountryOfAccount({
      ...options.country,
      account: this.#account,
      settings: options.settings,
      onChange: () => {
        this.#people.placeChanged();
        options.onChange('country');
      },
    });
    this.#people.open(this.#accountKey);
    this.#dialling = new DialFlow({
      clock: options.clock,
      settings: () => this.settings,
      ownHosts: () => ownHosts(this.#account.state),
      isCountryProvisional: () => !this.#account.isTenantSettled && options.settings().dialling.country === '',
      extension: () => (this.#account.access === null ? null : this.#account.numbers.extension),
      calls: () => this.#calls.calls,
      endedHere: this.#history.endedHere,
      isLive: (id, since) => this.#store.isLive(id, since),
      recents: () => this.recents,
      nameOf: (number) => this.#people.nameOf(number),
      openPlacer: (onChange) => this.#openPlacer(onChange),
      onChange: () => options.onChange('dial'),
      onAttention: options.onAttention,
      isVisible: () => options.userActivity().windowVisible,
    });
  }

  get account(): AccountState {
    return this.#account.state;
  }

  /** Certificates that the user chose to trust. */
  get trusted(): readonly TrustedCertificate[] {
    return this.#account.trusted;
  }

  get calls(): CallsState {
    const { calls, list, listening } = this.#calls;
    return { ...calls.shown, calls: this.#people.calls(calls.shown.calls), list, listening };
  }

  /** What is known of colleagues. */
  get presences(): Presences {
    return this.#watch?.presence.current ?? NO_PRESENCES;
  }

  get dial(): DialState {
    return this.#dialling.state;
  }

  /** The first page of the history. */
  get recents(): RecentCall[] {
    return this.#people.recents(this.#history.current.recents);
  }

  /** Contacts and names for numbers. */
  get people(): PeopleCommands {
    return this.#people;
  }

  /** The calls of the user that have ended. */
  get history(): HistoryCommands {
    return this.#history.current;
  }

  /** How many people to call back and how many new voicemails there are. */
  get waiting(): Waiting {
    return this.#history.waiting;
  }

  /** Whether calls from the time when the computer slept or the program was closed may still be added to the history. */
  get isHistoryBehind(): boolean {
    return this.#history.isBehind;
  }

  get country(): CountryState {
    return this.#country.state;
  }

  /** The settings, with the country that was found if the user has not chosen one. */
  get settings(): Settings {
    const settings = this.#options.settings();
    const country = countryOf({ settings, country: this.#country.state });
    return { ...settings, dialling: { ...settings.dialling, country } };
  }

  /** The commands for the notice about the country that was found. The window shows it until the user dismisses it. */
  get foundCountry(): Pick<CountryOfAccount, 'shown' | 'dismiss'> {
    return this.#country;
  }

  /** The commands for accounts; their state is `account`. */
  get accounts(): AccountCommands {
    return this.#account;
  }

  /** The commands for dialling; their state is `dial`. */
  get dialCommands(): DialCommands {
    return this.#dialling;
  }

  async close(): Promise<void> {
    this.#colleagues.stop();
    this.#watch?.stop();
    this.#history.disconnected();
    this.#dialling.dispose();
    await this.#account.close();
    await this.#people.close();
  }

  /** Searches all live calls, including those that the window does not show. */
  findCalls(text: string): Omit<FoundCalls, 'numbers'> {
    const found = this.#calls.calls.find(text);
    return { ...found, calls: this.#people.calls(found.calls) };
  }

  /** Searches people; presences of those who are found follow. */
  findPeople(text: string): FoundNumber[] {
    const found = this.#people.find(text);
    this.#colleagues.found(found);
    return found;
  }

  /** Polls the list of calls now. Error: `rate-limited`, with the time until the PBX accepts requests again. */
  refresh(): Result<null> {
    this.#watch?.pollNow();
    const held = this.#watch?.live.heldForMs ?? 0;
    if (held === 0) return ok(null);
    return err(appError('rate-limited', { retryAfterMs: held, params: { heldMs: held } }));
  }

  /** The computer woke up or the network came back, so this aborts requests in flight and starts polling again. */
  wake(): void {
    this.#account.access?.dropIdle();
    for (const part of [this.#watch, this.#history, this.#dialling]) part?.wake();
  }

  settingsChanged(before: Settings, after: Settings): void {
    this.#watch?.numbersChanged();
    this.#country.find();
    this.#people.placeChanged();
    this.#dialling.readAgain();
    // Polls now, so that a new interval takes effect at once.
    if (before.polling.intervalSeconds !== after.polling.intervalSeconds) this.refresh();
  }

  makeDemoCall(event: DemoEvent): Result<null> {
    const demo = this.#account.demo;
    if (demo === null) return err(appError('command-invalid', { detail: 'not signed in to the demo PBX' }));
    demo.simulateCall(event);
    this.refresh();
    return ok(null);
  }

  #ownNumbers(): OwnNumbers {
    const { extension, others } = this.#account.numbers;
    const { ownNumbers, callFrom } = this.#options.settings().identity;
    return { extension, numbers: [...others, ...ownNumbers, ...(callFrom === '' ? [] : [callFrom])] };
  }

  #openPlacer(onChange: (placed: PlacedCall | null) => void): CallPlacer {
    return new CallPlacer({
      store: this.#store,
      pbx: () => this.#watch?.pbx ?? null,
      live: () => this.#watch?.live ?? null,
      clock: this.#options.clock,
      reportsSteps: () => this.#watch?.reportsSteps === true,
      onChange,
      onEnded: (placed) => {
        this.#history.placed(placed);
        this.#people.placed(placed);
      },
    });
  }

  #newStore(): CallStore {
    return new CallStore({ clock: this.#options.clock, own: () => this.#ownNumbers() });
  }

  #signedIn(access: PbxAccess): void {
    this.#watch?.stop();
    if (this.#account.key !== this.#accountKey) this.#changeAccount(this.#account.key);
    const { clock, settings, userActivity, transport } = this.#options;
    this.#watch = new CallWatch({
      store: this.#store,
      pbx: access.pbx,
      directory: access.directory,
      push: access.push,
      own: () => this.#ownNumbers(),
      clock,
      intervalMs: () => settings().polling.intervalSeconds * 1000,
      budget: this.#budget,
      userActivity,
      transport,
      onChange: (calls, list, listening) => this.#changeCalls({ calls, list, listening }),
      onEvents: (events) => this.#handleEvents(events),
      onPresence: () => this.#options.onChange('presences'),
      onPushed: (sessionId) => this.#dialling.pushed(sessionId),
    });
    this.#watch.start();
    this.#history.connected(this.#watch.pbx);
    this.#people.connected(this.#watch.directory);
    this.#colleagues.begin();
    this.#options.onChange('presences');
  }

  #signedOut(): void {
    this.#watch?.stop();
    this.#watch = null;
    this.#colleagues.stop();
    this.#options.onChange('presences');
    this.#history.disconnected();
    this.#people.disconnected();
    this.#changeCalls(OFF);
    this.#dialling.signedOut();
    this.#options.onSignedOut();
  }

  #changeAccount(key: string | null): void {
    this.#accountKey = key;
    // Calls of the previous account must not be shown for this one.
    this.#store = this.#newStore();
    this.#dialling.accountChanged();
    for (const part of [this.#history, this.#people, this.#options.favourites]) part.open(key);
    for (const slice of ['recents', 'favourites'] as const) this.#options.onChange(slice);
  }

  #handleEvents(events: CallEvent[]): void {
    // The history stores the names that callers sent, so it comes before the names of contacts are added.
    this.#options.onEvents(this.#people.happened(this.#history.happened(events)));
  }

  #changeCalls(calls: AllCalls): void {
    const isLiveAgain = calls.list.status === 'live' && this.#calls.list.status !== 'live';
    this.#calls = calls;
    this.#options.onChange('calls');
    if (!isLiveAgain) return;
    this.#account.askIfUnanswered();
    this.#history.respondsAgain();
  }
}
