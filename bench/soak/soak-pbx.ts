import { DEMO_DIALECT, type Dialect } from '../../src/demo/dialect.ts';
import type { PbxAnswer, PbxRequest } from '../../src/demo/http.ts';
import { OfficePbx, type Publisher } from '../../src/demo/office-pbx.ts';
import type { PushRules } from '../../src/demo/push/push-connection.ts';
import type { SessionPermissions } from '../../src/demo/routes/sessions.ts';
import type { Switchboard } from '../../src/demo/switchboard.ts';
import { PUSH_BY_PASSWORD } from '../../test/pbx/dialects.ts';
import type { SimClock } from '../fleet/sim-clock.ts';

export interface SoakPbxOptions {
  clock: SimClock;
  seed: number;
  publisher: () => Publisher;
  dialect?: Partial<Dialect>;
  may?: SessionPermissions;
}

/** The demo office on virtual time and without a network around it. */
export class SoakPbx {
  readonly #pbx: OfficePbx;

  constructor({ dialect, ...options }: SoakPbxOptions) {
    this.#pbx = new OfficePbx({ ...options, dialect: { ...DEMO_DIALECT, ...PUSH_BY_PASSWORD, ...dialect } });
  }

  get board(): Switchboard {
    return this.#pbx.board;
  }

  get rules(): PushRules {
    return this.#pbx.pushRules;
  }

  answer(request: PbxRequest): PbxAnswer {
    return this.#pbx.answer(request);
  }

  expireTokens(): void {
    this.#pbx.tokens.expireAccess();
  }

  revokeTokens(): void {
    this.#pbx.tokens.revokeAll();
    this.#pbx.sync.forgetAll();
  }

  /** All calls are gone, and nothing is pushed. */
  powerFails(): void {
    this.#pbx.powerFails();
  }
}
