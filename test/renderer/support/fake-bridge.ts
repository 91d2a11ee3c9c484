import { FormattedNumbers } from '../../../src/main/number-forms.ts';
import { appError } from '../../../src/shared/errors.ts';
import type { Answer, Bridge, CommandName, Payload, PushName, Pushes } from '../../../src/shared/ipc.ts';
import { err, ok } from '../../../src/shared/result.ts';
import type { SliceName, State } from '../../../src/shared/state.ts';

type Handler<C extends CommandName> = (payload: Payload<C>) => Answer<C> | Promise<Answer<C>>;
type Asked = { [C in CommandName]: { command: C; payload: Payload<C> } }[CommandName];
type Listeners = { [P in PushName]: Set<(value: Pushes[P]) => void> };

/** Stands for the main process: a state that a test sets, answers that it chooses, and what it was asked. */
export class FakeBridge implements Bridge {
  state: State;
  readonly asked: Asked[] = [];
  readonly #numbers = new FormattedNumbers();
  readonly #handlers = new Map<CommandName, (payload: unknown) => unknown>();
  readonly #listeners: Listeners = { state: new Set(), show: new Set() };

  constructor(state: State) {
    this.state = state;
    this.answer('state.get', () => ok(this.state));
    this.answer('settings.change', (patch) => {
      this.push('settings', merged(this.state.settings, patch));
      return ok(this.state.settings);
    });
    this.answer('contacts.list', () => ok([]));
    this.answer('contacts.own', () => ok({ contacts: [], more: 0 }));
    this.answer('people.find', () => ok({ people: [], numbers: {} }));
    this.answer('notifications.why', ({ calls }) =>
      ok(calls.map(() => ({ ringing: { code: 'announced' }, missed: null }))),
    );
    const done = (): Answer<'window.hide'> => ok(null);
    for (const command of [
      'window.hide',
      'dial.dismiss',
      'dial.hang-up',
      'calls.refresh',
      'country.shown',
      'country.dismiss',
      'demo.make',
      'clipboard.copy',
    ] as const) {
      this.answer(command, done);
    }
  }

  /** Chooses what a command gets from now on. */
  answer<C extends CommandName>(command: C, handler: Handler<C>): void {
    this.#handlers.set(command, (payload) => handler(payload as Payload<C>));
  }

  /** Main changed a slice. */
  push<S extends SliceName>(slice: S, value: State[S]): void {
    this.state = { ...this.state, [slice]: value };
    if (slice !== 'numbers') this.push('numbers', this.#numbers.forState(this.state));
    const push = { slice, value } as Pushes['state'];
    for (const listener of this.#listeners.state) listener(push);
  }

  show(view: Pushes['show']['view'], call?: Pushes['show']['call']): void {
    const shown = call === undefined ? { view } : { view, call };
    for (const listener of this.#listeners.show) listener(shown);
  }

  /** The payloads that a command was sent with, in order. */
  payloads<C extends CommandName>(command: C): Payload<C>[] {
    return this.asked.flatMap((asked) => (asked.command === command ? [asked.payload as Payload<C>] : []));
  }

  async invoke<C extends CommandName>(command: C, payload: Payload<C>): Promise<Answer<C>> {
    this.asked.push({ command, payload } as Asked);
    const handler = this.#handlers.get(command);
    if (handler === undefined) return err(appError('internal', { detail: `no answer was set for ${command}` }));
    return (await handler(payload)) as Answer<C>;
  }

  on<P extends PushName>(push: P, listener: (value: Pushes[P]) => void): () => void {
    const listeners = this.#listeners[push] as Set<(value: Pushes[P]) => void>;
    listeners.add(listener);
    return () => listeners.delete(listener);
  }
}

function merged<T>(before: T, change: unknown): T {
  if (!isRecord(before) || !isRecord(change)) return change as T;
  const changed = Object.entries(change).map(([key, value]) => [key, merged(before[key], value)] as const);
  return { ...before, ...Object.fromEntries<unknown>(changed) };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
