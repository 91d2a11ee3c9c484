import type { Accounts } from '../accounts.ts';
import type { Dialect, Topic } from '../dialect.ts';
import { jsonObject } from '../http.ts';
import type { User } from '../office.ts';
import type { Tokens } from '../tokens.ts';

/** What a connection needs to check sign-ins and subscriptions. */
export interface PushRules {
  accounts: Accounts;
  tokens: Tokens;
  dialect: Pick<Dialect, 'pushTakes' | 'subscriptions' | 'watchesColleagues' | 'snapshot'>;
  /** The frame that follows a subscription to these extensions. */
  statusOf: (extensions: readonly string[]) => object;
}

const WRONG_CREDENTIALS = 'access_token , username , domain or password error';

/**
 * One client of the WebSocket interface ("WebSocket pub/sub") with its user and its subscriptions. Our guesses: `id` in the
 * replies counts the commands of the connection. A refused command changes nothing, even if some of its topics could be
 * granted. A client stays signed in after its token has expired.
 */
export class PushConnection {
  readonly #rules: PushRules;
  readonly #address: string;
  readonly #send: (frame: object) => void;
  readonly #extensions = new Set<string>();
  #user: User | null = null;
  #subscribedToCalls = false;
  #commands = 0;

  /** `address` is the client's IP address. */
  constructor(rules: PushRules, address: string, send: (frame: object) => void) {
    this.#rules = rules;
    this.#address = address;
    this.#send = send;
  }

  /** Null until the client has signed in. */
  get username(): string | null {
    return this.#user?.username ?? null;
  }

  get extensions(): string[] {
    return [...this.#extensions];
  }

  get isSubscribedToCalls(): boolean {
    return this.#subscribedToCalls;
  }

  isSubscribedTo(extension: string): boolean {
    return this.#extensions.has(extension);
  }

  /** Handles a text frame from the client. */
  receive(text: string): void {
    this.#commands += 1;
    const frame = jsonObject({ body: text }) ?? {};
    const { command } = frame;
    if (command === 'auth') this.#reply('auth', this.#signIn(frame));
    else if (command === 'subscribe') this.#subscribe(frame);
    else if (command === 'unsubscribe') this.#unsubscribe(frame);
    else this.#reply(typeof command === 'string' ? command : '', 'Unknown command');
  }

  /** Returns the error; undefined on success. */
  #signIn(frame: Record<string, unknown>): string | undefined {
    const { accounts, tokens, dialect } = this.#rules;
    const { access_token: token, username, password, domain = '' } = frame;
    this.#user = null;
    if (dialect.pushTakes.includes('token') && typeof token === 'string') {
      this.#user = tokens.userOf(token);
      return this.#user === null ? WRONG_CREDENTIALS : undefined;
    }
    if (typeof username !== 'string' || typeof password !== 'string' || typeof domain !== 'string')
      return WRONG_CREDENTIALS;
    const result = accounts.signIn(username, password, domain, this.#address);
    if (result === 'blocked') return 'This address is blocked: too many failed sign-ins';
    // A system administrator may always use the password.
    if (result === 'wrong' || (!dialect.pushTakes.includes('password') && result.domain !== ''))
      return WRONG_CREDENTIALS;
    this.#user = result;
    return undefined;
  }

  #subscribe(frame: Record<string, unknown>): void {
    const topics = stringsIn(frame['topics']);
    const extensions = stringsIn(frame['extensions']);
    const { subscriptions, snapshot } = this.#rules.dialect;
    const rules = topics.flatMap((topic) => (isTopic(topic) ? [subscriptions[topic]] : []));
    const error = this.#subscribeError(topics, extensions);
    const isSilent = this.#user !== null && rules.some((rule) => rule === 'silent' || rule === 'ignored');
    if (!isSilent) this.#reply('subscribe', error);
    if (error !== undefined) return;
    const granted = topics.filter((topic) => isTopic(topic) && subscriptions[topic] !== 'ignored');
    if (granted.includes('cdr_events')) this.#subscribedToCalls = true;
    if (!granted.includes('extension_events')) return;
    for (const extension of extensions) this.#extensions.add(extension);
    if (snapshot) this.#send(this.#rules.statusOf(extensions));
  }

  #unsubscribe(frame: Record<string, unknown>): void {
    const topics = stringsIn(frame['topics']);
    const extensions = stringsIn(frame['extensions']);
    this.#reply('unsubscribe', this.#user === null ? 'Not signed in' : undefined);
    if (topics.includes('cdr_events')) this.#subscribedToCalls = false;
    if (topics.includes('extension_events')) for (const extension of extensions) this.#extensions.delete(extension);
  }

  /** Returns why a subscription is refused; undefined if it is granted. */
  #subscribeError(topics: readonly string[], extensions: readonly string[]): string | undefined {
    if (this.#user === null) return 'Not signed in';
    if (topics.length === 0) return 'No topics';
    for (const topic of topics) {
      if (!isTopic(topic)) return `Unknown topic: ${topic}`;
      // System administrators have other topics, which are not simulated.
      if (this.#rules.dialect.subscriptions[topic] === 'refused' || this.#user.domain === '')
        return `Permission denied: ${topic}`;
    }
    if (!topics.includes('extension_events')) return undefined;
    const mayWatch = this.#rules.dialect.watchesColleagues || extensions.every((one) => one === this.#user?.extension);
    if (!mayWatch) return 'Permission denied: extension_events';
    return extensions.length === 0 ? 'No extensions' : undefined;
  }

  #reply(command: string, error: string | undefined): void {
    const id = String(this.#commands);
    this.#send(error === undefined ? { command, id, status: 0 } : { command, error, id, status: -1 });
  }
}

const isTopic = (text: string): text is Topic => text === 'extension_events' || text === 'cdr_events';

/** The strings in a list; [] if the value is no list. */
const stringsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
