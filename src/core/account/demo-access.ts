import type { DemoEvent } from '../../shared/account.ts';

/** The built-in demo PBX: its address, an account there, and a way to make things happen in it. */
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
