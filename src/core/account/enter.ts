import { appError } from '../../shared/errors.ts';
import type { SignInForm } from '../../shared/ipc.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import { accountState } from '../pbx/account-state.ts';
import { openHttps, type HttpPort, type PbxHttpOptions } from '../pbx/http.ts';
import { probeServer } from '../pbx/probe.ts';
import type { ProxyFor } from '../pbx/proxies.ts';
import { parseServerAddress } from '../pbx/server-address.ts';
import { signIn, signOut } from '../pbx/sign-in.ts';
import type { Trust } from '../pbx/tls-trust.ts';
import type { SignInFlow, Tokens } from '../pbx/tokens.ts';
import { verifyCode, type Challenge } from '../pbx/two-factor.ts';
import type { SavedAccount } from './account-store.ts';
import { NOTHING_TRIED } from './push-access.ts';

/** A sign-in that the PBX accepted. */
export interface Entry {
  account: SavedAccount;
  http: HttpPort;
  tokens: Tokens;
  /** As it was typed, or as it was kept; null where it is not known. Secret. */
  password: string | null;
}

/** A sign-in whose password was right and whose mailed code is still missing. */
export interface Waiting {
  account: SavedAccount;
  http: HttpPort;
  challenge: Challenge;
  password: string;
}

export type Entrance = { step: 'in'; entry: Entry } | { step: 'code'; waiting: Waiting };

export interface EnterOptions {
  trust: Trust;
  lastFlow: SignInFlow | null;
  proxyFor: ProxyFor;
  clock: Clock;
  /** Gives up the attempt, and later closes the connection that came of it. */
  signal: AbortSignal;
  /** For simulations; HTTPS unless told. */
  openHttp?: ((options: PbxHttpOptions) => HttpPort) | undefined;
}

/**
 * Signs in with a form and finds out who the user is. The server is looked at before it is told the password: a wrong
 * address must not learn it. Errors leave nothing open.
 */
export async function enter(form: SignInForm, options: EnterOptions): Promise<Result<Entrance>> {
  const { trust, lastFlow, proxyFor, clock, signal, openHttp = openHttps } = options;
  const address = parseServerAddress(form.address);
  if (!address.ok) return address;
  const way = { trust, proxyFor, clock, signal };
  const server = await probeServer({ address: address.value, domain: form.domain, ...way, openHttp });
  if (!server.ok) return server;

  const http = openHttp({ origin: server.value.origin, ...way });
  const account: SavedAccount = {
    address: form.address.trim(),
    domain: form.domain.trim(),
    username: form.username.trim(),
    displayName: '',
    extension: '',
    otherNumbers: [],
    flow: null,
    push: NOTHING_TRIED,
    remember: form.remember,
  };
  const { username, domain } = account;
  const { password } = form;
  const step = await signIn(http, { username, domain, password }, clock, lastFlow);
  if (!step.ok) {
    await http.close();
    return step;
  }
  if (step.value.step === 'code') {
    return ok({ step: 'code', waiting: { account, http, challenge: step.value.challenge, password } });
  }
  const entry = await settle({ account, http, tokens: step.value.tokens, password });
  return entry.ok ? ok({ step: 'in', entry: entry.value }) : entry;
}

/** Ends a two-factor sign-in. After `two-factor-wrong` another code may be tried; any other error closes it. */
export async function enterWithCode(waiting: Waiting, code: string, clock: Clock): Promise<Result<Entry>> {
  const { account, http, challenge, password } = waiting;
  const tokens = await verifyCode(http, challenge, code, clock);
  if (tokens.ok) return settle({ account, http, tokens: tokens.value, password });
  if (tokens.error.code !== 'two-factor-wrong') await http.close();
  return tokens;
}

/** Whose phone is whose must be known before the first look at the calls. */
async function settle(entry: Entry): Promise<Result<Entry>> {
  const { http, tokens, password } = entry;
  const facts = await accountState(http, tokens.accessToken);
  const account = { ...entry.account, flow: tokens.flow };
  // Signed in all the same: what could not be asked now is asked again later.
  if (!facts.ok && facts.error.code !== 'session-expired') return ok({ account, http, tokens, password });
  const refusal = facts.ok ? facts.value.state : facts.error;
  if (refusal === 'ok' || refusal === 'no-extension') {
    const user = facts.ok ? facts.value.user : null;
    if (user === null) return ok({ account, http, tokens, password });
    const { displayName, extension, otherNumbers } = user;
    return ok({ account: { ...account, displayName, extension, otherNumbers }, http, tokens, password });
  }
  await signOut(http, tokens);
  await http.close();
  return err(typeof refusal === 'string' ? appError(refusal) : refusal);
}
