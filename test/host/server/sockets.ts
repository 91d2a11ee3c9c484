import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { HostBrowserWindow } from '../electron/browser-window.ts';
import { ipcMain } from '../electron/ipc-main.ts';
import { readMessage, type FromPage, type ToPage } from '../messages.ts';
import { windowFor } from './app-pages.ts';
import { addressOf, admitSocket, type HostAccess } from './auth.ts';

const server = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 * 1024 });

/** Attaches a page to its window; several pages may show the same one. */
export function acceptSocket(request: IncomingMessage, socket: Duplex, head: Buffer, access: HostAccess): void {
  const admission = admitSocket(request, access);
  if (!admission.ok) {
    reject(socket, admission.status);
    return;
  }
  const url = addressOf(request);
  const window = url?.pathname === '/__host/socket' ? windowFor(Number(url.searchParams.get('window'))) : undefined;
  if (window === undefined) reject(socket, 404);
  else server.handleUpgrade(request, socket, head, (page) => attach(page, window));
}

/** Shows in every page that the app has ended, and closes the connections. */
export async function closeSockets(reason: string): Promise<void> {
  const closed = [...server.clients].map(async (page) => {
    page.send(JSON.stringify({ kind: 'gone', reason } satisfies ToPage));
    page.close();
    await once(page, 'close');
  });
  await Promise.all(closed);
}

function reject(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function attach(page: WebSocket, window: HostBrowserWindow): void {
  const post = (message: ToPage) => {
    if (page.readyState === page.OPEN) page.send(JSON.stringify(message));
  };
  page.on('close', window.webContents.hostAttach(post));
  page.on('error', () => page.terminate());
  page.on('message', (data: Buffer) => {
    const message = readMessage(data.toString());
    // 1007: a message that does not mean anything (RFC 6455, section 7.4.1).
    if (message === null) page.close(1007);
    else if (!window.isDestroyed()) receive(message, window, post);
  });
  window.hostUpdatePages();
}

function receive(message: FromPage, window: HostBrowserWindow, post: (message: ToPage) => void): void {
  const { webContents } = window;
  if (message.kind === 'invoke') {
    const { id, channel, args } = message;
    void ipcMain.hostInvoke(webContents, webContents.mainFrame, channel, args).then((answer) => {
      post(answer.ok ? { kind: 'answer', id, value: answer.value } : { kind: 'failure', id, message: answer.message });
    });
  } else if (message.kind === 'send')
    ipcMain.hostSend(webContents, webContents.mainFrame, message.channel, message.args);
  else if (message.kind === 'loaded') webContents.hostPageLoaded();
  else if (message.kind === 'title') {
    if (webContents.hostSetTitle(message.title)) window.setTitle(message.title);
  } else if (message.kind === 'open') webContents.hostOpen(message.url, message.disposition);
  else if (message.kind === 'navigate') webContents.hostNavigate(message.url);
  else if (message.kind === 'error') webContents.hostConsoleError(message.text, message.source, message.line);
  else if (message.kind === 'close') window.close();
  else window.show();
}
