import { ONE_LINE } from '../../shared/plain-text.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { errorFor, generalCode, isMissing, isRecord, isSuccess } from './answer-errors.ts';
import { decodeUser } from './decode.ts';
import type { HttpAnswer, HttpPort } from './http.ts';
import type { PbxUser } from './types.ts';

/** The rights of an account after a new sign-in. */
export interface AccountFacts {
  state:
    /** The account can be used, as far as the PBX reports. */
    | 'ok'
    /** The initial password must be changed in the PBX's web portal first. */
    | 'password-change-needed'
    /** A user of the tenant without a phone. */
    | 'no-extension'
    /** A system administrator, dealer or replicator: belongs to no tenant, so has no calls. */
    | 'no-tenant';
  /** As the PBX names it, e.g. StandardUser; '' when it does not say. */
  role: string;
  /** From release 22.3 on, e.g. "CompanyCallSessions.ViewOnly"; empty when the PBX does not say. */
  capabilities: string[];
  /** GET /user, if it was requested and answered. */
  user: PbxUser | null;
}

interface Rights extends Pick<AccountFacts, 'role' | 'capabilities'> {
  mustChangePassword: boolean;
}

/** Built-in roles outside of any tenant (OpenAPI 22.2, roles). */
const SYSTEM_ROLES = new Set(['SystemAdmin', 'Replicator', 'Dealer']);
const MAX_CAPABILITIES = 1000;
const NOTHING_KNOWN: Rights = { role: '', capabilities: [], mustChangePassword: false };

/**
 * Checks an account right after signing in: GET /auth/user (22.2.11 and later), then GET /user. If the PBX does not
 * have the first or refuses the second, the state is `ok`. Errors: `session-expired` for a token that is not accepted,
 * those of the connection and of answers.
 */
export async function accountState(http: HttpPort, token: string, signal?: AbortSignal): Promise<Result<AccountFacts>> {
  const answer = await http.request({ method: 'GET', path: '/api/auth/user', token, signal });
  if (!answer.ok) return answer;
  const rights = isMissing(answer.value) ? ok(NOTHING_KNOWN) : readRights(answer.value);
  if (!rights.ok) return rights;
  const { role, capabilities, mustChangePassword } = rights.value;
  if (mustChangePassword) return ok({ state: 'password-change-needed', role, capabilities, user: null });
  if (SYSTEM_ROLES.has(role)) return ok({ state: 'no-tenant', role, capabilities, user: null });

  const who = await http.request({ method: 'GET', path: '/api/user', token, signal });
  if (!who.ok) return who;
  if (who.value.status === 401) return err(errorFor('session-expired', who.value));
  const user = isSuccess(who.value) ? decodeUser(who.value.body) : null;
  return ok({ state: user?.extension === '' ? 'no-extension' : 'ok', role, capabilities, user });
}

function readRights(answer: HttpAnswer): Result<Rights> {
  const { status, body } = answer;
  if (status === 401) return err(errorFor('session-expired', answer));
  // The PBX may refuse this request although the account can be used.
  if (generalCode(status) === 'pbx-refused') return ok(NOTHING_KNOWN);
  if (!isSuccess(answer)) return err(errorFor(generalCode(status), answer));
  if (!isRecord(body)) return ok(NOTHING_KNOWN);
  const role = [body['role'], body['role_name']].map(shortText).find((text) => text !== '') ?? '';
  const mustChangePassword = body['password_force_reset'] === true;
  return ok({ role, capabilities: readCapabilities(body['capabilities']), mustChangePassword });
}

/** The documents do not describe the list in full. It holds words, or records with a name. */
function readCapabilities(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value
    .slice(0, MAX_CAPABILITIES)
    .map((entry: unknown) => shortText(isRecord(entry) ? entry['name'] : entry))
    .filter((text) => text !== '');
}

const shortText = (value: unknown): string =>
  typeof value === 'string' && value.length <= 200 && value.isWellFormed() && ONE_LINE.test(value) ? value.trim() : '';
