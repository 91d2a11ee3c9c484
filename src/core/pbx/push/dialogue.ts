import type { Clock } from '../../clock.ts';
import type { CommandReply } from './decode-push.ts';
import type { PushItem } from './inbox.ts';
import type { PushCredentials, PushedEvent, PushTopic } from './types.ts';

/** The result of a command. */
export type Verdict =
  | { is: 'granted' }
  | { is: 'refused'; reply: CommandReply }
  /** Data arrived in time, but none that could be understood as an answer. */
  | { is: 'unclear' }
  /** Nothing arrived in time. */
  | { is: 'silent' }
  /** The sign-in was refused after it had seemed accepted. */
  | { is: 'signed-out'; reply: CommandReply }
  /** The connection ended. */
  | { is: 'over' };

type CommandName = 'auth' | 'subscribe';

interface Pending {
  command: CommandName;
  proves(event: PushedEvent): boolean;
  settle(verdict: Verdict): void;
  receivedSomething: boolean;
}

/** Maximum wait for the answer to a command, in ms. */
const ANSWER_MS = 5_000;

/**
 * Sends one command at a time and finds its answer among the frames. The documents show the answer to `auth` only, so
 * other forms are accepted:
 * - an answer is a frame without `event_type` whose `command` is that of the question; with another or no `command` it
 *   must at least have a `status` or an `error`, and not belong to the other command;
 * - `status` 0, or neither `status` nor `error`, or an HTTP-like 2xx, means yes; anything else means no;
 * - `id` is ignored, because its meaning is not documented;
 * - an event that only a granted command can have caused is a yes.
 */
export class Dialogue {
  /** Resolves when the sign-in is refused after it had seemed accepted. */
  readonly signedOut: Promise<CommandReply>;
  /**
   * Resolves if a reply was late, once every subscription has its reply: for each subscription, in order, whether it
   * was refused.
   */
  readonly lateAnswers: Promise<readonly boolean[]>;
  readonly #clock: Clock;
  readonly #answerLate: (refusals: readonly boolean[]) => void;
  readonly #signOut: (reply: CommandReply) => void;
  #pending: Pending | null = null;
  #over = false;
  /**
   * A subscription got no clear answer in time. Its answer may still come, and cannot be distinguished from that to the
   * next subscription, because no reply names its topic.
   */
  #hasLateAnswer = false;
  #subscriptions = 0;
  readonly #refusals: boolean[] = [];

  constructor(clock: Clock) {
    const { promise, resolve } = Promise.withResolvers<CommandReply>();
    this.signedOut = promise;
    this.#signOut = resolve;
    const late = Promise.withResolvers<readonly boolean[]>();
    this.lateAnswers = late.promise;
    this.#answerLate = late.resolve;
    this.#clock = clock;
  }

  /**
   * Sends a command by calling `send`, and resolves with its result after five seconds at most. `proves`: whether the
   * PBX sends such an event only after it has granted the command.
   */
  ask(command: CommandName, send: () => void, proves: (event: PushedEvent) => boolean): Promise<Verdict> {
    if (this.#over) return Promise.resolve({ is: 'over' });
    return new Promise((resolve) => {
      const settle = (verdict: Verdict) => {
        cancel();
        this.#pending = null;
        if (command === 'subscribe') this.#hasLateAnswer ||= verdict.is === 'silent' || verdict.is === 'unclear';
        resolve(verdict);
      };
      const pending: Pending = { command, proves, settle, receivedSomething: false };
      const cancel = this.#clock.after(ANSWER_MS, () =>
        settle({ is: pending.receivedSomething ? 'unclear' : 'silent' }),
      );
      this.#pending = pending;
      if (command === 'subscribe') this.#subscriptions++;
      send();
    });
  }

  receive(item: PushItem): void {
    const pending = this.#pending;
    if (item !== null && 'command' in item) this.#receiveReply(item, pending);
    else if (pending === null) return;
    else if (item !== null && pending.proves(item)) pending.settle({ is: 'granted' });
    else pending.receivedSomething = true;
  }

  end(): void {
    this.#over = true;
    this.#pending?.settle({ is: 'over' });
  }

  #receiveReply(reply: CommandReply, pending: Pending | null): void {
    const refused = isRefusal(reply);
    if (reply.command === 'auth' && pending?.command !== 'auth') {
      if (!refused) return;
      pending?.settle({ is: 'signed-out', reply });
      this.#signOut(reply);
      return;
    }
    if (reply.command === 'subscribe') {
      this.#refusals.push(refused);
      // The PBX answers in order, so each reply can be assigned once there is one for each subscription.
      if (this.#hasLateAnswer && this.#refusals.length === this.#subscriptions) this.#answerLate(this.#refusals);
    }
    if (pending === null) return;
    const isAnswer =
      reply.command === pending.command ||
      (reply.command !== 'subscribe' && (reply.status !== null || reply.error !== ''));
    if (!isAnswer) pending.receivedSomething = true;
    else if (pending.command === 'subscribe' && this.#hasLateAnswer) pending.settle({ is: 'unclear' });
    else pending.settle(refused ? { is: 'refused', reply } : { is: 'granted' });
  }
}

function isRefusal({ status, error }: CommandReply): boolean {
  if (status === null) return error !== '';
  return status !== 0 && !(status >= 200 && status < 300);
}

/** Whether the PBX has not checked the credential, because it timed out, had too many requests, or failed. */
export const isTemporary = ({ status }: CommandReply): boolean =>
  status !== null && (status === 408 || status === 429 || (status >= 500 && status < 600));

/** The first command of a connection. `access_token` is not documented, but an error message of the PBX names it. */
export function authCommand(credentials: PushCredentials): object {
  if (credentials.by === 'token') return { command: 'auth', access_token: credentials.accessToken };
  const { username, password, domain } = credentials;
  // A system administrator belongs to no domain.
  return { command: 'auth', username, password, ...(domain === '' ? {} : { domain }) };
}

/** One topic per command, so that each can be refused on its own. */
export function subscribeCommand(topic: PushTopic, extensions: readonly string[]): object {
  return topic === 'extension_events'
    ? { command: 'subscribe', topics: [topic], extensions }
    : { command: 'subscribe', topics: [topic] };
}
