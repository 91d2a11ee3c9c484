import type { PageConfig } from '../messages.ts';
import { makeContextBridge } from './context-bridge.ts';
import { IpcRenderer } from './ipc-renderer.ts';
import { guardLinks } from './links.ts';
import { makeCover } from './cover.ts';
import { openLink } from './link.ts';
import { applyTheme } from './theme.ts';
import { setPageVisible } from './visibility.ts';

type Preload = (require: (name: string) => unknown, module: object, exports: object, process: object) => void;

/** Runs before any script of the page: sets up what a preload script finds in Electron, and runs it. */
export function start(config: PageConfig, preload: Preload): void {
  showOwnAddress(config);
  const link = openLink(`/__host/socket?window=${config.windowId}`);
  const ipcRenderer = new IpcRenderer(link);
  const cover = makeCover(config.appName, () => link.tell({ kind: 'show' }));
  link.hear((message) => {
    if (message.kind === 'window') {
      cover.setHidden(!message.visible);
      setPageVisible(message.pageVisible);
      applyTheme(message.theme);
    } else if (message.kind === 'gone') cover.setGone(message.reason);
    else ipcRenderer.receive(message);
  });
  guardLinks(link, config.appUrl);
  reportTitle(link);
  reportErrors(link);

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
    // Electron, too, goes on without it.
    console.error('Unable to load preload script', error);
  }
}

/** A sandboxed preload can load nothing but Electron's own API and a few parts of Node that nobody needs here. */
function requireInPreload(name: string, electron: object): unknown {
  if (['electron', 'electron/renderer', 'electron/common'].includes(name)) return electron;
  throw new Error(`module not found: ${name}`);
}

/** The token leaves the address bar, and the path becomes the one that the app's own page has. */
function showOwnAddress({ appUrl, windowId }: PageConfig): void {
  if (location.pathname !== '/') return;
  const { pathname, search, hash } = new URL(appUrl);
  history.replaceState(null, '', windowId === 1 ? pathname + search + hash : `/?window=${windowId}`);
}

/** In the words in which Chromium writes to the console what nobody caught. */
function reportErrors(link: ReturnType<typeof openLink>): void {
  addEventListener('error', ({ message, filename, lineno }) => {
    link.tell({ kind: 'error', text: message, source: filename, line: lineno });
  });
  addEventListener('unhandledrejection', ({ reason }) => {
    link.tell({ kind: 'error', text: `Uncaught (in promise) ${String(reason)}`, source: location.href, line: 0 });
  });
}

function reportTitle(link: ReturnType<typeof openLink>): void {
  addEventListener('DOMContentLoaded', () => {
    const report = () => link.tell({ kind: 'title', title: document.title });
    if (document.title !== '') report();
    new MutationObserver(report).observe(document.head, { childList: true, subtree: true, characterData: true });
  });
  addEventListener('load', () => link.tell({ kind: 'loaded' }));
}
