import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** A name server that does not answer must not delay noticing a new network. */
const LOOKUP_MS = 1_000;

/**
 * Returns a function that reports from which address of this computer a connection to a host would go; null when that
 * is not known. The host's name is looked up once.
 */
export function localAddressFinder(): (host: string) => Promise<string | null> {
  let known: { host: string; address: string; family: number } | null = null;
  return async (host) => {
    try {
      if (known?.host !== host) {
        const found = await Promise.race([lookup(host), delay(LOOKUP_MS, null, { ref: false })]);
        known = found === null ? null : { host, ...found };
      }
      return known === null ? null : await sourceOf(known.address, known.family);
    } catch {
      return null;
    }
  };
}

/** Asks the system which local address it would use: connecting a UDP socket selects a route and sends nothing. */
function sourceOf(address: string, family: number): Promise<string> {
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  return new Promise<string>((resolve, reject) => {
    socket.once('error', reject);
    socket.connect(9, address, () => resolve(socket.address().address));
  }).finally(() => socket.close());
}
