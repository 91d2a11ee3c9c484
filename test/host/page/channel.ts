import type { FromPage, ToPage } from '../messages.ts';

/** The page's connection to the host. */
export interface Channel {
  /** Messages are queued until the connection is open. */
  send(message: FromPage): void;
  listen(listener: (message: ToPage) => void): void;
}

export function openChannel(path: string): Channel {
  const listeners: ((message: ToPage) => void)[] = [];
  const waiting: FromPage[] = [];
  const socket = new WebSocket(new URL(path, location.href.replace(/^http/, 'ws')));
  socket.addEventListener('open', () => {
    for (const message of waiting.splice(0)) socket.send(JSON.stringify(message));
  });
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as ToPage;
    for (const listener of listeners) listener(message);
  });
  socket.addEventListener('close', () => {
    for (const listener of listeners) listener({ kind: 'gone', reason: 'The app is not running any more.' });
  });
  return {
    send: (message) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
      else if (socket.readyState === WebSocket.CONNECTING) waiting.push(message);
    },
    listen: (listener) => void listeners.push(listener),
  };
}
