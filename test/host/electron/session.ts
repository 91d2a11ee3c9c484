import { EventEmitter } from 'node:events';
import type { Session, WebRequest } from 'electron/main';
import { guarded, guardedClass } from '../guard.ts';
import { makeProtocol, type HostProtocol } from './protocol.ts';

/** Handlers are stored but not called: an ordinary browser asks its own user for permissions. */
type Simulated = Pick<
  Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
  | 'setSpellCheckerEnabled'
  | 'isPersistent'
  | 'resolveProxy'
>;

class HostSession extends EventEmitter implements Simulated {
  readonly protocol: HostProtocol = makeProtocol();
  readonly webRequest: WebRequest;
  readonly #handlers = new Set<string>();
  readonly #partition: string;

  constructor(partition: string) {
    super();
    this.#partition = partition;
    this.webRequest = makeWebRequest();
  }

  setPermissionRequestHandler(handler: unknown): void {
    this.#note('permission-request', handler);
  }
  setPermissionCheckHandler(handler: unknown): void {
    this.#note('permission-check', handler);
  }
  setDevicePermissionHandler(handler: unknown): void {
    this.#note('device-permission', handler);
  }
  setDisplayMediaRequestHandler(handler: unknown): void {
    this.#note('display-media', handler);
  }
  setSpellCheckerEnabled(): void {}
  /** There is only loopback here. */
  resolveProxy(): Promise<string> {
    return Promise.resolve('DIRECT');
  }
  isPersistent(): boolean {
    return this.#partition === '' || this.#partition.startsWith('persist:');
  }
  /** Which of the handlers above the program has set. */
  hostHandlers(): string[] {
    return [...this.#handlers];
  }
  #note(name: string, handler: unknown): void {
    if (handler === null) this.#handlers.delete(name);
    else this.#handlers.add(name);
  }
}

function makeWebRequest(): WebRequest {
  const simulated: Pick<WebRequest, 'onBeforeRequest' | 'onBeforeSendHeaders' | 'onHeadersReceived'> = {
    onBeforeRequest: () => {},
    onBeforeSendHeaders: () => {},
    onHeadersReceived: () => {},
  };
  // Names that are missing here throw `not simulated`.
  return guarded('session.webRequest', simulated) as WebRequest;
}

guardedClass('session', HostSession);
const sessions = new Map<string, HostSession>();

function fromPartition(partition: string): HostSession {
  const known = sessions.get(partition) ?? new HostSession(partition);
  sessions.set(partition, known);
  return known;
}

export type { HostSession };
export const session = guarded('session', { defaultSession: fromPartition(''), fromPartition });
