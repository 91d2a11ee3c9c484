import type { PageConfig } from '../messages.ts';
import { makeContextBridge } from './context-bridge.ts';
import { IpcRenderer } from './ipc-renderer.ts';
import { guardAnchors } from './anchors.ts';
import { makeCover } from './cover.ts';
import { openChannel } from './channel.ts';
import { applyTheme } from './theme.ts';
import { setPageVisible } from './visibility.ts';

type Preload = (require: (name: string) => unknown, module: object, exports: object, process: object) => void;

/** Runs before any script of the page: sets up what a preload script finds in Electron, and runs it. */
export function start(config: PageConfig, preload: Preload): void {
  showOwnAddress(config);
  const channel = openChannel(`/__host/socket?window=${config.windowId}`);
  const ipcRenderer = new IpcRenderer(channel);
  const cover = makeCover(config.appName, () => channel.send({ kind: 'show' }));
  channel.listen((message) => {
    if (message.kind === 'window') {
      cover.setHidden(!message.visible);
      setPageVisible(message.pageVisible);
      applyTheme(message.theme);
    } else if (message.kind === 'gone') cover.setGone(message.reason);
    else ipcRenderer.receive(message);
  });
  guardAnchors(channel, config.appUrl);
  reportTitle(channel);
  reportErrors(channel);

  const electron = { ipcRenderer, contextBridge: makeContextBridge() };
  const module = { exports: {} };
  const process = {
    platform: config.platform,
    versions: config.versions,
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
    env: {},
    argv: [],
  };
  try {
    preload((name) => requireInPreload(name, electron), module, module.exports, process);
  } catch (error) {
    // Electron also continues without it.
    console.error('Unable to load preload script', error);
  }
}

/** A sandboxed preload can only load Electron's API and a few Node modules, which are not needed here. */
function requireInPreload(name: string, electron: object): unknown {
  if (['electron', 'electron/renderer', 'electron/common'].includes(name)) return electron;
  throw new Error(`module not found: ${name}`);
}

/** Removes the token from the address bar and sets the path of the app's own page. */
function showOwnAddress({ appUrl, windowId }: PageConfig): void {
  if (location.pathname !== '/') return;
  const { pathname, search, hash } = new URL(appUrl);
  history.replaceState(null, '', windowId === 1 ? pathname + search + hash : `/?window=${windowId}`);
}

/** Formats uncaught errors like Chromium's console. */
function reportErrors(channel: ReturnType<typeof openChannel>): void {
  addEventListener('error', ({ message, filename, lineno }) => {
    channel.send({ kind: 'error', text: message, source: filename, line: lineno });
  });
  addEventListener('unhandledrejection', ({ reason }) => {
    channel.send({ kind: 'error', text: `Uncaught (in promise) ${String(reason)}`, source: location.href, line: 0 });
  });
}

function reportTitle(channel: ReturnType<typeof openChannel>): void {
  addEventListener('DOMContentLoaded', () => {
    const report = () => channel.send({ kind: 'title', title: document.title });
    if (document.title !== '') report();
    new MutationObserver(report).observe(document.head, { childList: true, subtree: true, characterData: true });
  });
  addEventListener('load', () => channel.send({ kind: 'loaded' }));
}
