import type { Result } from '../../shared/result.ts';
import type { TrustedCertificate } from '../../shared/state.ts';
import type { CountryHints } from '../numbers/own-country.ts';
import type { PbxTenant, PbxUser } from '../pbx/types.ts';
import type { SignInFlow, Tokens } from '../pbx/tokens.ts';
import type { PushMemory } from './push-access.ts';

/** An account as it is saved, without its secrets. `keyOf` identifies an account. */
export interface SavedAccount {
  /** host or host:port as typed. */
  address: string;
  domain: string;
  username: string;
  displayName: string;
  extension: string;
  /** The user's other numbers (outbound caller IDs, phones). */
  otherNumbers: string[];
  /** What the PBX knows of the user's country. */
  country: CountryHints;
  /** The tenant's rule for names: how many last digits of two numbers must be equal; null for all digits. */
  matchLength: number | null;
  /** The API of the latest sign-in at this server; null before the first one. */
  flow: SignInFlow | null;
  /** How the server answered the credentials for push. */
  push: PushMemory;
  /** False when the account must be forgotten when the program quits. */
  remember: boolean;
}

/** Adds what the PBX says about the user. */
export function withUser(account: SavedAccount, user: PbxUser): SavedAccount {
  const { displayName, extension, otherNumbers, lineCountry, zoneCountry } = user;
  const country = {
    ...account.country,
    line: lineCountry,
    zone: zoneCountry === '' ? account.country.zone : zoneCountry,
  };
  return { ...account, displayName, extension, otherNumbers, country };
}

/** Adds what the PBX says about the tenant. The user's own time zone takes precedence over the tenant's. */
export function withTenant(account: SavedAccount, tenant: PbxTenant): SavedAccount {
  const { country } = account;
  const zone = country.zone === '' ? tenant.zoneCountry : country.zone;
  return { ...account, country: { ...country, tenant: tenant.country, zone }, matchLength: tenant.matchLength };
}

/** What the key store holds for an account. Secret. */
export interface Secrets {
  tokens: Tokens;
  /** The user's password, which push needs; null unless the user chose to keep it. */
  password: string | null;
}

/**
 * Stores accounts and the certificates trusted for their servers. Secrets are encrypted by the platform's key store,
 * the rest is a plain file. No call throws.
 */
export interface AccountStore {
  /** Most recently used first. */
  readonly accounts: readonly SavedAccount[];
  /** Replaces the list, and deletes the secrets of accounts that are no longer in it. */
  saveAccounts(accounts: readonly SavedAccount[]): void;
  readonly certificates: readonly TrustedCertificate[];
  saveCertificates(certificates: readonly TrustedCertificate[]): void;
  /** Whether the program was last signed in to the demo PBX. The demo is never saved as an account. */
  demo: boolean;
  /** Whether secrets of the account are stored, readable or not. */
  hasSecrets(key: string): boolean;
  /**
   * The secrets stored when this is called; null if there are none. Errors: `secrets-unreadable`, if they cannot be
   * decrypted; `secrets-locked` and `secrets-waiting`, if they may be later.
   */
  loadSecrets(key: string): Promise<Result<Secrets | null>>;
  /** Does nothing for an account that is not in the list. */
  saveSecrets(key: string, secrets: Secrets | null): Promise<void>;
}
