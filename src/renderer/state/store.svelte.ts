import { appError } from '../../shared/errors.ts';
import type { Answer, Bridge, CommandName, Payload, Pushes, ViewName } from '../../shared/ipc.ts';
import { err } from '../../shared/result.ts';
import type { SettingsPatch } from '../../shared/settings.ts';
import type { State } from '../../shared/state.ts';
import { announcements } from '../lib/announce.ts';

/** The state as main last told it, and the few things only this window knows: which view, what to say aloud. */
export class Store {
  #bridge: Bridge;
  #state: State;
  view = $state<ViewName>('calls');
  /** Whose live calls are listed. */
  showing = $state<'mine' | 'everyone'>('everyone');
  /** Grows with every wish to have the focus in the dial field. */
  dialFocus = $state(0);
  /** What was said last, numbered so that the same words can be said twice. */
  said = $state.raw({ id: 0, text: '' });

  constructor(bridge: Bridge, state: State) {
    this.#bridge = bridge;
    this.#state = $state.raw(state);
  }

  readonly account = $derived.by(() => this.#state.account);
  readonly calls = $derived.by(() => this.#state.calls);
  readonly dial = $derived.by(() => this.#state.dial);
  readonly recents = $derived.by(() => this.#state.recents);
  readonly settings = $derived.by(() => this.#state.settings);
  readonly desktop = $derived.by(() => this.#state.desktop);

  /** Takes one slice, whole, in place of the one before. */
  receive(push: Pushes['state']): void {
    const before = this.#state;
    this.#state = withSlice(before, push);
    // Who signs in wants to dial, wherever they stood when they were signed out.
    if (before.account.status !== 'signed-in' && this.#state.account.status === 'signed-in') this.view = 'calls';
    const words = announcements(before, this.#state).join(' ');
    if (words !== '') this.say(words);
  }

  /** Has a screen reader say it. */
  say(text: string): void {
    this.said = { id: this.said.id + 1, text };
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

/** The state with one slice replaced. */
function withSlice(state: State, push: Pushes['state']): State {
  return { ...state, [push.slice]: push.value };
}
