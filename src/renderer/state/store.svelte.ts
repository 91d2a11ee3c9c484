import { appError } from '../../shared/errors.ts';
import type { Answer, Bridge, CommandName, Payload, Pushes, ViewName } from '../../shared/ipc.ts';
import type { HistoryFilter } from '../../shared/history.ts';
import { isFromElsewhere } from '../../shared/provenance.ts';
import { err } from '../../shared/result.ts';
import type { SettingsPatch } from '../../shared/settings.ts';
import { countryOf, type AccountState, type NumberForms, type State } from '../../shared/state.ts';
import { ScreenReader } from './screen-reader.svelte.ts';

/** The commands that end the session of the current account. */
export type LeavingCommand = 'account.sign-out' | 'account.switch' | 'account.add';

/** What a screen reader should say about the change from one state to the next, in order. */
export type SpokenChanges = (before: State, after: State) => readonly string[];

/** How many formatted numbers of search results are kept. */
const MAX_FOUND = 2_000;

/** The state that main pushed last, and what only this window knows, such as the view that is shown. */
export class Store {
  readonly screenReader = new ScreenReader();
  #bridge: Bridge;
  #spokenChanges: SpokenChanges;
  #state: State;
  /** The formatted numbers of search results. Those of everything else are in the state. */
  #found = $state.raw<NumberForms>({});
  /** Identifies the account that is signed in or shown in the sign-in form. It does not change during an attempt to sign in. */
  who = $state<string | null>(null);
  view = $state<ViewName>('calls');
  /** The setting to which the view of settings scrolls when it opens; null for none. */
  setting = $state<string | null>(null);
  /** The view from which the user came to that setting, and to which they return. */
  settingFrom = $state<ViewName | null>(null);
  /** The open question does not come from the user's last action in this window. */
  questionUnasked = $state(true);
  /** The number of `dial.place` commands that main has not answered yet. */
  #placing = 0;
  /** The live calls of colleagues are listed, too. */
  showColleagues = $state(false);
  /** The filter of the history. */
  historyOnly = $state<HistoryFilter['only']>(null);
  /** The text to search for when the history is opened the next time. */
  historySearch = '';
  /** The call whose notification the user clicked on. Its row is shown with details. A new object with every click. */
  shownCall = $state.raw<NonNullable<Pushes['show']['call']> | null>(null);
  demoBarHidden = $state(false);
  /** The question whether to leave the account although a call is live. */
  leaving = $state.raw<{ command: LeavingCommand; answer: (leaves: boolean) => void } | null>(null);
  /** The list of keys covers the view. */
  keysShown = $state(false);
  /** Increased when the dial field should get the focus. */
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

  /** Replaces one slice of the state with the one that main pushed. */
  receive(push: Pushes['state']): void {
    const before = this.#state;
    this.#state = withSlice(before, push);
    const [oldQuestion, question] = [before.dial.question, this.#state.dial.question];
    if (question !== null && oldQuestion?.id !== question.id) {
      this.questionUnasked = oldQuestion !== null || this.#placing === 0 || isFromElsewhere(question.provenance);
    }
    const who = whoIsIn(this.#state.account);
    if (who !== null && who !== this.who) {
      // Shows the sign-in view, which says why the user was signed out.
      if (this.#state.account.status === 'signed-out') this.view = 'calls';
      this.leaving?.answer(false);
    }
    this.who = who ?? this.who;
    this.screenReader.say(this.#spokenChanges(before, this.#state));
  }

  /** Makes a screen reader say a text. */
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

  /** Shows the call of a notification: in the calls while it lasts, then in the history. */
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

  /** Opens the settings and focuses a control, by its id. */
  showSetting(id: string): void {
    this.setting = id;
    if (this.view !== 'settings') this.settingFrom = this.view;
    this.view = 'settings';
  }

  /** Keeps the formatted numbers of a search result. */
  learn(numbers: NumberForms): void {
    const all = { ...this.#found, ...numbers };
    this.#found = Object.keys(all).length > MAX_FOUND ? numbers : all;
  }

  /** Sends a command to main. Never throws: if the bridge fails, the error is `internal`. */
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

  /** Sends a command that leaves the account. During a call, asks first, and returns null if the user wants to stay. */
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

/** See Store.who; null during an attempt to sign in. */
function whoIsIn({ status, demo, saved }: AccountState): string | null {
  if (status === 'signing-in') return null;
  return [status, demo, saved.find(({ active }) => active)?.key].join(' ');
}

/** The state with one slice replaced. */
function withSlice(state: State, push: Pushes['state']): State {
  return { ...state, [push.slice]: push.value };
}
