import { PbxHttp, type HttpPort, type PbxHttpOptions } from './http.ts';
import { PushClient, type PushClientOptions } from './push/push-client.ts';

export type PushPort = Pick<PushClient, 'start' | 'stop' | 'wake' | 'watch'>;

/** Makes the connections to a PBX. Tests and simulations replace `NETWORK` by their own. */
export interface Transport {
  openHttp(options: PbxHttpOptions): HttpPort;
  openPush(options: PushClientOptions): PushPort;
}

/** HTTPS and WebSockets. */
export const NETWORK: Transport = {
  openHttp: (options) => new PbxHttp(options),
  openPush: (options) => new PushClient(options),
};
