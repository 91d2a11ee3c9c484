import { appError } from '../../shared/errors.ts';
import type { Bridge, Pushes } from '../../shared/ipc.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { useLanguage } from './messages.svelte.ts';
import { Store, type SpokenChanges } from './store.svelte.ts';

export interface OpenedStore {
  store: Store;
  /** Stops listening. */
  close: () => void;
}

/** Opens a store with the state of main, and keeps it up to date. Errors: those of `state.get`. */
export async function openStore(bridge: Bridge, spokenChanges: SpokenChanges): Promise<Result<OpenedStore>> {
  // Listens before it requests the state, so that no change is lost. What arrives too early is kept until then.
  const early: Pushes['state'][] = [];
  const earlyShows: Pushes['show'][] = [];
  let store: Store | null = null;
  const stops = [
    bridge.on('state', (push) => (store === null ? early.push(push) : store.receive(push))),
    bridge.on('show', (show) => (store === null ? earlyShows.push(show) : store.show(show))),
  ];
  const close = (): void => stops.forEach((stop) => stop());
  const answer = await bridge
    .invoke('state.get', null)
    .catch((cause: unknown) => err(appError('internal', { detail: String(cause) })));
  if (!answer.ok) {
    close();
    return answer;
  }
  await useLanguage(answer.value.desktop.language);
  store = new Store(bridge, answer.value, spokenChanges);
  for (const push of early) store.receive(push);
  for (const show of earlyShows) store.show(show);
  return ok({ store, close });
}
