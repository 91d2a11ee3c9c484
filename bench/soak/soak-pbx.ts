import { Accounts } from '../../src/demo/accounts.ts';
import { CdrSync } from '../../src/demo/cdr-sync.ts';
import { CallHistory } from '../../src/demo/cdrs.ts';
import type { PbxAnswer, PbxRequest } from '../../src/demo/http.ts';
import { CallEvents } from '../../src/demo/push/call-events.ts';
import { ExtensionEvents } from '../../src/demo/push/extension-events.ts';
import type { PushRules } from '../../src/demo/push/push-connection.ts';
import { Random } from '../../src/demo/random.ts';
import { Router } from '../../src/demo/router.ts';
import { authRoutes } from '../../src/demo/routes/auth.ts';
import { cdrRoutes } from '../../src/demo/routes/cdrs.ts';
import { infoRoutes } from '../../src/demo/routes/info.ts';
import { sessionRoutes } from '../../src/demo/routes/sessions.ts';
import { userRoutes } from '../../src/demo/routes/user.ts';
import { sessionIds } from '../../src/demo/session-ids.ts';
import { Switchboard } from '../../src/demo/switchboard.ts';
import { Tokens } from '../../src/demo/tokens.ts';
import type { SimClock } from '../fleet/sim-clock.ts';

export interface Published {
  publishCall(frame: object): void;
  publishExtension(extension: string, frame: object): void;
}

const TOKEN_LIFETIME_S = 1_800;

/** The demo PBX on virtual time and without a network around it. */
export class SoakPbx {
  readonly board: Switchboard;
  readonly rules: PushRules;
  readonly #tokens: Tokens;
  readonly #sync: CdrSync;
  readonly #extensions: ExtensionEvents;
  readonly #router: Router;

  constructor(clock: SimClock, seed: number, push: () => Published) {
    const now = (): number => clock.now();
    this.#tokens = new Tokens(clock, TOKEN_LIFETIME_S);
    this.board = new Switchboard(clock, sessionIds(clock.now(), new Random(seed, 'ids')));
    const history = new CallHistory(now);
    this.#sync = new CdrSync(history);
    const accounts = new Accounts(clock);
    this.#extensions = new ExtensionEvents({
      board: this.board,
      now,
      words: '22.3',
      publish: (extension, frame) => push().publishExtension(extension, frame),
    });
    this.board.observe(history);
    this.board.observe(this.#extensions);
    this.board.observe(new CallEvents(now, (frame) => push().publishCall(frame)));
    this.rules = {
      accounts,
      tokens: this.#tokens,
      takesTokens: false,
      twoFactor: false,
      acks: 'status',
      mayListen: { extension_events: true, cdr_events: true },
      statusOf: (extensions) => this.#extensions.status(extensions),
    };
    this.#router = new Router(
      [
        ...infoRoutes,
        ...authRoutes({ accounts, tokens: this.#tokens, twoFactor: null, mustChangePassword: false, capabilities: [] }),
        ...userRoutes(this.board, '22.3'),
        ...cdrRoutes(history, this.#sync),
        ...sessionRoutes({ clock, board: this.board, mayList: true, mayEnd: true, talkingTime: 'always' }),
      ],
      (token) => this.#tokens.userOf(token),
    );
  }

  answer(request: PbxRequest): PbxAnswer {
    return this.#router.answer(request);
  }

  expireTokens(): void {
    this.#tokens.expireAccess();
  }

  revokeTokens(): void {
    this.#tokens.revokeAll();
    this.#sync.forgetAll();
  }

  /** All calls are gone without a word. */
  powerFails(): void {
    this.board.clear();
    this.#extensions.forget();
  }
}
