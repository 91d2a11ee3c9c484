import { appError } from '../../shared/errors.ts';
import type { Answer, Bridge, CommandName, Payload, Pushes, ViewName } from '../../shared/ipc.ts';
import type { HistoryFilter } from '../../shared/history.ts';
import { isFromElsewhere } from '../../shared/provenance.ts';
import { err } from '../../shared/result.ts';
import type { SettingsPatch } from '../../shared/settings.ts';
import { countryOf, type AccountState, type NumberForms, type State } from '../../shared/state.ts';
import { ScreenReader } from './screen-reader.svelte.ts';

/** What ends the session of the account that is signed in. */
export type LeavingCommand = 'account.sign-out' | 'account.switch' | 'account.add';

/** What a screen reader should say about the change from one state to the next, in order. */
export type SpokenChanges = (before: State, after: State) => readonly string[];

/** Forms of numbers that searches found. */
const MAX_FOUND = 2_000;

/** The state as main last pushed it, and the few things only this window knows: which view, what to say aloud. */
export class Store {
  readonly screenReader = new ScreenReader();
  #bridge: Bridge;
  #spokenChanges: SpokenChanges;
  #state: State;
  /** For the numbers of the last search, which are in no slice. */
  #found = $state.raw<NumberForms>({});
  /** Who is signed in, or whom the sign-in form is about. It stays while that changes, and an attempt may end where it began. */
  who = $state<string | null>(null);
  view = $state<ViewName>('calls');
  /** The setting that the view of settings begins at; null begins at its top. */
  setting = $state<string | null>(null);
  /** The view that led to that setting, and that the way back leads to. */
  settingFrom = $state<ViewName | null>(null);
  /** The question that is open is not what the user's last action in this window asked for. */
  questionUnasked = $state(true);
  /** Numbers that the user dials in this window and that main has not answered yet. */
  #placing = 0;
  /** The live calls of colleagues are listed, too. */
  showColleagues = $state(false);
  /** Which calls the history lists. */
  historyOnly = $state<HistoryFilter['only']>(null);
  /** What the history is searched for when it opens the next time. */
  historySearch = '';
  /** The call that a notification led to: it is in view, with its details. A new object each time. */
  shownCall = $state.raw<NonNullable<Pushes['show']['call']> | null>(null);
  demoBarHidden = $state(false);
  /** The question whether to leave the account although a call is live. */
  leaving = $state.raw<{ command: LeavingCommand; answer: (leaves: boolean) => void } | null>(null);
  /** The list of keys covers the view. */
  keysShown = $state(false);
  /** Grows each time the dial field is to get the focus. */
  dialFocus = $state(0);

  constructor(bridge: Bridge, state: State, spokenChanges: SpokenChanges) {
    this.#bridge = bridge;
    this.#spokenChanges = spokenChanges;
    this.#state = $state.raw(state);
    this.who = whoIsIn(state.account);
  }

  readonly account = $derived.by(() => this.#state.account);
  readonly trust = $derived.by(() => this.#state.trust);
  readonly calls = $derived.by(() => this.#state.calls);
  readonly dial = $derived.by(() => this.#state.dial);
  readonly recents = $derived.by(() => this.#state.recents);
  readonly presences = $derived.by(() => this.#state.presences);
  readonly favourites = $derived.by(() => this.#state.favourites);
  readonly numbers = $derived.by(() => ({ ...this.#found, ...this.#state.numbers }));
  readonly settings = $derived.by(() => this.#state.settings);
  readonly found = $derived.by(() => this.#state.country);
  /** The country by which national numbers are read; '' if it is not known. */
  readonly country = $derived.by(() => countryOf(this.#state));
  readonly desktop = $derived.by(() => this.#state.desktop);

  /** Takes one slice, whole, in place of the one before. */
  receive(push: Pushes['state']): void {
    const before = this.#state;
    this.#state = withSlice(before, push);
    const [asked, asks] = [before.dial.question, this.#state.dial.question];
    if (asks !== null && asked?.id !== asks.id) {
      this.questionUnasked = asked !== null || this.#placing === 0 || isFromElsewhere(asks.provenance);
    }
    const who = whoIsIn(this.#state.account);
    // Signed out: the reason and the way back are in the sign-in view. Later the user may have gone elsewhere.
    if (who !== null && who !== this.who && this.#state.account.status === 'signed-out') this.view = 'calls';
    if (who !== null && who !== this.who) this.leaving?.answer(false);
    this.who = who ?? this.who;
    this.screenReader.say(this.#spokenChanges(before, this.#state));
  }

  /** Has a screen reader say it. */
  say(text: string): void {
    this.screenReader.say([text]);
  }

  show({ view, call }: Pushes['show']): void {
    this.shownCall = call ?? null;
    if (call !== undefined) {
      this.#showCall(call);
      return;
    }
    const isPart = view === 'missed' || view === 'call-back';
    if (isPart || view === 'history') this.historyOnly = isPart ? view : null;
    this.view = view === 'dial' ? 'calls' : isPart ? 'history' : view;
    if (this.view !== 'settings') this.settingFrom = null;
    if (this.view === 'calls') this.focusDialField();
  }

  /** A notification leads here. */
  #showCall({ id }: { id: string }): void {
    const isLive = this.calls.calls.some((call) => call.id === id);
    if (!isLive) this.historyOnly = null;
    this.view = isLive ? 'calls' : 'history';
    this.settingFrom = null;
    this.keysShown = false;
  }

  focusDialField(): void {
    this.dialFocus += 1;
  }

  /** Opens the settings with the focus in one of them, by the id of its control. */
  showSetting(id: string): void {
    this.setting = id;
    if (this.view !== 'settings') this.settingFrom = this.view;
    this.view = 'settings';
  }

  /** A search came back with numbers beside those of the state. */
  learn(numbers: NumberForms): void {
    const all = { ...this.#found, ...numbers };
    this.#found = Object.keys(all).length > MAX_FOUND ? numbers : all;
  }

  /** Asks main; a bridge that breaks is an error like any other. */
  async send<C extends CommandName>(command: C, payload: Payload<C>): Promise<Answer<C>> {
    if (command === 'dial.place') this.#placing += 1;
    try {
      return await this.#bridge.invoke(command, payload);
    } catch (cause) {
      return err(appError('internal', { detail: String(cause) }));
    } finally {
      if (command === 'dial.place') this.#placing -= 1;
    }
  }

  /** Sends what leaves the account, after a question while the user is on a call; null if the user stays. */
  async leave<C extends LeavingCommand>(command: C, payload: Payload<C>): Promise<Answer<C> | null> {
    const leaves =
      !this.#isOnCall() ||
      (await new Promise<boolean>((resolve) => {
        this.leaving = { command, answer: resolve };
      }));
    this.leaving = null;
    return leaves ? await this.send(command, payload) : null;
  }

  #isOnCall(): boolean {
    const { calls, dial } = this.#state;
    const { placed } = dial;
    return calls.calls.some(({ mine }) => mine) || calls.more.mine > 0 || (placed !== null && placed.step !== 'ended');
  }

  /** Adds an entry of a list to the favourites, or removes it. */
  setFavourite(entry: State['favourites'][number], favourite: boolean): Promise<Answer<'favourites.set'>> {
    const { number, name, provenance, external } = entry;
    const outside = external === undefined ? {} : { external };
    return this.send('favourites.set', { number, name, provenance, ...outside, favourite });
  }

  change(patch: SettingsPatch): Promise<Answer<'settings.change'>> {
    return this.send('settings.change', patch);
  }
}

/** Identifies who is signed in, or whom the form is about; null while that is being found out. */
function whoIsIn({ status, demo, saved }: AccountState): string | null {
  if (status === 'signing-in') return null;
  return [status, demo, saved.find(({ active }) => active)?.key].join(' ');
}

/** The state with one slice replaced. */
function withSlice(state: State, push: Pushes['state']): State {
  return { ...state, [push.slice]: push.value };
}
