import type { Clock } from '../../clock.ts';
import type { CommandReply } from './decode-push.ts';
import type { PushItem } from './inbox.ts';
import type { PushCredentials, PushEvent, PushTopic } from './types.ts';

/** What came of a command. */
export type Verdict =
  | { is: 'granted' }
  | { is: 'refused'; reply: CommandReply }
  /** Something came in time, but nothing that could be understood as an answer. */
  | { is: 'unclear' }
  | { is: 'silent' }
  /** The sign-in, thought good until now, was refused after all. */
  | { is: 'signed-out'; reply: CommandReply }
  | { is: 'over' };

type CommandName = 'auth' | 'subscribe';

interface Pending {
  command: CommandName;
  proves(event: PushEvent): boolean;
  settle(verdict: Verdict): void;
  heardSomething: boolean;
}

/** For the answer to a command, in ms. */
const ANSWER_MS = 5_000;

/**
 * Asks one command at a time and finds its answer among the frames. The documents show the answer to `auth` only, so
 * the reading is tolerant:
 * - an answer is a frame without `event_type` whose `command` is that of the question; with another or no `command` it
 *   must at least have a `status` or an `error`, and not belong to the other command;
 * - `status` 0, or neither `status` nor `error`, or an HTTP-like 2xx, is a yes; anything else is a no;
 * - `id` is ignored: nobody knows whether it counts or correlates;
 * - an event that only a granted command can have caused is a yes.
 */
export class Dialogue {
  /** Resolves when the sign-in is refused while nothing was asked. */
  readonly signedOut: Promise<void>;
  readonly #clock: Clock;
  readonly #signOut: () => void;
  #pending: Pending | null = null;
  #over = false;

  constructor(clock: Clock) {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.signedOut = promise;
    this.#signOut = () => resolve(undefined);
    this.#clock = clock;
  }

  /** `send` is called at once; `proves` tells whether an event could not have come without a yes. */
  ask(command: CommandName, send: () => void, proves: (event: PushEvent) => boolean): Promise<Verdict> {
    if (this.#over) return Promise.resolve({ is: 'over' });
    return new Promise((resolve) => {
      const settle = (verdict: Verdict) => {
        cancel();
        this.#pending = null;
        resolve(verdict);
      };
      const pending: Pending = { command, proves, settle, heardSomething: false };
      const cancel = this.#clock.after(ANSWER_MS, () => settle({ is: pending.heardSomething ? 'unclear' : 'silent' }));
      this.#pending = pending;
      send();
    });
  }

  hear(item: PushItem): void {
    const pending = this.#pending;
    if (item !== null && 'command' in item) this.#hearReply(item, pending);
    else if (pending === null) return;
    else if (item !== null && pending.proves(item)) pending.settle({ is: 'granted' });
    else pending.heardSomething = true;
  }

  end(): void {
    this.#over = true;
    this.#pending?.settle({ is: 'over' });
  }

  #hearReply(reply: CommandReply, pending: Pending | null): void {
    const refused = isRefusal(reply);
    if (reply.command === 'auth' && pending?.command !== 'auth') {
      if (!refused) return;
      if (pending === null) this.#signOut();
      else pending.settle({ is: 'signed-out', reply });
      return;
    }
    if (pending === null) return;
    const answers =
      reply.command === pending.command ||
      (reply.command !== 'subscribe' && (reply.status !== null || reply.error !== ''));
    if (!answers) pending.heardSomething = true;
    else pending.settle(refused ? { is: 'refused', reply } : { is: 'granted' });
  }
}

function isRefusal({ status, error }: CommandReply): boolean {
  if (status === null) return error !== '';
  return status !== 0 && !(status >= 200 && status < 300);
}

/** The first frame. `access_token` is not documented, but named in the PBX's own error message. */
export function authCommand(credentials: PushCredentials): object {
  if (credentials.by === 'token') return { command: 'auth', access_token: credentials.accessToken };
  const { username, password, domain } = credentials;
  // A system administrator belongs to no domain.
  return { command: 'auth', username, password, ...(domain === '' ? {} : { domain }) };
}

/** One topic a command, so that each can be refused by itself. */
export function subscribeCommand(topic: PushTopic, extension: string): object {
  return topic === 'extension_events'
    ? { command: 'subscribe', topics: [topic], extensions: [extension] }
    : { command: 'subscribe', topics: [topic] };
}
