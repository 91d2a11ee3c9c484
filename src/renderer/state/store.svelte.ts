import { appError } from '../../shared/errors.ts';
import type { Answer, Bridge, CommandName, Payload, Pushes, ViewName } from '../../shared/ipc.ts';
import { err } from '../../shared/result.ts';
import type { SettingsPatch } from '../../shared/settings.ts';
import type { AccountState, State } from '../../shared/state.ts';
import { announcements } from '../lib/announce.ts';
import { Announcer } from './announcer.svelte.ts';

/** The state as main last told it, and the few things only this window knows: which view, what to say aloud. */
export class Store {
  readonly announcer = new Announcer();
  #bridge: Bridge;
  #state: State;
  /** As it was last settled: an attempt that ends where it began leaves the view alone. */
  #who: string | null;
  view = $state<ViewName>('calls');
  /** Whose live calls are listed. */
  showing = $state<'mine' | 'everyone'>('everyone');
  /** Grows with every wish to have the focus in the dial field. */
  dialFocus = $state(0);

  constructor(bridge: Bridge, state: State) {
    this.#bridge = bridge;
    this.#state = $state.raw(state);
    this.#who = whoIsIn(state.account);
  }

  readonly account = $derived.by(() => this.#state.account);
  readonly trust = $derived.by(() => this.#state.trust);
  readonly calls = $derived.by(() => this.#state.calls);
  readonly dial = $derived.by(() => this.#state.dial);
  readonly recents = $derived.by(() => this.#state.recents);
  readonly favourites = $derived.by(() => this.#state.favourites);
  readonly settings = $derived.by(() => this.#state.settings);
  readonly desktop = $derived.by(() => this.#state.desktop);

  /** Takes one slice, whole, in place of the one before. */
  receive(push: Pushes['state']): void {
    const before = this.#state;
    this.#state = withSlice(before, push);
    const who = whoIsIn(this.#state.account);
    // Who is signed out is shown why, and the way back, wherever they stood. Later they are where they went since.
    if (who !== null && who !== this.#who && this.#state.account.status === 'signed-out') this.view = 'calls';
    this.#who = who ?? this.#who;
    this.announcer.say(announcements(before, this.#state));
  }

  /** Has a screen reader say it. */
  say(text: string): void {
    this.announcer.say([text]);
  }

  show({ view }: Pushes['show']): void {
    this.view = view === 'dial' ? 'calls' : view;
    if (this.view === 'calls') this.dialFocus += 1;
  }

  /** Asks main; a bridge that breaks is an error like any other. */
  async send<C extends CommandName>(command: C, payload: Payload<C>): Promise<Answer<C>> {
    try {
      return await this.#bridge.invoke(command, payload);
    } catch (cause) {
      return err(appError('internal', { detail: String(cause) }));
    }
  }

  change(patch: SettingsPatch): Promise<Answer<'settings.change'>> {
    return this.send('settings.change', patch);
  }
}

/** Tells apart who is signed in, or whom the form is about; null while that is being found out. */
function whoIsIn({ status, demo, saved }: AccountState): string | null {
  if (status === 'signing-in') return null;
  return [status, demo, saved.find(({ active }) => active)?.key].join(' ');
}

/** The state with one slice replaced. */
function withSlice(state: State, push: Pushes['state']): State {
  return { ...state, [push.slice]: push.value };
}
