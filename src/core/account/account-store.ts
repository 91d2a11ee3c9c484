import type { Result } from '../../shared/result.ts';
import type { TrustedCertificate } from '../../shared/state.ts';
import type { CountryHints } from '../numbers/own-country.ts';
import type { PbxTenant, PbxUser } from '../pbx/types.ts';
import type { SignInFlow, Tokens } from '../pbx/tokens.ts';
import type { PushMemory } from './push-access.ts';

/** What is remembered of an account beside its secrets. `keyOf` identifies an account. */
export interface SavedAccount {
  /** host or host:port as typed. */
  address: string;
  domain: string;
  username: string;
  displayName: string;
  extension: string;
  /** Other numbers that are the user's (outbound caller ids, phones). */
  otherNumbers: string[];
  /** In which country the PBX says they are. */
  country: CountryHints;
  /** The tenant's rule for names: how many last digits of two numbers must be equal; null for all digits. */
  matchLength: number | null;
  /** The API that this server was last signed in to by; null before the first time. */
  flow: SignInFlow | null;
  /** What the server said to the ways of signing in for push. */
  push: PushMemory;
  /** False when the user asked to be forgotten at quit. */
  remember: boolean;
}

/** With what the PBX says of the user. */
export function withUser(account: SavedAccount, user: PbxUser): SavedAccount {
  const { displayName, extension, otherNumbers, lineCountry, zoneCountry } = user;
  const country = {
    ...account.country,
    line: lineCountry,
    zone: zoneCountry === '' ? account.country.zone : zoneCountry,
  };
  return { ...account, displayName, extension, otherNumbers, country };
}

/** With what the PBX says of the tenant. The user's own time zone comes before the tenant's. */
export function withTenant(account: SavedAccount, tenant: PbxTenant): SavedAccount {
  const { country } = account;
  const zone = country.zone === '' ? tenant.zoneCountry : country.zone;
  return { ...account, country: { ...country, tenant: tenant.country, zone }, matchLength: tenant.matchLength };
}

/** What is kept of an account by the key store. Secret. */
export interface Secrets {
  tokens: Tokens;
  /** For push, which accepts nothing else; null unless the user chose to keep it. */
  password: string | null;
}

/**
 * Where accounts, and the certificates trusted for their servers, are kept. Secrets go through the platform's key
 * store, the rest is a plain file. No call throws.
 */
export interface AccountStore {
  /** The account used last comes first. */
  readonly accounts: readonly SavedAccount[];
  /** Replaces the list; the secrets of an account that is no longer in it go with it. */
  saveAccounts(accounts: readonly SavedAccount[]): void;
  readonly certificates: readonly TrustedCertificate[];
  saveCertificates(certificates: readonly TrustedCertificate[]): void;
  /** Whether the program was last signed in to the demo PBX. The demo is never saved as an account. */
  demo: boolean;
  /** Whether there are secrets of an account, readable or not. */
  hasSecrets(key: string): boolean;
  /**
   * The secrets that were there at the moment of the call. null when there are none; `secrets-unreadable` when there
   * are some that cannot be decrypted.
   */
  loadSecrets(key: string): Promise<Result<Secrets | null>>;
  /** Does nothing for an account that is not in the list. */
  saveSecrets(key: string, secrets: Secrets | null): Promise<void>;
}
