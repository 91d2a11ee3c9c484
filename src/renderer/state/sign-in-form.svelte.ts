import type { AppError, CertificateSummary } from '../../shared/errors.ts';
import type { ServerInfo } from '../../shared/account.ts';
import type { Result } from '../../shared/result.ts';
import type { AccountState } from '../../shared/state.ts';
import { readPortalLink, type PortalLink } from './portal-link.ts';
import type { SignInField } from './sign-in-errors.ts';
import type { Store } from './store.svelte.ts';

type Action = 'test' | 'sign-in' | 'demo';

/** What is wrong with a field before the PBX is asked. */
type FieldProblem = 'missing' | 'invalid';

/** The sign-in form: keeps what was typed through every refusal. */
export class SignInForm {
  #store: Store;
  /** The certificate the user said to trust, and the address it was shown for. */
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
  /** The link to the web portal that `address` was taken from; null when it was typed. */
  link = $state.raw<PortalLink | null>(null);
  problems = $state.raw<Partial<Record<SignInField, FieldProblem>>>({});

  constructor(store: Store, account: AccountState) {
    this.#store = store;
    // The demo fills in its own address, which is no use in the form.
    if (account.demo) return;
    this.address = account.address;
    this.domain = account.domain;
    this.username = account.username;
  }

  /** The certificate that prevents the sign-in, and whether it may be trusted from here. */
  get certificate(): { error: AppError; summary: CertificateSummary; trustable: boolean } | null {
    const { error } = this;
    if (error?.certificate === undefined) return null;
    return { error, summary: error.certificate, trustable: error.code === 'tls-untrusted' };
  }

  /** Back to the form, without trusting. */
  doubt(): void {
    this.error = null;
  }

  /** Puts the address of a link to the web portal in its place. Called when the field is left or was pasted into. */
  readLink(): void {
    const link = readPortalLink(this.address);
    if (link === null) {
      if (this.link?.address !== this.address) this.link = null;
      return;
    }
    this.address = link.address;
    this.link = link;
  }

  async test(): Promise<void> {
    if (this.busy !== null || !this.#complete(['address'])) return;
    const { address, domain } = this;
    const answer = await this.#run('test', () =>
      this.#store.send('account.test', { address, domain, trustFingerprint: this.#fingerprint() }),
    );
    if (answer.ok) this.info = answer.value;
  }

  async signIn(): Promise<void> {
    if (this.busy !== null || !this.#complete(['address', 'domain', 'username', 'password'])) return;
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

  /** The user compared the fingerprint: try again what was refused for it. */
  async trust(certificate: CertificateSummary): Promise<void> {
    this.#trust = { fingerprint: certificate.sha256, address: this.address };
    await (this.lastAction === 'test' ? this.test() : this.signIn());
  }

  /** The administrator confirmed the change: the next attempt shows the new certificate and asks. */
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
    // Trust in one server says nothing about another one.
    return this.#trust?.address === this.address ? this.#trust.fingerprint : null;
  }

  #complete(fields: SignInField[]): boolean {
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
