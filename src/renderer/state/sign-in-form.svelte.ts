import type { AppError, CertificateSummary } from '../../shared/errors.ts';
import type { ServerInfo } from '../../shared/account.ts';
import type { Result } from '../../shared/result.ts';
import type { AccountState } from '../../shared/state.ts';
import { readPortalLink, type PortalLink } from './portal-link.ts';
import type { SignInField } from './sign-in-errors.ts';
import type { Store } from './store.svelte.ts';

type Action = 'test' | 'sign-in' | 'demo';

/** What is wrong with a field, as far as it is known before a request. */
type FieldProblem = 'missing' | 'invalid';

/** The state of the sign-in form. What the user typed stays after an error. */
export class SignInForm {
  #store: Store;
  /** The certificate that the user trusts, and the address of its server. */
  #trust: { fingerprint: string; address: string } | null = null;
  address = $state('');
  domain = $state('');
  username = $state('');
  password = $state('');
  remember = $state(true);
  busy = $state<Action | null>(null);
  lastAction = $state<Action>('sign-in');
  error = $state.raw<AppError | null>(null);
  info = $state.raw<ServerInfo | null>(null);
  /** The link to the web portal from which `address` was taken; null if the user typed the address. */
  link = $state.raw<PortalLink | null>(null);
  problems = $state.raw<Partial<Record<SignInField, FieldProblem>>>({});

  constructor(store: Store, account: AccountState) {
    this.#store = store;
    // The form must not begin with the address of the demo.
    if (account.demo) return;
    this.address = account.address;
    this.domain = account.domain;
    this.username = account.username;
  }

  /** Whether everything but the password is filled in. */
  get isComplete(): boolean {
    return [this.address, this.domain, this.username].every((text) => text !== '');
  }

  /** The certificate that prevents the sign-in, and whether the user may trust it; null if there is none. */
  get certificate(): { error: AppError; summary: CertificateSummary; trustable: boolean } | null {
    const { error } = this;
    if (error?.certificate === undefined) return null;
    return { error, summary: error.certificate, trustable: error.code === 'tls-untrusted' };
  }

  /** Returns to the form without trusting the certificate. */
  doubt(): void {
    this.error = null;
  }

  /**
   * If the address is a link to the web portal, replaces it with the address of the server. Must be called when the field
   * was left, or pasted into.
   */
  readLink(): void {
    const link = readPortalLink(this.address);
    if (link === null) {
      // The user has edited the address since.
      if (this.link?.address !== this.address) this.link = null;
      return;
    }
    this.address = link.address;
    this.link = link;
  }

  async test(): Promise<void> {
    if (this.busy !== null || !this.#checkFields(['address'])) return;
    const { address, domain } = this;
    const answer = await this.#run('test', () =>
      this.#store.send('account.test', { address, domain, trustFingerprint: this.#fingerprint() }),
    );
    if (answer.ok) this.info = answer.value;
  }

  async signIn(): Promise<void> {
    if (this.busy !== null || !this.#checkFields(['address', 'domain', 'username', 'password'])) return;
    const { address, domain, username, password, remember } = this;
    await this.#run('sign-in', () =>
      this.#store.send('account.sign-in', {
        address,
        domain,
        username,
        password,
        remember,
        trustFingerprint: this.#fingerprint(),
      }),
    );
  }

  /** The user trusts the certificate: repeats the action that failed because of it. */
  async trust(certificate: CertificateSummary): Promise<void> {
    this.#trust = { fingerprint: certificate.sha256, address: this.address };
    // The demo needs no certificate.
    await (this.lastAction === 'test' ? this.test() : this.signIn());
  }

  /** Stops trusting the previous certificate of the server. The next attempt shows the new one and asks. */
  async forget(): Promise<void> {
    const answer = await this.#store.send('account.forget-certificate', { address: this.address });
    this.#trust = null;
    this.error = answer.ok ? null : answer.error;
  }

  async startDemo(): Promise<void> {
    if (this.busy !== null) return;
    this.problems = {};
    await this.#run('demo', () => this.#store.send('account.start-demo', null));
  }

  #fingerprint(): string | null {
    // The certificate is only trusted for the server that it belongs to.
    return this.#trust?.address === this.address ? this.#trust.fingerprint : null;
  }

  /** Checks that the fields are filled in, and notes what is missing or invalid. */
  #checkFields(fields: SignInField[]): boolean {
    this.readLink();
    const problems = fields.flatMap((field): [SignInField, FieldProblem][] => {
      const text = this[field].trim();
      if (text === '') return [[field, 'missing']];
      return field === 'domain' && /\s/u.test(text) ? [[field, 'invalid']] : [];
    });
    this.problems = Object.fromEntries(problems);
    if (problems.length > 0) this.error = this.info = null;
    return problems.length === 0;
  }

  async #run<T>(action: Action, ask: () => Promise<Result<T>>): Promise<Result<T>> {
    this.busy = this.lastAction = action;
    this.error = this.info = null;
    const answer = await ask();
    this.busy = null;
    if (!answer.ok) this.error = answer.error;
    return answer;
  }
}
