import type { DemoEvent } from '../../shared/account.ts';

/** The built-in demo PBX, as far as the product knows it: an address, an account, and a way to make a call happen. */
export interface DemoAccess {
  address: string;
  domain: string;
  username: string;
  password: string;
  /** SHA-256 fingerprint of its certificate. */
  fingerprint: string;
  make(event: DemoEvent): void;
  close(): Promise<void>;
}
