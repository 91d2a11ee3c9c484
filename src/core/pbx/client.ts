import { setImmediate as untilIdle } from 'node:timers/promises';
import { appError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { answerError, errorFor, isSuccess, OPTIONAL, type Operation } from './answer-errors.ts';
import { createBody } from './create-body.ts';
import { decodeCdrDiff, decodeSyncToken } from './decode-cdr-sync.ts';
import { decodeUserStatus } from './decode-user-status.ts';
import { decodeCdrs, decodeCreated, decodeNewVoicemails, decodeSession, decodeTenant, decodeUser } from './decode.ts';
import type { HttpAnswer, HttpPort, HttpRequest } from './http.ts';
import { ListReader } from './list-reader.ts';
import type { TokenKeeper } from './token-keeper.ts';
import type { CreateSession, Pbx } from './types.ts';

/**
 * Requests the newest hundred entries; without options a list begins with the oldest. The documents have no options for
 * this list, so a PBX may refuse them.
 */
const NEWEST_CDRS = '?orderby=started_at%20desc&top=100';

/** The read ones, too, because the documents do not say how to filter by status. */
const NEWEST_VOICEMAILS = '/api/voicemails?orderby=created_at%20desc&top=100';

const EMPTY_BODY = /^\s*(?:null|""|\{\s*\})?\s*$/;

/** Up to this number of sessions, a list is applied in the same turn of the event loop in which it was read. */
const MAX_AT_ONCE = 1_000;

const SYNC_TOKENS = '/api/user/cdrs/sync_tokens';

/** The REST client for the user whose tokens `keeper` holds. Paths as in OpenAPI 22.2. */
export function createPbx({ http, keeper }: { http: HttpPort; keeper: TokenKeeper }): Pbx {
  const send = (request: HttpRequest, isOptional = false) =>
    keeper.run((token) => http.request({ ...request, token }), { isOptional });

  const read = async <T>(
    operation: Operation,
    request: HttpRequest,
    decode: (body: unknown) => T | null,
  ): Promise<Result<{ value: T; answer: HttpAnswer }>> => {
    const answer = await send(request, OPTIONAL.has(operation));
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

  /** '' once the PBX has refused them. */
  let historyOptions = NEWEST_CDRS;
  const reader = new ListReader();
  const indexInParts = (): void => {
    if (reader.indexMore()) setImmediate(indexInParts);
  };

  return {
    async listSessions(signal) {
      let list: ReturnType<ListReader['read']> = null;
      const parse = (text: string): unknown => (list = reader.read(text));
      const found = await read('list', { method: 'GET', path: '/api/sessions', parse, signal }, () => list);
      if (!found.ok) return found;
      const { value, answer } = found.value;
      // Reading and applying ten thousand calls in one turn would block the program.
      if (value.sessions.length > MAX_AT_ONCE) await untilIdle();
      setImmediate(indexInParts);
      return ok({ ...value, pbxTime: answer.headers.date });
    },

    async getSession(id, signal) {
      const path = sessionPath(id);
      return path === null ? unusableId() : value(await get('session', path, decodeSession, signal));
    },

    async createSession(body) {
      const json = createBody(body);
      const answer = await send({ method: 'POST', path: '/api/sessions', json, unansweredCode: 'dial-unanswered' });
      return answer.ok ? createdId(answer.value, body) : answer;
    },

    async destroySession(id) {
      const path = sessionPath(id);
      if (path === null) return unusableId();
      const answer = await send({ method: 'POST', path: `${path}/destroy`, parse: (text) => text });
      if (!answer.ok) return answer;
      if (!isSuccess(answer.value)) return err(answerError('hang-up', answer.value));
      // Documented: 204 without a body. A body may come from a proxy that did not forward the request.
      return EMPTY_BODY.test(String(answer.value.body)) ? ok(null) : err(errorFor('bad-answer', answer.value));
    },

    async me(signal) {
      return value(await get('user', '/api/user', decodeUser, signal));
    },

    tenant: async (signal) => value(await get('tenant', '/api/tenant', decodeTenant, signal)),

    newVoicemails: async (signal) => value(await get('voicemail', NEWEST_VOICEMAILS, decodeNewVoicemails, signal)),

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
        // A token of dots would change the path. The PBX issued it, so the sync has to start again.
        if (/^\.{0,2}$/.test(token) || !token.isWellFormed()) return err(appError('sync-token-unknown'));
        const path = `${SYNC_TOKENS}/${encodeURIComponent(token)}/diff`;
        return value(await read('diff', { method: 'POST', path, signal }, (body) => decodeCdrDiff(body, token)));
      },
    },
  };
}

/** RFC 3339; 1970 for an invalid time. */
function dateOf(ms: number): string {
  return new Date(Math.abs(ms) <= 8.64e15 ? ms : 0).toISOString();
}

function createdId(answer: HttpAnswer, body: CreateSession): Result<{ id: string }> {
  if (!isSuccess(answer)) return err(answerError('dial', answer, body.trunk));
  const id = decodeCreated(answer.body);
  // The call was accepted, so the phone may ring. If the error did not say so, users would dial again.
  return id === null ? err(errorFor('dial-unanswered', answer, 'without the id of the call')) : ok({ id });
}

/** Returns null for an ID that cannot be part of a path: "." and ".." would name another resource. */
function sessionPath(id: string): string | null {
  return /^\.{0,2}$/.test(id) || !id.isWellFormed() ? null : `/api/sessions/${encodeURIComponent(id)}`;
}

/** The error is not `not-found`, because no request was sent and the call may continue. */
const unusableId = () => err(appError('session-id-unusable'));

const value = <T>(found: Result<{ value: T }>): Result<T> => (found.ok ? ok(found.value.value) : found);
