import type { CustomScheme, Protocol } from 'electron/main';
import { guarded } from '../guard.ts';
import { onlyBeforeReady } from '../ready.ts';

type Handler = (request: Request) => Response | Promise<Response>;
type Simulated = Pick<Protocol, 'registerSchemesAsPrivileged' | 'isProtocolHandled' | 'unhandle'>;

/** Schemes that the app declared before it was ready, and with which privileges. */
export const privilegedSchemes: CustomScheme[] = [];

class HostProtocol implements Simulated {
  readonly #handlers = new Map<string, Handler>();

  registerSchemesAsPrivileged(schemes: CustomScheme[]): void {
    onlyBeforeReady('protocol.registerSchemesAsPrivileged should be called before app is ready');
    privilegedSchemes.push(...schemes);
  }
  handle(scheme: string, handler: Handler): void {
    if (this.#handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    this.#handlers.set(scheme, handler);
  }
  unhandle(scheme: string): void {
    this.#handlers.delete(scheme);
  }
  isProtocolHandled(scheme: string): boolean {
    return this.#handlers.has(scheme);
  }

  /** The program's response for an address; rejects when it handles no such scheme. */
  async hostAnswer(request: Request): Promise<Response> {
    const scheme = new URL(request.url).protocol.slice(0, -1);
    const handler = this.#handlers.get(scheme);
    if (handler === undefined) throw new Error(`nothing handles ${scheme}:`);
    return handler(request);
  }
}

export type { HostProtocol };
export function makeProtocol(): HostProtocol {
  return guarded('protocol', new HostProtocol());
}
