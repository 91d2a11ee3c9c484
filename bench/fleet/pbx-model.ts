import type { Pbx, PbxLeg, PbxSession } from '../../src/core/pbx/types.ts';
import { appError, type AppError } from '../../src/shared/errors.ts';
import { err, ok, type Result } from '../../src/shared/result.ts';
import type { Measure } from './measure.ts';
import { around, type SimClock } from './sim-clock.ts';

export interface LiveCall {
  id: string;
  desk: number;
  /** The current legs. */
  legs: (now: number) => PbxLeg[];
}

export interface PbxModelOptions {
  clock: SimClock;
  measure: Measure;
  /** Requests a minute from one address; the desks share one. */
  limit: number;
  /** Whether a 429 has a Retry-After header. */
  retryAfter: boolean;
  /** A desk placed a call; returns the session id. */
  onPlaced: (desk: number, callee: string) => string;
  onHungUp: (id: string) => boolean;
}

/**
 * Desks that see one another's calls. A PBX lists the whole company, but 5,000 desks decode that list on 5,000
 * computers and here only one does, so each desk gets its own department.
 */
const DEPARTMENT = 10;

const LATENCY_MS = { median: 60, spread: 1.8 };
const REFUSAL_MS = 10;
/** Without a network half of the requests fail at once, the others hang until the client gives up. */
const TIMEOUT_MS = 10_000;

/**
 * Models how a PortSIP PBX reacts to load. Its gateway counts requests per address in
 * minutes of its clock and refuses what is over the limit ("Rate limit" page: 5,000 a minute); the refusal is not
 * documented, so both kinds of 429 are simulated.
 */
export class PbxModel {
  readonly #options: PbxModelOptions;
  readonly #departments: Map<string, LiveCall>[] = [];
  /** `down`: the PBX restarts. `cut`: the office has no network. */
  state: 'up' | 'down' | 'cut' = 'up';
  /** Live calls of the whole office, which a real list would hold. */
  #calls = 0;
  #minute = -1;
  #count = 0;

  constructor(options: PbxModelOptions) {
    this.#options = options;
  }

  begin(call: LiveCall): void {
    this.#calls += 1;
    this.#department(call.desk).set(call.id, call);
  }

  end(call: LiveCall): void {
    this.#calls -= 1;
    this.#department(call.desk).delete(call.id);
  }

  /** The PBX as one desk sees it. */
  forDesk(desk: number): Pbx {
    const { clock, measure, onPlaced, onHungUp } = this.#options;
    const session = (id: string): PbxSession | null => {
      const call = this.#department(desk).get(id);
      return call === undefined ? null : { id, legs: call.legs(clock.now()) };
    };
    return {
      listSessions: async () => {
        const asked = clock.now();
        const answer = await this.#serve(() => {
          const sessions = [...this.#department(desk).values()].map(({ id, legs }) => ({ id, legs: legs(asked) }));
          return ok({ sessions, dropped: 0, total: this.#calls, pbxTime: asked });
        });
        if (answer.ok) measure.listed(desk, asked);
        return answer;
      },
      getSession: (id) =>
        this.#serve(() => {
          const found = session(id);
          return found === null ? err(appError('not-found')) : ok(found);
        }),
      createSession: (body) => this.#serve(() => ok({ id: onPlaced(desk, body.callee) })),
      destroySession: (id) => this.#serve(() => (onHungUp(id) ? ok(null) : err(appError('not-found')))),
      me: () =>
        this.#serve(() => {
          const user = { username: '', displayName: '', extension: extension(desk), otherNumbers: [] };
          return ok({ ...user, lineCountry: '', zoneCountry: '' });
        }),
      tenant: () => this.#serve(() => err(appError('pbx-refused'))),
      myCdrs: () => this.#serve(() => ok([])),
      userStatus: () => this.#serve(() => ok({ activity: 'unknown', pbxTime: clock.now() })),
      newVoicemails: () => this.#serve(() => err(appError('pbx-refused'))),
      cdrSync: {
        start: () => this.#serve(() => ok('')),
        diff: () => this.#serve(() => ok({ token: '', changes: [] })),
      },
    };
  }

  /** A WebSocket handshake passes the same gateway and is counted like any request. */
  connect(): Promise<Result<null>> {
    return this.#serve(() => ok(null));
  }

  /** The limit is checked and the answer made when the request arrives; it returns after the latency. */
  #serve<T>(work: () => Result<T>): Promise<Result<T>> {
    const { clock, measure } = this.#options;
    const [answer, latency] = this.#judge(work);
    measure.requested(!answer.ok && answer.error.code === 'rate-limited', this.state === 'up');
    return new Promise((resolve) => clock.after(latency, () => resolve(answer)));
  }

  #judge<T>(work: () => Result<T>): [Result<T>, latency: number] {
    const { clock, limit } = this.#options;
    if (this.state === 'down') return [err(appError('connection-refused')), REFUSAL_MS];
    if (this.state === 'cut') {
      return clock.random() < 0.5 ? [err(appError('no-route')), REFUSAL_MS] : [err(appError('timed-out')), TIMEOUT_MS];
    }
    const minute = Math.floor(clock.now() / 60_000);
    if (minute !== this.#minute) this.#count = 0;
    this.#minute = minute;
    this.#count += 1;
    if (this.#count > limit) return [err(this.#refusal()), REFUSAL_MS];
    return [work(), Math.min(5_000, around(clock, LATENCY_MS.median, LATENCY_MS.spread))];
  }

  #refusal(): AppError {
    if (!this.#options.retryAfter) return appError('rate-limited');
    const left = 60_000 - (this.#options.clock.now() % 60_000);
    return appError('rate-limited', { retryAfterMs: Math.ceil(left / 1000) * 1000 });
  }

  #department(desk: number): Map<string, LiveCall> {
    const index = Math.floor(desk / DEPARTMENT);
    return (this.#departments[index] ??= new Map<string, LiveCall>());
  }
}

export function extension(desk: number): string {
  return String(10_000 + desk);
}
