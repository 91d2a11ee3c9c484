import { isIPv6 } from 'node:net';

/** Where push may be. */
export interface Endpoint {
  host: string;
  port: number;
  path: '/wsi' | '/';
}

export function urlOf({ host, port, path }: Endpoint): string {
  return `wss://${isIPv6(host) ? `[${host}]` : host}:${port}${path}`;
}
