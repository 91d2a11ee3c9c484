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
  /** The state that the window shows has changed. */
  onChange: (slice: 'account' | 'trust') => void;
  /** Called for each request that does not wait for its turn, such as a refresh or one that is sent a second time. */
  onUnpaced: () => void;
  /** Whether the password, which push needs, may be stored with the tokens. */
  mayStorePassword: () => boolean;
  /** The user is signed in, so the PBX may be used. */
  onSignedIn: (access: PbxAccess) => void;
  /**
   * The last access must not be used any more: the user signed out or switched accounts, or the PBX ended the sign-in.
   */
  onSignedOut: () => void;
  /** An account was removed from this computer. */
  onRemoved: (key: string) => void;
}
