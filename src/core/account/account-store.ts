import type { Result } from '../../shared/result.ts';
import type { TrustedCertificate } from '../../shared/state.ts';
import type { SignInFlow, Tokens } from '../pbx/tokens.ts';
import type { PushMemory } from './push-access.ts';

/** What is remembered of an account beside its secrets. `keyOf` tells accounts apart. */
export interface SavedAccount {
  /** host or host:port as typed. */
  address: string;
  domain: string;
  username: string;
  displayName: string;
  extension: string;
  /** Other numbers that are the user's (outbound caller ids, phones). */
  otherNumbers: string[];
  /** The API that this server was last signed in to by; null before the first time. */
  flow: SignInFlow | null;
  /** What the server said to the ways of signing in for push. */
  push: PushMemory;
  /** False when the user asked to be forgotten at quit. */
  remember: boolean;
}

/**
 * Where accounts, and the certificates trusted for their servers, are kept. Secrets go through the platform's key
 * store, the rest is a plain file. No call throws.
 */
export interface AccountStore {
  /** The account used last comes first. */
  readonly accounts: readonly SavedAccount[];
  /** Replaces the list; the tokens of an account that is no longer in it go with it. */
  saveAccounts(accounts: readonly SavedAccount[]): void;
  readonly certificates: readonly TrustedCertificate[];
  saveCertificates(certificates: readonly TrustedCertificate[]): void;
  /** Whether the program was last signed in to the demo PBX. The demo is never saved as an account. */
  demo: boolean;
  /** Whether there are tokens of an account, readable or not. */
  hasTokens(key: string): boolean;
  /**
   * The tokens that were there at the moment of the call. null when there are none; `secrets-unreadable` when there
   * are some that cannot be decrypted.
   */
  loadTokens(key: string): Promise<Result<Tokens | null>>;
  /** Does nothing for an account that is not in the list. */
  saveTokens(key: string, tokens: Tokens | null): Promise<void>;
}
