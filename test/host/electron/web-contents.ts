import { EventEmitter } from 'node:events';
import type { WebContents, WebFrameMain } from 'electron/main';
import { makeEvent } from '../event.ts';
import { guarded, guardedClass } from '../guard.ts';
import type { ToPage } from '../messages.ts';
import { pack } from '../wire.ts';
import type { HostSession } from './session.ts';

export type Frame = Pick<
  WebFrameMain,
  'url' | 'origin' | 'processId' | 'routingId' | 'frameTreeNodeId' | 'isDestroyed'
> & {
  parent: null;
  top: unknown;
};

type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];
type OpenDetails = Parameters<OpenHandler>[0];

/** Sends messages to one page of a window. */
export type PageChannel = (message: ToPage) => void;

type Simulated = Pick<
  WebContents,
  | 'id'
  | 'send'
  | 'isDestroyed'
  | 'isCrashed'
  | 'getURL'
  | 'getTitle'
  | 'setWindowOpenHandler'
  | 'isLoading'
  | 'focus'
  | 'reload'
  | 'openDevTools'
>;

/** A frame with this URL; tests use one without a window as a foreign sender. */
export function makeFrame(url: () => string): Frame {
  const frame: Frame = guarded('WebFrameMain', {
    get url() {
      return url();
    },
    get origin() {
      return originOf(url());
    },
    parent: null,
    get top() {
      return frame;
    },
    processId: 1,
    routingId: 1,
    frameTreeNodeId: 1,
    isDestroyed: () => false,
  });
  return frame;
}

/** Node has the origin "null" for custom schemes; Electron's standard schemes have a real one. */
function originOf(address: string): string {
  const { protocol, host } = new URL(address === '' ? 'about:blank' : address);
  return host === '' ? 'null' : `${protocol}//${host}`;
}

let lastId = 0;

class HostWebContents extends EventEmitter implements Simulated {
  readonly id = ++lastId;
  readonly mainFrame: Frame = makeFrame(() => this.#url);
  readonly session: HostSession;
  readonly #pages = new Set<PageChannel>();
  #url = '';
  #title = '';
  #destroyed = false;
  #loading = false;
  #openHandler: OpenHandler | null = null;

  constructor(session: HostSession) {
    super();
    this.session = session;
  }

  /**
   * Throws `An object could not be cloned.`. Electron only writes that to the console and sends nothing
   * (lib/browser/api/web-frame-main.ts): the window would stop updating without an error, which a test must notice.
   * Pages that are not open yet miss messages.
   */
  send(channel: string, ...args: unknown[]): void {
    const message: ToPage = { kind: 'push', channel, args: pack(args) };
    for (const page of this.#pages) page(message);
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  isCrashed(): boolean {
    return false;
  }
  isLoading(): boolean {
    return this.#loading;
  }
  getURL(): string {
    return this.#url;
  }
  getTitle(): string {
    return this.#title;
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }
  focus(): void {}
  reload(): void {}
  openDevTools(): void {}

  /**
   * Requests the page from the scheme's handler, as a real window does; rejects with Electron's message.
   * `did-finish-load` is emitted when a browser has loaded it, so that messages find a listener.
   */
  async hostLoad(url: string): Promise<void> {
    this.#url = url;
    this.#loading = true;
    this.emit('did-start-loading');
    const response = await this.session.protocol.hostAnswer(new Request(url)).catch(() => null);
    this.#loading = false;
    if (this.#destroyed) return;
    if (response?.ok !== true) {
      this.emit('did-fail-load', makeEvent(), -300, 'ERR_INVALID_URL', url, true);
      throw new Error(`ERR_INVALID_URL (-300) loading '${url}'`);
    }
    this.emit('did-stop-loading');
  }
  /** Runs again for each browser page that opens or reloads, like a reload in Electron. */
  hostPageLoaded(): void {
    this.emit('dom-ready', makeEvent());
    this.emit('did-finish-load');
  }
  hostAttach(page: PageChannel): () => void {
    this.#pages.add(page);
    return () => this.#pages.delete(page);
  }
  hostPost(message: ToPage): void {
    for (const page of this.#pages) page(message);
  }
  hostPages(): number {
    return this.#pages.size;
  }
  hostSetTitle(title: string): boolean {
    this.#title = title;
    const event = makeEvent();
    this.emit('page-title-updated', event, title, true);
    return !event.defaultPrevented;
  }
  /** A page requests a new window: the program's handler decides. */
  hostOpen(url: string, disposition: OpenDetails['disposition']): 'allow' | 'deny' {
    const details = {
      url,
      disposition,
      frameName: '',
      features: '',
      referrer: { url: this.#url, policy: 'default' as const },
    };
    return this.#openHandler?.(details).action ?? 'allow';
  }
  /** Reports a console error of a page. Electron passes it on with the fields on the event. */
  hostConsoleError(message: string, sourceId: string, lineNumber: number): void {
    const details = { message, level: 'error' as const, lineNumber, sourceId, frame: this.mainFrame };
    this.emit('console-message', Object.assign(makeEvent(), details));
  }
  /** A page wants to navigate: false when the program prevented it. */
  hostNavigate(url: string): boolean {
    const event = Object.assign(makeEvent(), { url, isMainFrame: true, frame: this.mainFrame });
    this.emit('will-navigate', event, url);
    return !event.defaultPrevented;
  }
  hostDestroy(): void {
    this.#destroyed = true;
    this.#pages.clear();
    this.emit('destroyed');
  }
}

guardedClass('webContents', HostWebContents);
export type { HostWebContents };
export function makeWebContents(session: HostSession): HostWebContents {
  return new HostWebContents(session);
}
