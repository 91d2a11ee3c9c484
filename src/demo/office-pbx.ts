import type { Clock } from '../core/clock.ts';
import { Accounts } from './accounts.ts';
import { CdrSync } from './cdr-sync.ts';
import { CallHistory } from './cdrs.ts';
import { emptyDirectories, type Directories } from './directories.ts';
import { DEMO_DIALECT, type Dialect, type Topic } from './dialect.ts';
import type { PbxAnswer, PbxRequest } from './http.ts';
import { CallEvents } from './push/call-events.ts';
import { ExtensionEvents } from './push/extension-events.ts';
import type { PushRules } from './push/push-connection.ts';
import { Random } from './random.ts';
import { Router, type Route } from './router.ts';
import { authRoutes, type AuthOptions } from './routes/auth.ts';
import { cdrRoutes } from './routes/cdrs.ts';
import { contactRoutes } from './routes/contacts.ts';
import { infoRoutes } from './routes/info.ts';
import { sessionRoutes, type SessionPermissions } from './routes/sessions.ts';
import { tenantRoutes } from './routes/tenant.ts';
import { userRoutes } from './routes/user.ts';
import { sessionIds } from './session-ids.ts';
import { Switchboard } from './switchboard.ts';
import { Tokens } from './tokens.ts';
import { Traffic } from './traffic.ts';

/** Sends pushed frames to the subscribers. */
export interface Publisher {
  publishCall(frame: object): void;
  publishExtension(extension: string, frame: object): void;
}

export interface OfficePbxOptions {
  clock: Clock;
  /** The clock for calls; `clock` when absent. */
  callClock?: Clock;
  /** The same seed with the same clock gives the same calls. */
  seed: number;
  publisher: () => Publisher;
  dialect?: Dialect;
  may?: SessionPermissions;
  /** 1800 when absent. */
  tokenLifetimeSeconds?: number;
  /** Empty directories when absent. */
  directories?: Directories;
  /** The routes of the sign-in. When absent, there is only the JSON sign-in with a password. */
  signIn?: (options: AuthOptions) => Route[];
}

/** The PBX of the demo office without a network: calls, accounts, answers and push. */
export class OfficePbx {
  readonly board: Switchboard;
  readonly traffic: Traffic;
  readonly tokens: Tokens;
  readonly sync: CdrSync;
  readonly pushRules: PushRules;
  readonly #extensions: ExtensionEvents;
  readonly #router: Router;

  constructor(options: OfficePbxOptions) {
    const { clock, callClock = clock, seed, publisher } = options;
    const { dialect = DEMO_DIALECT, may = { list: true, end: true }, signIn = authRoutes } = options;
    const now = (): number => clock.now();
    const accounts = new Accounts(clock);
    this.tokens = new Tokens(clock, options.tokenLifetimeSeconds ?? 1800);
    this.board = new Switchboard(callClock, sessionIds(clock.now(), new Random(seed, 'ids')));
    this.traffic = new Traffic(this.board, callClock, seed);
    const history = new CallHistory(now, dialect);
    this.sync = new CdrSync(history);
    this.#extensions = new ExtensionEvents({
      board: this.board,
      now,
      dialect,
      publish: (extension, frame) => publisher().publishExtension(extension, frame),
    });
    this.pushRules = {
      accounts,
      tokens: this.tokens,
      dialect,
      statusOf: (extensions) => this.#extensions.status(extensions),
    };
    this.board.observe(history);
    this.board.observe(this.#extensions);
    this.board.observe(new CallEvents(now, (frame) => publisher().publishCall(frame)));
    this.#router = new Router(
      [
        ...infoRoutes,
        ...signIn({ accounts, tokens: this.tokens, capabilities: capabilitiesOf(may, dialect) }),
        ...tenantRoutes,
        ...userRoutes(this.board, dialect),
        ...cdrRoutes(history, this.sync),
        ...contactRoutes(options.directories ?? emptyDirectories()),
        ...sessionRoutes({ clock, board: this.board, may, dialect }),
      ],
      (token) => this.tokens.userOf(token),
    );
  }

  answer(request: PbxRequest): PbxAnswer {
    return this.#router.answer(request);
  }

  /** Simulates a power failure, after which all calls are gone without a pushed event. */
  powerFails(): void {
    this.traffic.stop();
    this.board.clear();
    this.#extensions.forget();
  }
}

function capabilitiesOf(may: SessionPermissions, { subscriptions }: Dialect): string[] {
  const grants = (topic: Topic): boolean => ['acknowledged', 'silent'].includes(subscriptions[topic]);
  return [
    ...(may.list ? ['CompanyCallSession.ViewOnly'] : []),
    ...(may.end ? ['CompanyCallSession.FullAccess'] : []),
    ...(grants('extension_events') ? ['User.ViewOnly'] : []),
    ...(grants('cdr_events') ? ['Analytics.ViewOnly'] : []),
  ];
}
