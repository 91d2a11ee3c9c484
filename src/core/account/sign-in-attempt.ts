import { appError, type AppError } from '../../shared/errors.ts';
import type { SignInForm } from '../../shared/account.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import { NO_COUNTRY_HINTS } from '../numbers/own-country.ts';
import { accountState } from '../pbx/account-state.ts';
import type { HttpPort } from '../pbx/http.ts';
import { probeServer } from '../pbx/probe.ts';
import type { ProxyFor } from '../pbx/proxies.ts';
import { parseServerAddress } from '../pbx/server-address.ts';
import { signIn, signOut } from '../pbx/sign-in.ts';
import type { Trust } from '../pbx/tls-trust.ts';
import type { Transport } from '../pbx/transport.ts';
import type { SignInFlow, Tokens } from '../pbx/tokens.ts';
import { verifyCode, type Challenge } from '../pbx/two-factor.ts';
import { withUser, type SavedAccount } from './account-store.ts';
import { NOTHING_TRIED } from './push-access.ts';

/** A sign-in that the PBX accepted. */
export interface AcceptedSignIn {
  account: SavedAccount;
  http: HttpPort;
  tokens: Tokens;
  /** As typed or as stored; null if it is not known. Secret. */
  password: string | null;
  /** Whether the PBX returned the user's details. If not, name, extension and numbers in `account` are still empty. */
  isUserKnown: boolean;
}

/** A two-factor sign-in: the password was right, and the mailed code is still missing. */
export interface PendingTwoFactor {
  account: SavedAccount;
  http: HttpPort;
  challenge: Challenge;
  password: string;
}

export type SignInProgress =
  { step: 'accepted'; accepted: AcceptedSignIn } | { step: 'code'; pending: PendingTwoFactor };

export interface AttemptOptions {
  trust: Trust;
  /** The API of the last sign-in at this server, which is tried first; null if there was none. */
  lastFlow: SignInFlow | null;
  proxyFor: ProxyFor;
  clock: Clock;
  /** Aborts the attempt, or later the connection that it opened. */
  signal: AbortSignal;
  transport: Pick<Transport, 'openHttp'>;
}

/**
 * Signs in with a form and finds out who the user is. The server is probed before the password is sent, so that a
 * mistyped address never receives it. On error the connection is closed.
 */
export async function attemptSignIn(form: SignInForm, options: AttemptOptions): Promise<Result<SignInProgress>> {
  const { trust, lastFlow, proxyFor, clock, signal, transport } = options;
  const address = parseServerAddress(form.address);
  if (!address.ok) return address;
  const connection = { trust, proxyFor, clock, signal };
  const server = await probeServer({ address: address.value, domain: form.domain, ...connection, transport });
  if (!server.ok) return server;

  const http = transport.openHttp({ origin: server.value.origin, ...connection });
  const account: SavedAccount = {
    address: form.address.trim(),
    domain: form.domain.trim(),
    username: form.username.trim(),
    displayName: '',
    extension: '',
    otherNumbers: [],
    country: NO_COUNTRY_HINTS,
    matchLength: null,
    flow: null,
    push: NOTHING_TRIED,
    remember: form.remember,
  };
  const { username, domain } = account;
  const { password } = form;
  const result = await signIn(http, { username, domain, password }, clock, lastFlow);
  if (!result.ok) {
    await http.close();
    return server.value.microsoft ? mentionMicrosoft(result) : result;
  }
  if (result.value.step === 'code') {
    return ok({ step: 'code', pending: { account, http, challenge: result.value.challenge, password } });
  }
  const accepted = await checkAccount({ account, http, tokens: result.value.tokens, password });
  return accepted.ok ? ok({ step: 'accepted', accepted: accepted.value }) : accepted;
}

/** A better error for users who sign in with Microsoft, for whom the PBX may have no password. */
const mentionMicrosoft = (refused: { ok: false; error: AppError }): Result<never> =>
  refused.error.code === 'sign-in-refused'
    ? err(appError('sign-in-microsoft', refused.error.detail === undefined ? {} : { detail: refused.error.detail }))
    : refused;

/** Completes a two-factor sign-in. After `two-factor-wrong`, another code can be tried; any other error ends it. */
export async function attemptWithCode(
  pending: PendingTwoFactor,
  code: string,
  clock: Clock,
): Promise<Result<AcceptedSignIn>> {
  const { account, http, challenge, password } = pending;
  const tokens = await verifyCode(http, challenge, code, clock);
  if (tokens.ok) return checkAccount({ account, http, tokens: tokens.value, password });
  if (tokens.error.code !== 'two-factor-wrong') await http.close();
  return tokens;
}

/**
 * Reads the user's rights and own numbers now, so that the first poll can use them; if that fails, they are read later.
 * Refuses an account that cannot be used.
 */
async function checkAccount(accepted: Omit<AcceptedSignIn, 'isUserKnown'>): Promise<Result<AcceptedSignIn>> {
  const { http, tokens, password } = accepted;
  const account = { ...accepted.account, flow: tokens.flow };
  const refuse = async (error: AppError): Promise<Result<never>> => {
    await signOut(http, tokens);
    await http.close();
    return err(error);
  };
  const checked = await accountState(http, tokens.accessToken);
  if (!checked.ok) {
    if (checked.error.code === 'session-expired') return refuse(checked.error);
    return ok({ account, http, tokens, password, isUserKnown: false });
  }
  const { state, user } = checked.value;
  // A user without an extension can sign in, and the window shows what is missing. The other states are error codes.
  if (state !== 'ok' && state !== 'no-extension') return refuse(appError(state));
  const isUserKnown = user !== null;
  return ok({ account: isUserKnown ? withUser(account, user) : account, http, tokens, password, isUserKnown });
}
