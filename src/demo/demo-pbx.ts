import type { Clock } from '../core/clock.ts';
import type { DemoEvent } from './call-plans.ts';
import type { DemoCertificate } from './certificate.ts';
import type { FaultScript } from './faults.ts';
import type { ACCOUNT } from './office.ts';
import type { PushControl } from './push/push-server.ts';
import type { StatusWords } from './routes/user.ts';
import type { RecordedRequest } from './server.ts';
import type { TalkingTime } from './session-view.ts';
import type { NewSession, StagedLeg } from './staging.ts';
import type { Mail } from './two-factor.ts';

/** What kind of PBX it is. */
export interface DemoPbxOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Same seed and same clock: same calls. 1 when absent. */
  seed?: number;
  clock?: Clock;
  /** To keep the certificate over several starts; made when absent. */
  certificate?: DemoCertificate;

  /** Calls come and go by themselves; true when absent. */
  traffic?: boolean;
  /** 10 makes the life of calls ten times faster; talking time goes on in real seconds. */
  pace?: number;
  /** Whether legs carry `talking_time`; 'always' when absent. */
  talkingTime?: TalkingTime;
  /** The words of GET /user/status and of pushed presences; '22.3' when absent. */
  statusWords?: StatusWords;

  /**
   * `oauth` is a PBX before 22.2.11: all of /api/auth answers 404. `json`, the default, has both flows. `v16` has
   * POST /api/tokens and nothing else.
   */
  signInFlow?: 'json' | 'oauth' | 'v16';
  /** The JSON sign-in asks for a code, which arrives in `mail`. */
  twoFactor?: boolean;
  /** Is told of each mail as it is sent. */
  onMail?: (mail: Mail) => void;
  /** GET /auth/user says that the initial password must be changed. Nothing else is refused for it. */
  mustChangePassword?: boolean;
  /** 1800 when absent. */
  tokenLifetimeSeconds?: number;

  /** The "Company Call Sessions: View Only" permission; true when absent. */
  mayListSessions?: boolean;
  /** Its "Full Access", needed to end a call; as `mayListSessions` when absent. */
  mayEndSessions?: boolean;
  /** "Users: View Only", for the push topic extension_events; true when absent. */
  mayListenExtension?: boolean;
  /** "Analytics: View Only", for the push topic cdr_events; true when absent. */
  mayListenCdr?: boolean;

  /** `wsi`, the default: a WebSocket at /wsi on the same port, as since 22.0. `none`: 404 there. */
  push?: 'wsi' | 'none';
  /** Push takes access tokens as it takes passwords; true when absent, which is a guess. */
  pushTokens?: boolean;
  /** Whether subscriptions are acknowledged, and refused aloud; 'status' when absent, which is a guess. */
  pushAcks?: 'status' | 'silent';

  /** Requests per minute and address, counted by the minutes of the clock; no limit when absent. */
  requestsPerMinute?: number;
  /** Whether a 429 says when to come back; true when absent. */
  retryAfter?: boolean;
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
  /** Who signs in as a rule; `noext` and `admin` of office.ts may, too. */
  readonly account: typeof ACCOUNT;
  readonly faults: FaultScript;
  readonly push: PushControl;
  /** The last 1,000 requests, oldest first. They hold what was sent, passwords too. */
  readonly requests: readonly RecordedRequest[];
  /** The last 100 mails, oldest first: the codes of two-factor sign-ins. */
  readonly mail: readonly Mail[];
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
  /** The sync tokens of the call history are unknown from now on. */
  forgetSyncTokens(): void;
  /** Ends all timers and connections. */
  close(): Promise<void>;
  /**
   * As after a power failure: same port and certificate, the call history kept, calls and (unless
   * `keepTokens`) tokens of all kinds gone. `whileDown` runs between going and coming back.
   */
  restart(options?: { keepTokens?: boolean; whileDown?: () => Promise<void> }): Promise<void>;
}
