import { appError } from '../../shared/errors.ts';
import type { Bridge, Pushes } from '../../shared/ipc.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { Store } from './store.svelte.ts';

export interface Connection {
  store: Store;
  /** Stops listening. */
  close: () => void;
}

/** Gets the whole state once and from then on every slice that changes. */
export async function connect(bridge: Bridge): Promise<Result<Connection>> {
  // Listening starts before asking, so that nothing is lost in between.
  const early: Pushes['state'][] = [];
  const wishes: Pushes['show'][] = [];
  let store: Store | null = null;
  const stops = [
    bridge.on('state', (push) => (store === null ? early.push(push) : store.receive(push))),
    bridge.on('show', (show) => (store === null ? wishes.push(show) : store.show(show))),
  ];
  const close = (): void => stops.forEach((stop) => stop());
  const answer = await bridge
    .invoke('state.get', null)
    .catch((cause: unknown) => err(appError('internal', { detail: String(cause) })));
  if (!answer.ok) {
    close();
    return answer;
  }
  store = new Store(bridge, answer.value);
  for (const push of early) store.receive(push);
  for (const show of wishes) store.show(show);
  return ok({ store, close });
}
