import { contextBridge, ipcRenderer } from 'electron';
import { appError } from '../shared/errors.ts';
import { COMMANDS, PUSHES, type Bridge } from '../shared/ipc.ts';
import { err } from '../shared/result.ts';

/** The only door between the window and main: named commands and named pushes, nothing of Electron itself. */
const bridge: Bridge = {
  invoke(command, payload) {
    if (!COMMANDS.includes(command)) return Promise.resolve(err(appError('request-invalid')));
    return ipcRenderer.invoke(`command:${command}`, payload);
  },
  on(push, listener) {
    if (!PUSHES.includes(push)) return () => {};
    // The event is kept back: it would hand the page a way to send on any channel.
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
