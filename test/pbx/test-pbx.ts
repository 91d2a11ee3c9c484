import { systemClock, type Clock } from '../../src/core/clock.ts';
import type { DemoEvent } from '../../src/demo/call-plans.ts';
import { fingerprintOf, makeCertificate, type DemoCertificate } from '../../src/demo/certificate.ts';
import { DEMO_DIALECT, type Dialect } from '../../src/demo/dialect.ts';
import type { PbxRequest } from '../../src/demo/http.ts';
import { emptyDirectories, type Directories } from '../../src/demo/directories.ts';
import { ACCOUNT } from '../../src/demo/office.ts';
import { OfficePbx, type OfficePbxOptions } from '../../src/demo/office-pbx.ts';
import { Random } from '../../src/demo/random.ts';
import { authRoutes } from '../../src/demo/routes/auth.ts';
import { HOST, PbxServer } from '../../src/demo/server.ts';
import { FaultScript } from './faults.ts';
import { FaultyGate, type RecordedRequest } from './faulty-gate.ts';
import { paced } from './paced-clock.ts';
import { PushControl } from './push/push-control.ts';
import { RateLimit } from './rate-limit.ts';
import { askForCode, codeRoutes } from './routes/codes.ts';
import { oauthRoutes } from './routes/oauth.ts';
import { v16Routes } from './routes/v16.ts';
import { Staging } from './staging.ts';
import { TwoFactor, type Mail } from './two-factor.ts';

export type { FaultRule } from './faults.ts';
export type { NewSession } from './staging.ts';

const MAILS_KEPT = 100;

/** The kind of PBX. */
export interface TestPbxOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Same seed and same clock: same calls. 1 when absent. */
  seed?: number;
  clock?: Clock;
  /** To keep the certificate for several starts; created when absent. */
  certificate?: DemoCertificate;

  /** Calls come and go by themselves; true when absent. */
  traffic?: boolean;
  /** 10 makes the life of calls ten times faster; talking time goes on in real seconds. */
  pace?: number;
  /** How it differs from the demo office; see dialects.ts, whose dialects can be spread together. */
  dialect?: Partial<Dialect>;

  /**
   * `oauth` is a PBX before 22.2.11: all of /api/auth answers 404. `json`, the default, has both flows. `v16` has
   * POST /api/tokens and nothing else.
   */
  signInFlow?: 'json' | 'oauth' | 'v16';
  /**
   * The JSON sign-in requires a code, which arrives in `mail`. Push then refuses the password alone, which is a
   * guess.
   */
  twoFactor?: boolean;
  /** Called with each mail when it is sent. */
  onMail?: (mail: Mail) => void;
  /** GET /auth/user says that the initial password must be changed. Nothing else is refused for it. */
  mustChangePassword?: boolean;
  /** 1800 when absent. */
  tokenLifetimeSeconds?: number;

  /** The "Company Call Sessions: View Only" permission; true when absent. */
  mayListSessions?: boolean;
  /** The "Full Access" of that permission, needed to end a call; as `mayListSessions` when absent. */
  mayEndSessions?: boolean;

  /** `wsi`, the default: a WebSocket at /wsi on the same port, as since 22.0. `none`: 404 there. */
  push?: 'wsi' | 'none';

  /** Requests per minute and address, counted by the minutes of the clock; no limit when absent. */
  requestsPerMinute?: number;
  /** Whether a 429 has a Retry-After; true when absent. */
  retryAfter?: boolean;
}

/** A running test PBX. */
export interface TestPbx {
  /** host:port */
  readonly address: string;
  /** https://host:port */
  readonly origin: string;
  /** SHA-256 of the certificate, AA:BB:… */
  readonly fingerprint: string;
  readonly certificate: DemoCertificate;
  /** The account that tests usually sign in; `noext` and `admin` of the demo office work, too. */
  readonly account: typeof ACCOUNT;
  readonly faults: FaultScript;
  /** Directories, queues and ring groups, empty at first. */
  readonly directories: Directories;
  readonly push: PushControl;
  /** The last 1,000 requests, oldest first, with their bodies and passwords. */
  readonly requests: readonly RecordedRequest[];
  /** The last 100 mails, oldest first: the codes of two-factor sign-ins. */
  readonly mail: readonly Mail[];
  /** Calls controlled by hand. */
  readonly calls: Staging;
  /** Starts a call of this kind; returns its session id. */
  make(event: DemoEvent): string;
  /** Adds a session that changes only by hand; returns its id. */
  addSession: Staging['add'];
  answer: Staging['answer'];
  endSession: Staging['end'];
  /** All access tokens expire; refresh tokens still work. */
  expireAccessTokens(): void;
  /** All tokens of both kinds become unknown. */
  revokeTokens(): void;
  /** All sync tokens of the call history become unknown. */
  forgetSyncTokens(): void;
  /** Ends all timers and connections. */
  close(): Promise<void>;
  /**
   * As after a power failure: same port, the call history kept, calls and (unless `keepTokens`) tokens of all kinds
   * gone. `whileDown` runs between going and coming back. `certificate` is shown from then on in place of the one
   * before, which `fingerprint` goes on to name.
   */
  restart(options?: {
    keepTokens?: boolean;
    certificate?: DemoCertificate;
    whileDown?: () => Promise<void>;
  }): Promise<void>;
}

/**
 * Starts the PBX of the tests on 127.0.0.1: that of the demo office, which can also speak other dialects, be of another
 * release, break on command and be looked into. Rejects when the port is taken.
 */
export async function openTestPbx(options: TestPbxOptions = {}): Promise<TestPbx> {
  const { clock = systemClock, seed = 1 } = options;
  const certificate = options.certificate ?? (await makeCertificate());
  const mail: Mail[] = [];
  const codes = new TwoFactor(clock, new Random(seed, 'codes'), (sent) => {
    mail.push(sent);
    if (mail.length > MAILS_KEPT) mail.shift();
    options.onMail?.(sent);
  });
  const directories = emptyDirectories();
  const pbx: OfficePbx = new OfficePbx({
    clock,
    callClock: paced(clock, options.pace ?? 1),
    seed,
    publisher: () => push,
    dialect: dialectOf(options),
    may: permissionsOf(options),
    tokenLifetimeSeconds: options.tokenLifetimeSeconds ?? 1800,
    signIn: signInOf(options, codes),
    directories,
  });
  const push: PushControl = new PushControl(clock, pbx.pushRules);
  const faults = new FaultScript();
  const limit = new RateLimit(clock, options.requestsPerMinute ?? Infinity, options.retryAfter ?? true);
  const gate = new FaultyGate({ clock, faults, limit });
  const parts = {
    certificate,
    clock,
    push: options.push === 'none' ? null : push,
    answer: (request: PbxRequest) => pbx.answer(request),
    gate,
  };
  const server = new PbxServer(parts);
  const port = await server.listen(options.port ?? 0);
  const startTraffic = (): void => {
    if (options.traffic ?? true) pbx.traffic.start();
  };
  const stop = (): Promise<void> => {
    pbx.powerFails();
    return server.close();
  };
  const forgetTokens = (): void => {
    pbx.tokens.revokeAll();
    codes.forgetAll();
    pbx.sync.forgetAll();
  };
  const calls = new Staging(pbx.board);
  let closed = false;
  startTraffic();

  return {
    address: `${HOST}:${port}`,
    origin: `https://${HOST}:${port}`,
    fingerprint: fingerprintOf(certificate),
    certificate,
    account: ACCOUNT,
    faults,
    directories,
    push,
    requests: gate.requests,
    mail,
    calls,
    make: (event) => pbx.traffic.make(event).id,
    addSession: (session) => calls.add(session),
    answer: (id, callee) => calls.answer(id, callee),
    endSession: (id, ending) => calls.end(id, ending),
    expireAccessTokens: () => pbx.tokens.expireAccess(),
    revokeTokens: () => pbx.tokens.revokeAll(),
    forgetSyncTokens: () => pbx.sync.forgetAll(),
    close: () => {
      closed = true;
      return stop();
    },
    restart: async ({ keepTokens = false, certificate: renewed, whileDown } = {}) => {
      await stop();
      parts.certificate = renewed ?? parts.certificate;
      if (!keepTokens) forgetTokens();
      await whileDown?.();
      if (closed) return;
      await server.listen(port);
      startTraffic();
    },
  };
}

function dialectOf({ dialect = {}, twoFactor = false }: TestPbxOptions): Dialect {
  const whole = { ...DEMO_DIALECT, ...dialect };
  return twoFactor ? { ...whole, pushTakes: whole.pushTakes.filter((by) => by !== 'password') } : whole;
}

function permissionsOf({ mayListSessions: list = true, mayEndSessions: end = list }: TestPbxOptions) {
  return { list, end };
}

function signInOf(options: TestPbxOptions, codes: TwoFactor): NonNullable<OfficePbxOptions['signIn']> {
  const { signInFlow = 'json', twoFactor = false, mustChangePassword = false } = options;
  return (parts) => {
    const { accounts, tokens } = parts;
    if (signInFlow === 'v16') return v16Routes(accounts, tokens);
    if (signInFlow === 'oauth') return oauthRoutes(accounts, tokens);
    const answerAfterPassword = twoFactor ? { answerAfterPassword: askForCode(tokens, codes) } : {};
    const json = authRoutes({ ...parts, ...answerAfterPassword, mustChangePassword });
    return [...json, ...(twoFactor ? codeRoutes(tokens, codes) : []), ...oauthRoutes(accounts, tokens)];
  };
}
