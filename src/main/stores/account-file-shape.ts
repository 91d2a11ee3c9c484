import { z } from 'zod';
import { keyOf, serverOf } from '../../core/account/account-key.ts';
import type { SavedAccount } from '../../core/account/account-store.ts';
import { NOTHING_TRIED } from '../../core/account/push-access.ts';
import { NO_COUNTRY_HINTS } from '../../core/numbers/own-country.ts';
import { SIGN_IN_FLOWS } from '../../core/pbx/tokens.ts';
import type { TrustedCertificate } from '../../shared/state.ts';

/**
 * The contents of account.json. `account` and `tokens` belong to the account that was used last, in the format of
 * version 0.1, which had one account and kept the fingerprint with it. That version can still use this account and
 * ignores the rest. `tokens`: Base64 of the sealed tokens, never a plain secret.
 */
export type AccountFileShape = Record<'account' | 'tokens' | 'others' | 'certificates' | 'demo', unknown>;

/** An account and its tokens as they are sealed; null when there are none. */
export interface SealedAccount {
  account: SavedAccount;
  sealed: string | null;
}

export interface AccountFileContent {
  accounts: SealedAccount[];
  certificates: TrustedCertificate[];
}

const pushKind = z.enum(['token', 'password']);

const accountSchema: z.ZodType<SavedAccount> = z.object({
  address: z.string(),
  domain: z.string(),
  username: z.string(),
  displayName: z.string(),
  extension: z.string(),
  otherNumbers: z.array(z.string()),
  // Files of earlier versions do not have it.
  country: z
    .object({ line: z.string(), tenant: z.string(), zone: z.string() })
    .catch(NO_COUNTRY_HINTS)
    .default(NO_COUNTRY_HINTS),
  matchLength: z.int().min(1).nullable().catch(null).default(null),
  flow: z.enum(SIGN_IN_FLOWS).nullable(),
  // Files of version 0.1 do not have it.
  push: z
    .object({ accepted: pushKind.nullable(), refused: z.array(pushKind) })
    .catch(NOTHING_TRIED)
    .default(NOTHING_TRIED),
  remember: z.boolean(),
});

const fingerprintSchema = z.object({ fingerprint: z.string().nullable() });

const summarySchema = z.object({
  subject: z.string(),
  issuer: z.string(),
  validFrom: z.number(),
  validTo: z.number(),
  sha256: z.string(),
});

const certificateSchema: z.ZodType<TrustedCertificate> = z.object({
  server: z.string(),
  sha256: z.string(),
  certificate: summarySchema.nullable().catch(null),
  trustedAt: z.number().nullable().catch(null),
});

/** More than any user has; limits the cost of a damaged or malicious file. */
export const MAX_ACCOUNTS = 100;
const MAX_CERTIFICATES = 500;

/**
 * Reads a file of this or an earlier version. `leftOut`: the number of accounts and certificates that are invalid or
 * exceed the limit.
 */
export function readAccountFile(file: Partial<AccountFileShape>): { content: AccountFileContent; leftOut: number } {
  const first = file.account === undefined ? [] : [{ account: file.account, tokens: file.tokens }];
  const accounts = readEach([...first, ...listOf(file.others)], MAX_ACCOUNTS, readEntry);
  const byKey = new Map<string, SealedAccount>();
  for (const entry of accounts.values) {
    // An earlier version may have signed in to another account since; its entry is newer.
    if (!byKey.has(keyOf(entry.account))) byKey.set(keyOf(entry.account), entry);
  }
  const certificates = readEach(
    listOf(file.certificates),
    MAX_CERTIFICATES,
    (entry) => certificateSchema.safeParse(entry).data ?? null,
  );
  return {
    content: { accounts: [...byKey.values()], certificates: withFingerprint(certificates.values, file.account) },
    leftOut: accounts.leftOut + certificates.leftOut,
  };
}

function readEach<T>(list: unknown[], most: number, read: (entry: unknown) => T | null) {
  const values = list
    .slice(0, most)
    .map(read)
    .filter((value) => value !== null);
  return { values, leftOut: list.length - values.length };
}

export function writeAccountFile({ accounts, certificates }: AccountFileContent): Omit<AccountFileShape, 'demo'> {
  const [first, ...others] = accounts;
  const server = first === undefined ? null : serverOf(first.account.address);
  const fingerprint = certificates.find((trusted) => trusted.server === server)?.sha256 ?? null;
  return {
    account: first === undefined ? undefined : { ...first.account, fingerprint },
    tokens: first?.sealed ?? undefined,
    others: others.map(({ account, sealed }) => (sealed === null ? { account } : { account, tokens: sealed })),
    certificates,
  };
}

function readEntry(entry: unknown): SealedAccount | null {
  if (typeof entry !== 'object' || entry === null || !('account' in entry)) return null;
  const account = accountSchema.safeParse(entry.account).data;
  if (account === undefined) return null;
  const sealed = 'tokens' in entry && typeof entry.tokens === 'string' ? entry.tokens : null;
  return { account, sealed };
}

/** This version writes the same fingerprint in both places; a difference means that an earlier version wrote later. */
function withFingerprint(certificates: TrustedCertificate[], account: unknown): TrustedCertificate[] {
  const name = accountSchema.safeParse(account).data;
  const kept = fingerprintSchema.safeParse(account).data;
  const server = name === undefined ? null : serverOf(name.address);
  if (kept === undefined || server === null) return certificates;
  const { fingerprint } = kept;
  if (certificates.some((trusted) => trusted.server === server && trusted.sha256 === fingerprint)) return certificates;
  const others = certificates.filter((trusted) => trusted.server !== server);
  if (fingerprint === null) return others;
  return [...others, { server, sha256: fingerprint, certificate: null, trustedAt: null }];
}

/** A value that should be a list but is not counts as one invalid entry. */
function listOf(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
