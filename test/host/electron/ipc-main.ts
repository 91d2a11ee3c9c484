import { EventEmitter } from 'node:events';
import type { IpcMain, IpcMainInvokeEvent } from 'electron/main';
import { makeEvent } from '../event.ts';
import { guarded } from '../guard.ts';
import { pack, unpack } from '../wire.ts';
import type { Frame, HostWebContents } from './web-contents.ts';

type Handler = Parameters<IpcMain['handle']>[1];
/** The packed answer, or the message with which Electron's `invoke` rejects. */
export type InvokeAnswer = { ok: true; value: string } | { ok: false; message: string };

class HostIpcMain extends EventEmitter implements Pick<IpcMain, 'handle' | 'handleOnce' | 'removeHandler'> {
  readonly #handlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    this.#handlers.set(channel, handler);
  }
  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...args: unknown[]): unknown => {
      this.removeHandler(channel);
      return handler(event, ...args) as unknown;
    });
  }
  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  /** `packedArgs`: as received; `frame`: the sender that the handler sees. */
  async hostInvoke(sender: HostWebContents, frame: Frame, channel: string, packedArgs: string): Promise<InvokeAnswer> {
    try {
      const handler = this.#handlers.get(channel);
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
      // The stand-ins have what a handler may read; other members of Electron's classes throw `not simulated`.
      const event = makeIpcEvent(sender, frame) as unknown as IpcMainInvokeEvent;
      const value: unknown = await handler(event, ...readArgs(packedArgs));
      return { ok: true, value: pack(value) };
    } catch (error) {
      return { ok: false, message: `Error invoking remote method '${channel}': ${String(error)}` };
    }
  }
  hostSend(sender: HostWebContents, frame: Frame, channel: string, packedArgs: string): void {
    const reply = (to: string, ...args: unknown[]) => sender.send(to, ...args);
    this.emit(channel, Object.assign(makeIpcEvent(sender, frame), { reply, ports: [] }), ...readArgs(packedArgs));
  }
}

function makeIpcEvent(sender: HostWebContents, senderFrame: Frame) {
  return Object.assign(makeEvent(), { type: 'frame', sender, senderFrame, frameId: 1, processId: 1 });
}

function readArgs(packed: string): unknown[] {
  const args = unpack(packed);
  return Array.isArray(args) ? args : [];
}

export const ipcMain = guarded('ipcMain', new HostIpcMain());
