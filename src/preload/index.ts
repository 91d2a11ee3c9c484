import { contextBridge, ipcRenderer } from 'electron';
import { appError } from '../shared/errors.ts';
import type { Bridge } from '../shared/ipc.ts';
import { err } from '../shared/result.ts';

/**
 * The only connection between the window and main: named commands and pushes. Nothing of Electron crosses it. Main has
 * a handler for each command of the contract and checks what it gets; another name has no handler.
 */
const bridge: Bridge = {
  // It is rejected only for a name without a handler; the page gets no error of Electron's.
  invoke: (command, payload) =>
    ipcRenderer.invoke(`command:${command}`, payload).catch(() => err(appError('command-invalid'))),
  on(push, listener) {
    // The event is not passed on: it would let the page send on any channel.
    const forward = (_event: unknown, value: Parameters<typeof listener>[0]): void => {
      listener(value);
    };
    ipcRenderer.on(`push:${push}`, forward);
    // Returns nothing: `off` returns the ipcRenderer, and the bridge would copy its fields into the page.
    return () => {
      ipcRenderer.off(`push:${push}`, forward);
    };
  },
};

contextBridge.exposeInMainWorld('traydial', bridge);
