import { once } from 'node:events';
import { createServer } from 'node:tls';
import type { Socket } from 'node:net';
import { makeCertificate } from '../../core/pbx/support/certificate.ts';

/** Answers in the PBX's place with another certificate, and counts the bytes that it receives after the handshake. */
export async function captivePortal(
  port: number,
  onReceived: (bytes: number) => void,
): Promise<{ close(): Promise<void> }> {
  const { key, cert } = await makeCertificate('portal');
  /** All connections, including those in a handshake. */
  const sockets = new Set<Socket>();
  const server = createServer({ key, cert }, (socket) => {
    socket.on('data', (data: Buffer) => onReceived(data.length));
    socket.on('error', () => undefined);
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
