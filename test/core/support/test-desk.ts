import { vi } from 'vitest';
import { keyOf } from '../../../src/core/account/account-key.ts';
import type { AccountStore, SavedAccount, Secrets } from '../../../src/core/account/account-store.ts';
import { systemClock, type Clock } from '../../../src/core/clock.ts';
import { Desk, type DeskOptions } from '../../../src/core/desk.ts';
import { recentsHistories, type RecentsFile } from '../../../src/core/history/recents-history.ts';
import { silentLog } from '../../support/silent-log.ts';
import type { Tokens } from '../../../src/core/pbx/tokens.ts';
import { DEFAULT_SETTINGS } from '../../../src/core/settings/defaults.ts';
import type { TestPbx } from '../../pbx/test-pbx.ts';
import type { CallEvent } from '../../../src/shared/call.ts';
import { appError } from '../../../src/shared/errors.ts';
import type { SignInForm } from '../../../src/shared/account.ts';
import { err, ok, type Result } from '../../../src/shared/result.ts';
import type { Settings } from '../../../src/shared/settings.ts';
import type { TrustedCertificate } from '../../../src/shared/state.ts';
import { NETWORK } from '../../../src/core/pbx/transport.ts';

/** An account store in memory that a test can inspect. */
export class MemoryAccounts implements AccountStore {
  accounts: SavedAccount[] = [];
  certificates: TrustedCertificate[] = [];
  readonly sealed = new Map<string, Secrets>();
  demo = false;
  /** The key store cannot decrypt what it encrypted before. */
  unreadable = false;
  /** The key store answers after this. */
  slow: Promise<unknown> = Promise.resolve();
  /** The key store takes secrets until this. */
  slowSaving: Promise<void> = Promise.resolve();

  /** Of the account used last. */
  get account(): SavedAccount | null {
    return this.accounts[0] ?? null;
  }

  get tokens(): Tokens | null {
    return this.account === null ? null : (this.sealed.get(keyOf(this.account))?.tokens ?? null);
  }

  saveAccounts(accounts: readonly SavedAccount[]): void {
    this.accounts = [...accounts];
    const keys = accounts.map(keyOf);
    for (const key of this.sealed.keys()) if (!keys.includes(key)) this.sealed.delete(key);
  }

  saveCertificates(certificates: readonly TrustedCertificate[]): void {
    this.certificates = [...certificates];
  }

  hasSecrets(key: string): boolean {
    return this.sealed.has(key);
  }

  async loadSecrets(key: string): Promise<Result<Secrets | null>> {
    const secrets = this.sealed.get(key) ?? null;
    await this.slow;
    return this.unreadable ? err(appError('secrets-unreadable')) : ok(secrets);
  }

  saveSecrets(key: string, secrets: Secrets | null): Promise<void> {
    if (secrets === null) this.sealed.delete(key);
    else this.sealed.set(key, secrets);
    return this.slowSaving;
  }
}

/** Remembers in memory which countries the window has shown. */
export class MemoryCountries {
  readonly #byAccount = new Map<string, readonly string[]>();

  shownCountries(account: string): readonly string[] {
    return this.#byAccount.get(account) ?? [];
  }

  saveShownCountries(account: string, codes: readonly string[]): void {
    this.#byAccount.set(account, codes);
  }
}

export interface TestDesk {
  desk: Desk;
  accounts: MemoryAccounts;
  events: CallEvent[];
  /** How often the window was asked to open. */
  attention: () => number;
  /** How often everything known of calls was dropped. */
  disconnected: () => number;
}

/** A desk, by default on the real clock, polling as fast as its settings allow. */
export function openTestDesk({
  clock = systemClock,
  accounts = new MemoryAccounts(),
  settings = {},
  saveRecents = () => {},
  histories,
  people = { path: () => null, forget: () => undefined },
  openDemo = () => Promise.resolve(err(appError('demo-failed'))),
  authorities = () => undefined,
  country = { system: '', memory: new MemoryCountries() },
}: {
  clock?: Clock;
  authorities?: DeskOptions['authorities'];
  country?: DeskOptions['country'];
  accounts?: MemoryAccounts;
  openDemo?: DeskOptions['openDemo'];
  saveRecents?: RecentsFile['save'];
  histories?: DeskOptions['histories'];
  people?: DeskOptions['people'];
  settings?: { [G in keyof Settings]?: Partial<Settings[G]> };
} = {}): TestDesk {
  const chosen: Settings = {
    ...DEFAULT_SETTINGS,
    polling: { intervalSeconds: 2, requestsPerMinute: 120, ...settings.polling },
    identity: { ...DEFAULT_SETTINGS.identity, ...settings.identity },
    dialling: { ...DEFAULT_SETTINGS.dialling, ...settings.dialling },
    secrets: { ...DEFAULT_SETTINGS.secrets, ...settings.secrets },
  };
  const events: CallEvent[] = [];
  let attention = 0;
  let disconnected = 0;
  const desk = new Desk({
    transport: NETWORK,
    clock,
    log: silentLog,
    accounts,
    openDemo,
    proxyFor: () => Promise.resolve('DIRECT'),
    authorities,
    settings: () => chosen,
    histories: histories ?? recentsHistories({ load: () => [], save: saveRecents }, clock),
    favourites: { open: () => {}, forget: () => {}, all: [] },
    people,
    userActivity: () => ({ windowVisible: true, idle: false }),
    onChange: () => {},
    onEvents: (more) => events.push(...more),
    onSignedOut: () => {
      disconnected += 1;
    },
    onAttention: () => {
      attention += 1;
    },
    country,
  });
  return { desk, accounts, events, attention: () => attention, disconnected: () => disconnected };
}

export function formFor(pbx: TestPbx, change: Partial<SignInForm> = {}): SignInForm {
  return {
    address: pbx.address,
    domain: pbx.account.domain,
    username: pbx.account.username,
    password: pbx.account.password,
    trustFingerprint: pbx.fingerprint,
    remember: true,
    ...change,
  };
}

/** Waits until `check` stops throwing; PBX and desk run in real time here. */
export const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 60_000, interval: 20 });
