import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveApp } from './app-pages.ts';
import { addressOf, admit, HostAccess } from './auth.ts';
import { serveControl } from './control.ts';
import { acceptSocket } from './sockets.ts';

/** Listens on loopback only; `port` 0 takes any. Rejects with Node's own error, e.g. EADDRINUSE. */
export async function openServer(port: number, token: string): Promise<{ server: Server; access: HostAccess }> {
  const access = new HostAccess(port, token);
  const server = createServer((request, response) => {
    answer(request, response, access).catch((error: unknown) => {
      console.error(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.on('upgrade', (request, socket, head: Buffer) => {
    // The client may have closed the connection before the answer.
    socket.on('error', () => socket.destroy());
    acceptSocket(request, socket, head, access);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  // A TCP server's address is always of this kind.
  access.port = (server.address() as AddressInfo).port;
  return { server, access };
}

async function answer(request: IncomingMessage, response: ServerResponse, access: HostAccess): Promise<void> {
  const admission = admit(request, access);
  if (!admission.ok) {
    response.writeHead(admission.status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${admission.reason}\n`);
    return;
  }
  if (admission.by === 'ticket') response.setHeader('set-cookie', access.cookieHeader);
  const url = addressOf(request);
  if (url === null) response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' }).end('That is no path.\n');
  else if (url.pathname.startsWith('/__host/')) await serveControl(request, response, url);
  else if (request.method === 'GET' || request.method === 'HEAD') await serveApp(request, response, url);
  else response.writeHead(405, { allow: 'GET, HEAD' }).end();
}
