import type { AppError } from '../../shared/errors.ts';
import type { Store } from './store.svelte.ts';

/** A call that goes on for so long after the PBX accepted the request, in ms, can be hung up again. */
const AGAIN_MS = 4_000;

/** Ending one call: asked for, on its way, or refused. */
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
      // The PBX may have ended another leg of it.
      setTimeout(() => (this.wanted = false), AGAIN_MS);
      return;
    }
    this.wanted = false;
    this.error = answer.error;
  }
}
