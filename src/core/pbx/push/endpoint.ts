import { isIPv6 } from 'node:net';

/** An address at which a PBX may offer push: `/wsi` since 22.0, `/` on another port before. */
export interface Endpoint {
  host: string;
  port: number;
  path: '/wsi' | '/';
}

export function urlOf({ host, port, path }: Endpoint): string {
  return `wss://${isIPv6(host) ? `[${host}]` : host}:${port}${path}`;
}
