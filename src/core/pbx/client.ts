import { appError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { answerError, errorFor, isSuccess, type Operation } from './answer-errors.ts';
import { createBody } from './create-body.ts';
import { decodeCdrDiff, decodeSyncToken } from './decode-cdr-sync.ts';
import { decodeUserStatus } from './decode-user-status.ts';
import { decodeCdrs, decodeCreated, decodeSession, decodeSessions, decodeUser, KnownEntries } from './decode.ts';
import type { HttpAnswer, HttpPort, HttpRequest } from './http.ts';
import type { TokenKeeper } from './token-keeper.ts';
import type { CreateSession, Pbx } from './types.ts';

/**
 * The newest hundred: lists are ascending unless told. The API names no options for this list, so one may refuse them.
 */
const NEWEST_CDRS = '?orderby=started_at%20desc&top=100';

const SYNC_TOKENS = '/api/user/cdrs/sync_tokens';

/** The PBX for the user whose tokens `keeper` holds. Paths as in OpenAPI 22.2. */
export function createPbx({ http, keeper }: { http: HttpPort; keeper: TokenKeeper }): Pbx {
  const ask = (request: HttpRequest) => keeper.run((token) => http.request({ ...request, token }));

  const read = async <T>(
    operation: Operation,
    request: HttpRequest,
    decode: (body: unknown) => T | null,
  ): Promise<Result<{ value: T; answer: HttpAnswer }>> => {
    const answer = await ask(request);
    if (!answer.ok) return answer;
    if (!isSuccess(answer.value)) return err(answerError(operation, answer.value));
    const value = decode(answer.value.body);
    return value === null
      ? err(errorFor('bad-answer', answer.value, 'not what was asked for'))
      : ok({ value, answer: answer.value });
  };

  const get = <T>(
    operation: Operation,
    path: string,
    decode: (body: unknown) => T | null,
    signal: AbortSignal | undefined,
  ) => read(operation, { method: 'GET', path, signal }, decode);

  let historyOptions = NEWEST_CDRS;
  const entries = new KnownEntries();

  return {
    async listSessions(signal) {
      const found = await get('list', '/api/sessions', (body) => decodeSessions(body, entries), signal);
      return found.ok ? ok({ ...found.value.value, pbxTime: found.value.answer.headers.date }) : found;
    },

    async getSession(id, signal) {
      const path = sessionPath(id);
      return path === null ? unusableId() : value(await get('session', path, decodeSession, signal));
    },

    async createSession(body) {
      const json = createBody(body);
      const answer = await ask({ method: 'POST', path: '/api/sessions', json, unansweredCode: 'dial-unanswered' });
      return answer.ok ? judgeCreated(answer.value, body) : answer;
    },

    async destroySession(id) {
      const path = sessionPath(id);
      if (path === null) return unusableId();
      const answer = await ask({ method: 'POST', path: `${path}/destroy` });
      if (!answer.ok) return answer;
      return isSuccess(answer.value) ? ok(null) : err(answerError('hang-up', answer.value));
    },

    async me(signal) {
      return value(await get('user', '/api/user', decodeUser, signal));
    },

    async myCdrs(signal) {
      const newest = await get('history', `/api/user/cdrs${historyOptions}`, decodeCdrs, signal);
      if (newest.ok || newest.error.code !== 'pbx-refused' || historyOptions === '') return value(newest);
      const plain = await get('history', '/api/user/cdrs', decodeCdrs, signal);
      if (plain.ok) historyOptions = '';
      return value(plain);
    },

    async userStatus(signal) {
      const found = await get('status', '/api/user/status', decodeUserStatus, signal);
      return found.ok ? ok({ activity: found.value.value, pbxTime: found.value.answer.headers.date }) : found;
    },

    cdrSync: {
      async start(from, signal) {
        const path = `${SYNC_TOKENS}?date_from=${encodeURIComponent(dateOf(from))}`;
        return value(await read('sync', { method: 'POST', path, signal }, decodeSyncToken));
      },

      async diff(token, signal) {
        // A token of dots would ask for something else; the PBX gave it, so it has none to go on with.
        if (/^\.{0,2}$/.test(token) || !token.isWellFormed()) return err(appError('sync-token-unknown'));
        const path = `${SYNC_TOKENS}/${encodeURIComponent(token)}/diff`;
        return value(await read('diff', { method: 'POST', path, signal }, (body) => decodeCdrDiff(body, token)));
      },
    },
  };
}

/** RFC 3339; 1970 for what is no time. */
function dateOf(ms: number): string {
  return new Date(Math.abs(ms) <= 8.64e15 ? ms : 0).toISOString();
}

function judgeCreated(answer: HttpAnswer, body: CreateSession): Result<{ id: string }> {
  if (!isSuccess(answer)) return err(answerError('dial', answer, body.trunk));
  const id = decodeCreated(answer.body);
  // Accepted, so the phone may well be ringing: "could not be read" alone would invite a second call.
  return id === null ? err(errorFor('dial-unanswered', answer, 'without the id of the call')) : ok({ id });
}

/** null for an id that cannot be part of a path: "." and ".." would name another resource. */
function sessionPath(id: string): string | null {
  return /^\.{0,2}$/.test(id) || !id.isWellFormed() ? null : `/api/sessions/${encodeURIComponent(id)}`;
}

/** Not `not-found`: no request was sent, and the call may go on. */
const unusableId = () => err(appError('session-id-unusable'));

const value = <T>(found: Result<{ value: T }>): Result<T> => (found.ok ? ok(found.value.value) : found);
