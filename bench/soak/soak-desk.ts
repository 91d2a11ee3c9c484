import type { AccountStore, SavedAccount } from '../../src/core/account/account-store.ts';
import { Desk } from '../../src/core/desk.ts';
import type { Histories } from '../../src/core/history/history.ts';
import { recentsHistories } from '../../src/core/history/recents-history.ts';
import { silentLog } from '../../test/support/silent-log.ts';
import { Reasons } from '../../src/core/notify/reasons.ts';
import { PushClient } from '../../src/core/pbx/push/push-client.ts';
import { DEFAULT_SETTINGS } from '../../src/core/settings/defaults.ts';
import { ACCOUNT } from '../../src/demo/office.ts';
import { NotificationCenter } from '../../src/main/notifications/notification-center.ts';
import type { CallEvent } from '../../src/shared/call.ts';
import type { RecentCall } from '../../src/shared/dial.ts';
import { appError } from '../../src/shared/errors.ts';
import { err, ok, type Result } from '../../src/shared/result.ts';
import type { DeskClock } from './desk-clock.ts';
import type { SoakPush } from './soak-push.ts';
import type { SoakRest } from './soak-rest.ts';
import { ENGLISH } from '../../src/messages/main.ts';

export interface SoakDeskOptions {
  clock: DeskClock;
  rest: SoakRest;
  push: SoakPush;
  onChange: () => void;
  onEvents: (events: CallEvent[]) => void;
  /** A new notification is shown. */
  onNotified: (key: string) => void;
  /** The recent calls in memory by default. */
  histories?: Histories;
}

/** Nothing is saved, because the program never restarts. */
class Accounts implements AccountStore {
  demo = false;
  accounts: readonly SavedAccount[] = [];
  readonly certificates = [];

  saveAccounts(accounts: readonly SavedAccount[]): void {
    this.accounts = accounts;
  }

  saveCertificates(): void {
    // There are none: the computer trusts this PBX.
  }

  hasSecrets(): boolean {
    return false;
  }

  loadSecrets(): Promise<Result<null>> {
    return Promise.resolve(ok(null));
  }

  saveSecrets(): Promise<void> {
    return Promise.resolve();
  }
}

/** The program without its window: the real desk and notifications on simulated connections. */
export class SoakDesk {
  readonly desk: Desk;
  readonly #onScreen = new Set<string>();

  constructor({ clock, rest, push, onChange, onEvents, onNotified, histories }: SoakDeskOptions) {
    const notifications = new NotificationCenter({
      clock,
      settings: () => DEFAULT_SETTINGS,
      extension: () => ACCOUNT.extension,
      pausedUntil: () => null,
      unseenMissed: () => [],
      isHistoryBehind: () => false,
      reminders: { next: () => null, take: () => [], announced: () => [] },
      reasons: new Reasons(clock),
      favourites: () => [],
      isSamePerson: () => false,
      messages: () => ENGLISH,
      formatNumber: (number) => number,
      notifier: {
        show: ({ key, urgency }) => {
          if (!this.#onScreen.has(key)) onNotified(key);
          // The user dismisses notifications about missed calls.
          if (urgency === 'normal') this.#onScreen.add(key);
          else this.#onScreen.delete(key);
        },
        close: (key) => this.#onScreen.delete(key),
      },
      onClick: () => {},
    });
    let recents: RecentCall[] = [];
    this.desk = new Desk({
      clock,
      log: silentLog,
      accounts: new Accounts(),
      openDemo: () => Promise.resolve(err(appError('demo-failed'))),
      proxyFor: () => Promise.resolve('DIRECT'),
      authorities: () => undefined,
      transport: {
        openHttp: (options) => rest.port(options),
        openPush: (options) =>
          new PushClient({ ...options, open: (_endpoint, _options, signal) => push.connect(signal) }),
      },
      settings: () => DEFAULT_SETTINGS,
      userActivity: () => ({ windowVisible: false, idle: false }),
      favourites: { open: () => {}, forget: () => {}, all: [] },
      people: { path: () => null, forget: () => undefined },
      histories:
        histories ??
        recentsHistories(
          {
            load: () => recents,
            save: (_account, saved) => {
              recents = saved;
            },
          },
          clock,
        ),
      onChange: (slice) => {
        if (slice === 'calls') notifications.callsChanged(this.desk.calls.calls);
        onChange();
      },
      onEvents: (events) => {
        onEvents(events);
        notifications.happened(events);
      },
      onSignedOut: () => notifications.clear(),
      onAttention: () => {},
      country: { system: '', memory: { shownCountries: () => [], saveShownCountries: () => undefined } },
    });
  }

  /** Signs in, and a second time if that fails. */
  async signIn(): Promise<void> {
    const { domain, username, password } = ACCOUNT;
    const form = { address: 'pbx.test', domain, username, password, trustFingerprint: null, remember: true };
    await this.desk.accounts.signIn(form);
  }

  /** Notifications on the screen. */
  get notified(): ReadonlySet<string> {
    return this.#onScreen;
  }
}
