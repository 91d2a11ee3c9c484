import type { IpcRenderer as ElectronIpcRenderer } from 'electron/renderer';
import type { ToPage } from '../messages.ts';
import { pack, unpack } from '../wire.ts';
import type { Channel } from './channel.ts';

type Listener = (event: object, ...args: unknown[]) => void;
type Simulated = Pick<ElectronIpcRenderer, 'invoke' | 'send'>;

/** ipcRenderer over the page's connection; refuses arguments that Electron cannot clone. */
export class IpcRenderer implements Simulated {
  readonly #channel: Channel;
  readonly #listeners = new Map<string, Listener[]>();
  readonly #calls = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  #lastId = 0;

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  async invoke(channel: string, ...args: unknown[]): Promise<unknown> {
    const packed = pack(args);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#calls.set(id, { resolve, reject });
      this.#channel.send({ kind: 'invoke', id, channel, args: packed });
    });
  }
  send(channel: string, ...args: unknown[]): void {
    this.#channel.send({ kind: 'send', channel, args: pack(args) });
  }
  sendSync(): never {
    throw new Error('not simulated: ipcRenderer.sendSync');
  }
  on(channel: string, listener: Listener): this {
    this.#listeners.set(channel, [...(this.#listeners.get(channel) ?? []), listener]);
    return this;
  }
  once(channel: string, listener: Listener): this {
    const first: Listener = (event, ...args) => {
      this.off(channel, first);
      listener(event, ...args);
    };
    return this.on(channel, first);
  }
  off(channel: string, listener: Listener): this {
    const left = (this.#listeners.get(channel) ?? []).filter((other) => other !== listener);
    this.#listeners.set(channel, left);
    return this;
  }
  addListener(channel: string, listener: Listener): this {
    return this.on(channel, listener);
  }
  removeListener(channel: string, listener: Listener): this {
    return this.off(channel, listener);
  }
  removeAllListeners(channel: string): this {
    this.#listeners.delete(channel);
    return this;
  }

  receive(message: Extract<ToPage, { kind: 'answer' | 'failure' | 'push' }>): void {
    if (message.kind === 'push') {
      const args = unpack(message.args) as unknown[];
      for (const listener of this.#listeners.get(message.channel) ?? []) listener({ sender: this, ports: [] }, ...args);
      return;
    }
    const call = this.#calls.get(message.id);
    this.#calls.delete(message.id);
    if (message.kind === 'answer') call?.resolve(unpack(message.value));
    else call?.reject(new Error(message.message));
  }
}
