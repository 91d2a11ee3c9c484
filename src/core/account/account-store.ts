import type { Result } from '../../shared/result.ts';
import type { SignInFlow, Tokens } from '../pbx/tokens.ts';
import type { PushMemory } from './push-access.ts';

/** What is remembered of an account beside its secrets. */
export interface SavedAccount {
  /** host or host:port as typed. */
  address: string;
  domain: string;
  username: string;
  displayName: string;
  extension: string;
  /** Other numbers that are the user's (outbound caller ids, phones). */
  otherNumbers: string[];
  /** SHA-256 fingerprint of the certificate that the user trusts for this server; null takes the system's word. */
  fingerprint: string | null;
  /** The API that this server was last signed in to by; null before the first time. */
  flow: SignInFlow | null;
  /** What the server said to the ways of signing in for push. */
  push: PushMemory;
  /** False when the user asked to be forgotten at quit. */
  remember: boolean;
}

/** Where the account is kept. Secrets go through the platform's key store, the rest is a plain file. No call throws. */
export interface AccountStore {
  load(): SavedAccount | null;
  save(account: SavedAccount): void;
  /** Whether the program was last signed in to the demo PBX. The demo is never saved as the account. */
  demo: boolean;
  /** null when there are none; `secrets-unreadable` when there are some that cannot be decrypted. */
  loadTokens(): Promise<Result<Tokens | null>>;
  saveTokens(tokens: Tokens | null): Promise<void>;
}
