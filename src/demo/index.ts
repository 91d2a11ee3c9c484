import { systemClock, type Clock } from '../core/clock.ts';
import { Accounts } from './accounts.ts';
import type { DemoEvent } from './call-plans.ts';
import { CallHistory } from './cdrs.ts';
import { fingerprintOf, makeCertificate, type DemoCertificate } from './certificate.ts';
import { FaultScript } from './faults.ts';
import { ACCOUNT } from './office.ts';
import { paced } from './paced-clock.ts';
import { Random } from './random.ts';
import { Router } from './router.ts';
import { authRoutes } from './routes/auth.ts';
import { infoRoutes } from './routes/info.ts';
import { oauthRoutes } from './routes/oauth.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { userRoutes } from './routes/user.ts';
import { HOST, PbxServer, type RecordedRequest } from './server.ts';
import { sessionIds } from './session-ids.ts';
import type { TalkingTime } from './session-view.ts';
import { Staging, type NewSession, type StagedLeg } from './staging.ts';
import { Switchboard } from './switchboard.ts';
import { Tokens } from './tokens.ts';
import { Traffic } from './traffic.ts';

export type { DemoEvent } from './call-plans.ts';
export type { DemoCertificate } from './certificate.ts';
export { DEMO_NUMBERS, type DemoNumber } from './dialled-numbers.ts';
export type { Fault, FaultAction, FaultRule, FaultScript } from './faults.ts';
export type { RecordedRequest } from './server.ts';
export type { TalkingTime } from './session-view.ts';
export type { NewSession, StagedLeg } from './staging.ts';

export interface DemoPbxOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Same seed and same clock: same calls. 1 when absent. */
  seed?: number;
  clock?: Clock;
  /** Calls come and go by themselves; true when absent. */
  traffic?: boolean;
  /** 1800 when absent. */
  tokenLifetimeSeconds?: number;
  /** The "Company Call Sessions: View Only" permission; true when absent. */
  mayListSessions?: boolean;
  /** Its "Full Access", needed to end a call; as `mayListSessions` when absent. */
  mayEndSessions?: boolean;
  /** `oauth` is a PBX before 22.2.11: all of /api/auth answers 404. `json`, the default, has both flows. */
  signInFlow?: 'json' | 'oauth';
  /** The JSON sign-in asks for a code by e-mail, which ends there: no code is ever sent. */
  twoFactor?: boolean;
  /** Whether legs carry `talking_time`; 'always' when absent. */
  talkingTime?: TalkingTime;
  /** 10 makes the life of calls ten times faster; talking time goes on in real seconds. */
  pace?: number;
  /** To keep the certificate over several starts; made when absent. */
  certificate?: DemoCertificate;
}

/** A running demo PBX. Methods that take an id answer false when there is no such session. */
export interface DemoPbx {
  /** host:port */
  readonly address: string;
  /** https://host:port */
  readonly origin: string;
  /** SHA-256 of the certificate, AA:BB:… */
  readonly fingerprint: string;
  readonly certificate: DemoCertificate;
  readonly account: typeof ACCOUNT;
  readonly faults: FaultScript;
  /** The last 1,000 requests, oldest first. They hold what was sent, passwords too. */
  readonly requests: readonly RecordedRequest[];
  /** Makes a call happen now; gives its session id. */
  make(event: DemoEvent): string;
  /** Adds a session that changes only by the methods below; gives its id. */
  addSession(session: NewSession): string;
  addLeg(id: string, leg: StagedLeg): boolean;
  /** Takes the leg with this callee out of the session. */
  dropLeg(id: string, callee: string): boolean;
  /** The first phone of the session that still rings (or the one of `callee`) is picked up. Works on all calls. */
  answer(id: string, callee?: string): boolean;
  /** The caller hangs up. Works on all calls. */
  endSession(id: string): boolean;
  /** Access tokens go stale; refresh tokens still work. */
  expireAccessTokens(): void;
  /** Both kinds are gone. */
  revokeTokens(): void;
  /** Ends all timers and connections. */
  close(): Promise<void>;
  /**
   * As after a power failure: same port and certificate, the call history kept, calls and (unless
   * `keepTokens`) tokens gone. `whileDown` runs between going and coming back.
   */
  restart(options?: { keepTokens?: boolean; whileDown?: () => Promise<void> }): Promise<void>;
}

/**
 * Starts the demo PBX on 127.0.0.1: an HTTPS server that behaves as the REST API of a PortSIP PBX 22.2 is
 * documented to, and, where the documents are silent, as a comment at that place says. It begins at
 * `switchboard.ts` (what a call is), `placed-call.ts` (what POST /sessions sets off) and `routes/` (what
 * each path answers). Rejects when the port is taken.
 */
export async function startDemoPbx(options: DemoPbxOptions = {}): Promise<DemoPbx> {
  const clock = options.clock ?? systemClock;
  const seed = options.seed ?? 1;
  const mayList = options.mayListSessions ?? true;
  const mayEnd = options.mayEndSessions ?? mayList;
  const certificate = options.certificate ?? (await makeCertificate());

  const lives = paced(clock, options.pace ?? 1);
  const history = new CallHistory(() => clock.now());
  const board = new Switchboard(lives, sessionIds(clock.now(), new Random(seed, 'ids')), history);
  const traffic = new Traffic(board, lives, seed);
  const accounts = new Accounts(clock);
  const tokens = new Tokens(clock, options.tokenLifetimeSeconds ?? 1800);
  const faults = new FaultScript();

  const capabilities = [
    ...(mayList ? ['CompanyCallSession.ViewOnly'] : []),
    ...(mayEnd ? ['CompanyCallSession.FullAccess'] : []),
  ];
  const newerAuth = authRoutes({ accounts, tokens, twoFactor: options.twoFactor ?? false, capabilities });
  const router = new Router(
    [
      ...infoRoutes,
      ...(options.signInFlow === 'oauth' ? [] : newerAuth),
      ...oauthRoutes(accounts, tokens),
      ...userRoutes(board, history),
      ...sessionRoutes({ clock, board, mayList, mayEnd, talkingTime: options.talkingTime ?? 'always' }),
    ],
    (token) => tokens.isLive(token),
  );
  const server = new PbxServer({ certificate, clock, faults, answer: (request) => router.answer(request) });
  const port = await server.listen(options.port ?? 0);
  const startTraffic = (): void => {
    if (options.traffic ?? true) traffic.start();
  };
  const stop = async (): Promise<void> => {
    traffic.stop();
    board.clear();
    await server.close();
  };
  let closed = false;
  startTraffic();

  const staging = new Staging(board);
  return {
    address: `${HOST}:${port}`,
    origin: `https://${HOST}:${port}`,
    fingerprint: fingerprintOf(certificate),
    certificate,
    account: ACCOUNT,
    faults,
    requests: server.requests,
    make: (event) => traffic.make(event).id,
    addSession: (session) => staging.add(session),
    addLeg: (id, leg) => staging.addLeg(id, leg),
    dropLeg: (id, callee) => staging.dropLeg(id, callee),
    answer: (id, callee) => staging.answer(id, callee),
    endSession: (id) => staging.end(id),
    expireAccessTokens: () => tokens.expireAccess(),
    revokeTokens: () => tokens.revokeAll(),
    close: async () => {
      closed = true;
      await stop();
    },
    restart: async ({ keepTokens = false, whileDown } = {}) => {
      await stop();
      if (!keepTokens) tokens.revokeAll();
      await whileDown?.();
      if (closed) return;
      await server.listen(port);
      startTraffic();
    },
  };
}
