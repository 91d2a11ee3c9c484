import { z } from 'zod';
import { keyOf, serverOf } from '../../core/account/account-key.ts';
import type { SavedAccount } from '../../core/account/account-store.ts';
import { NOTHING_TRIED } from '../../core/account/push-access.ts';
import { SIGN_IN_FLOWS } from '../../core/pbx/tokens.ts';
import type { TrustedCertificate } from '../../shared/state.ts';

/**
 * What account.json holds. `account` and `tokens` are those of the account used last, in the shape of version 0.1,
 * which knew one account and kept the fingerprint with it: a program of that version goes on with that account and
 * leaves the rest alone. `tokens`: Base64 of what the key store made of them, never a secret in the clear.
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
const pushMemorySchema = z.object({ accepted: pushKind.nullable(), refused: z.array(pushKind) });

const accountSchema: z.ZodType<SavedAccount> = z.object({
  address: z.string(),
  domain: z.string(),
  username: z.string(),
  displayName: z.string(),
  extension: z.string(),
  otherNumbers: z.array(z.string()),
  flow: z.enum(SIGN_IN_FLOWS).nullable(),
  // Files of the first version do not have it.
  push: pushMemorySchema.default(NOTHING_TRIED),
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

/** Reads a file of this or an earlier version; what cannot be read of it is left out. */
export function readAccountFile(file: Partial<AccountFileShape>): AccountFileContent {
  const entries = [{ account: file.account, tokens: file.tokens }, ...listOf(file.others)];
  const accounts = new Map<string, SealedAccount>();
  for (const entry of entries) {
    const read = readEntry(entry);
    // An earlier program may have signed in to one of the others: what it wrote is newer.
    if (read !== null && !accounts.has(keyOf(read.account))) accounts.set(keyOf(read.account), read);
  }
  const certificates = listOf(file.certificates).flatMap((entry) => certificateSchema.safeParse(entry).data ?? []);
  return { accounts: [...accounts.values()], certificates: withFingerprint(certificates, file.account) };
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

/** This program writes the same fingerprint in both places: where they differ, an earlier one has written later. */
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

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
