import type { DemoEvent } from '../../shared/account.ts';

/** The running demo PBX: where it listens, the account to sign in with, and how to simulate calls. */
export interface DemoAccess {
  /** Where the demo PBX listens, host:port. */
  address: string;
  /** The account's domain, which the sign-in sends. Connections go to `address`. */
  domain: string;
  username: string;
  password: string;
  /** SHA-256 of the demo PBX's certificate, AA:BB:… */
  fingerprint: string;
  /** Starts a call of this kind now. */
  simulateCall(event: DemoEvent): void;
  close(): Promise<void>;
}
