import type { AppError } from '../../shared/errors.ts';
import type { Store } from './store.svelte.ts';

/** If the call continues for this time after the PBX accepted the request, the user can try again. */
const AGAIN_MS = 4_000;

/** Hangs up a call. `wanted` is true from the click on, until the PBX refuses. */
export class HangUp {
  #store: Store;
  wanted = $state(false);
  error = $state.raw<AppError | null>(null);

  constructor(store: Store) {
    this.#store = store;
  }

  async ask(sessionId: string): Promise<void> {
    this.wanted = true;
    this.error = null;
    const answer = await this.#store.send('dial.hang-up', { sessionId });
    if (answer.ok) {
      // The PBX may have ended only another leg of the call.
      setTimeout(() => (this.wanted = false), AGAIN_MS);
      return;
    }
    this.wanted = false;
    this.error = answer.error;
  }
}
