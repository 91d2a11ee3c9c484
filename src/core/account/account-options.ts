import type { Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log-port.ts';
import type { ProxyFor } from '../pbx/proxies.ts';
import type { Transport } from '../pbx/transport.ts';
import type { AccountStore } from './account-store.ts';
import type { PbxAccess } from './pbx-access.ts';
import type { DemoAccess } from './demo-access.ts';

export interface AccountOptions {
  clock: Clock;
  store: AccountStore;
  log: Log;
  openDemo: () => Promise<Result<DemoAccess>>;
  /** This computer's proxy for an address. */
  proxyFor: ProxyFor;
  transport: Pick<Transport, 'openHttp'>;
  /** More certificate authorities (PEM) than this computer's own, or undefined. */
  authorities: () => string | undefined;
  /** The state as the window shows it changed. */
  onChange: (slice: 'account' | 'trust') => void;
  /** A request leaves that did not wait for its turn: a refresh, one sent again with a new token. */
  onUnpaced: () => void;
  /** Passwords may be kept where the tokens are, for push. */
  mayStorePassword: () => boolean;
  /** Signed in: the PBX may be used. */
  onSignedIn: (access: PbxAccess) => void;
  /** The access given last may no longer be used: signed out, ended by the PBX, or left for another account. */
  onSignedOut: () => void;
  /** An account was taken off this computer. */
  onRemoved: (key: string) => void;
}
