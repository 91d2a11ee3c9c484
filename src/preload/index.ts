import { contextBridge, ipcRenderer } from 'electron';
import { appError } from '../shared/errors.ts';
import type { Bridge } from '../shared/ipc.ts';
import { err } from '../shared/result.ts';

/**
 * The only connection between the window and main. It passes named commands and pushes and exposes nothing of Electron.
 * Main has a handler for each command of the contract and checks the payload.
 */
const bridge: Bridge = {
  // `invoke` is rejected only for a name without a handler. The page gets our error instead of Electron's.
  invoke: (command, payload) =>
    ipcRenderer.invoke(`command:${command}`, payload).catch(() => err(appError('command-invalid'))),
  on(push, listener) {
    // The event is not passed on, because it would let the page send on any channel.
    const forward = (_event: unknown, value: Parameters<typeof listener>[0]): void => {
      listener(value);
    };
    ipcRenderer.on(`push:${push}`, forward);
    // The braces drop the result of `off`, which is the ipcRenderer. The bridge would copy its fields into the page.
    return () => {
      ipcRenderer.off(`push:${push}`, forward);
    };
  },
};

contextBridge.exposeInMainWorld('traydial', bridge);
