import type { SignInForm } from '../../shared/ipc.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import { createPbx } from '../pbx/client.ts';
import { PbxHttp } from '../pbx/http.ts';
import { probeServer } from '../pbx/probe.ts';
import { parseServerAddress } from '../pbx/server-address.ts';
import { signIn } from '../pbx/sign-in.ts';
import { TokenKeeper } from '../pbx/token-keeper.ts';
import type { Tokens } from '../pbx/tokens.ts';
import type { SavedAccount } from './account-store.ts';

/** A sign-in that the PBX accepted. */
export interface Entry {
  account: SavedAccount;
  http: PbxHttp;
  tokens: Tokens;
}

/**
 * Signs in with a form and finds out who the user is. The server is looked at before it is told the password: a wrong
 * address must not learn it. Errors leave nothing open.
 */
export async function enter(form: SignInForm, fingerprint: string | null, clock: Clock): Promise<Result<Entry>> {
  const address = parseServerAddress(form.address);
  if (!address.ok) return address;
  const trust = { fingerprint };
  const server = await probeServer({ address: address.value, domain: form.domain, trust });
  if (!server.ok) return server;

  const http = new PbxHttp({ origin: server.value.origin, trust });
  const entry = await enterServer(http, form, fingerprint, clock);
  if (!entry.ok) await http.close();
  return entry;
}

async function enterServer(
  http: PbxHttp,
  form: SignInForm,
  fingerprint: string | null,
  clock: Clock,
): Promise<Result<Entry>> {
  const account: SavedAccount = {
    address: form.address.trim(),
    domain: form.domain.trim(),
    username: form.username.trim(),
    displayName: '',
    extension: '',
    otherNumbers: [],
    fingerprint,
    remember: form.remember,
  };
  const { username, domain } = account;
  const signedIn = await signIn(http, { username, domain, password: form.password }, clock);
  if (!signedIn.ok) return signedIn;

  // Whose phone is whose must be known before the first look at the calls.
  let tokens = signedIn.value;
  const keeper = new TokenKeeper({ http, tokens, clock, onTokens: (next) => (tokens = next), onLost: () => {} });
  const user = await createPbx({ http, keeper }).me();
  keeper.end();
  if (user.ok) {
    const { displayName, extension, otherNumbers } = user.value;
    return ok({ account: { ...account, displayName, extension, otherNumbers }, http, tokens });
  }
  return user.error.code === 'session-expired' ? user : ok({ account, http, tokens });
}
