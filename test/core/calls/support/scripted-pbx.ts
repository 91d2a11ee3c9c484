import { appError, type AppError } from '../../../../src/shared/errors.ts';
import { err, ok, type Result } from '../../../../src/shared/result.ts';
import type {
  CdrChange,
  CdrDiff,
  CreateSession,
  Pbx,
  PbxCdr,
  PbxSession,
  PbxTenant,
  PbxUser,
  PbxUserStatus,
  SessionList,
} from '../../../../src/core/pbx/types.ts';
import type { Clock } from '../../../../src/core/clock.ts';

type Method = 'list' | 'get' | 'create' | 'destroy' | 'cdrs' | 'status' | 'sync' | 'diff';

/** One request that waits for the test to answer it. */
export interface Waiting {
  aborted: boolean;
  /** Answers with the state of the PBX at that time. */
  answer(): void;
  fail(error: AppError): void;
}

/**
 * A PBX in memory: it answers at once from `sessions` and `cdrs`, unless the test lets a method fail or keeps its
 * requests waiting.
 */
export class ScriptedPbx implements Pbx {
  sessions: PbxSession[] = [];
  /** Entries of the list that cannot be read. */
  dropped = 0;
  cdrs: PbxCdr[] = [];
  /** What POST /sessions starts: the session ID that it returns, and the legs that are listed from then on. */
  nextId = '884757570370146304';
  legsOfNewCall: (body: CreateSession) => PbxSession['legs'] = () => [];
  /** When each request was received, in ms since this PBX was created. */
  readonly asked: Record<Method, number[]> = {
    list: [],
    get: [],
    create: [],
    destroy: [],
    cdrs: [],
    status: [],
    sync: [],
    diff: [],
  };
  /** The activity that GET /user/status reports. */
  activity: PbxUserStatus['activity'] = 'idle';
  /** The whole history as changes. A sync token holds its own number and how many changes its owner has received. */
  changes: CdrChange[] = [];
  /** Sync tokens with a lower number than this are unknown. */
  forgotten = 0;
  #tokens = 0;
  readonly #clock: Clock;
  readonly #began: number;
  readonly #errors = new Map<Method, AppError>();
  readonly #held = new Set<Method>();
  readonly #waiting: { method: Method; waiting: Waiting }[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#began = clock.now();
  }

  /** From now on this method fails; null makes it work again. */
  fails(method: Method, error: AppError | null): void {
    if (error === null) this.#errors.delete(method);
    else this.#errors.set(method, error);
  }

  /** From now on requests of this method wait until the test answers them. */
  holds(method: Method, held = true): void {
    if (held) this.#held.add(method);
    else this.#held.delete(method);
  }

  /** The oldest request of a method that has not been answered. */
  waiting(method: Method): Waiting {
    const index = this.#waiting.findIndex((entry) => entry.method === method);
    const [entry] = index === -1 ? [] : this.#waiting.splice(index, 1);
    if (entry === undefined) throw new Error(`no ${method} request is waiting`);
    return entry.waiting;
  }

  listSessions(signal?: AbortSignal): Promise<Result<SessionList>> {
    return this.#serve('list', signal, () => {
      const { sessions, dropped } = this;
      return ok({ sessions, dropped, total: sessions.length + dropped, pbxTime: this.#clock.now() });
    });
  }

  getSession(id: string, signal?: AbortSignal): Promise<Result<PbxSession>> {
    return this.#serve('get', signal, () => {
      const session = this.sessions.find((candidate) => candidate.id === id);
      return session === undefined ? err(appError('not-found')) : ok(session);
    });
  }

  createSession(body: CreateSession): Promise<Result<{ id: string }>> {
    return this.#serve('create', undefined, () => {
      this.sessions = [...this.sessions, { id: this.nextId, legs: this.legsOfNewCall(body) }];
      return ok({ id: this.nextId });
    });
  }

  destroySession(id: string): Promise<Result<null>> {
    return this.#serve('destroy', undefined, () => {
      if (!this.sessions.some((session) => session.id === id)) return err(appError('not-found'));
      this.sessions = this.sessions.filter((session) => session.id !== id);
      return ok(null);
    });
  }

  myCdrs(signal?: AbortSignal): Promise<Result<PbxCdr[]>> {
    return this.#serve('cdrs', signal, () => ok(this.cdrs));
  }

  userStatus(signal?: AbortSignal): Promise<Result<PbxUserStatus>> {
    return this.#serve('status', signal, () => ok({ activity: this.activity, pbxTime: this.#clock.now() }));
  }

  readonly cdrSync = {
    start: (_from: number, signal?: AbortSignal): Promise<Result<string>> =>
      this.#serve('sync', signal, () => ok(this.#token(0))),
    diff: (token: string, signal?: AbortSignal): Promise<Result<CdrDiff>> =>
      this.#serve('diff', signal, () => {
        const [number = 0, known = 0] = token.split('/').map(Number);
        if (number < this.forgotten) return err(appError('sync-token-unknown'));
        return ok({ token: this.#token(this.changes.length), changes: this.changes.slice(known) });
      }),
  };

  /** From now on the sync tokens issued so far are unknown. */
  forgetTokens(): void {
    this.forgotten = this.#tokens;
  }

  me(): Promise<Result<PbxUser>> {
    const user = { username: 'ada', displayName: 'Ada', extension: '1001', otherNumbers: [] };
    return Promise.resolve(ok({ ...user, lineCountry: '', zoneCountry: '' }));
  }

  newVoicemails(): Promise<Result<number>> {
    return Promise.resolve(err(appError('pbx-refused')));
  }

  tenant(): Promise<Result<PbxTenant>> {
    return Promise.resolve(err(appError('pbx-refused')));
  }

  #token(known: number): string {
    return `${this.#tokens++}/${known}`;
  }

  #serve<T>(method: Method, signal: AbortSignal | undefined, work: () => Result<T>): Promise<Result<T>> {
    this.asked[method].push(this.#clock.now() - this.#began);
    const answer = (): Result<T> => {
      const error = this.#errors.get(method);
      return error === undefined ? work() : err(error);
    };
    if (!this.#held.has(method)) return Promise.resolve(answer());
    return new Promise((resolve) => {
      const waiting: Waiting = {
        aborted: false,
        answer: () => resolve(answer()),
        fail: (error) => resolve(err(error)),
      };
      signal?.addEventListener('abort', () => (waiting.aborted = true));
      this.#waiting.push({ method, waiting });
    });
  }
}
