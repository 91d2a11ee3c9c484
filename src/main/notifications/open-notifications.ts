import { join } from 'node:path';
import { app, Notification } from 'electron';
import type { Clock } from '../../core/clock.ts';
import type { KeptReasons } from '../../core/history/history.ts';
import type { Log } from '../../core/log-port.ts';
import { Reasons } from '../../core/notify/reasons.ts';
import { showNumber } from '../../shared/show-number.ts';
import { APP_ID } from '../app-id.ts';
import type { Desktop } from '../desktop-state.ts';
import { ChosenNotifier } from './choose-notifier.ts';
import { ElectronNotifier } from './electron-notifier.ts';
import { GatedNotifier } from './gated-notifier.ts';
import { NodeNotifierBackend } from './node-notifier-backend.ts';
import { NotificationCenter, type NotificationCenterOptions } from './notification-center.ts';
import { NotificationService } from './notification-service.ts';
import type { NotifierEvents } from './notifier.ts';
import { isSigned } from './signed.ts';

export interface OpenNotificationsOptions extends Pick<
  NotificationCenterOptions,
  | 'clock'
  | 'settings'
  | 'extension'
  | 'pausedUntil'
  | 'messages'
  | 'favourites'
  | 'isSamePerson'
  | 'unseenMissed'
  | 'isHistoryBehind'
  | 'reminders'
  | 'onClick'
> {
  /** The folder resources. */
  resources: string;
  /** The reasons that are kept with the history of the account. */
  reasons: () => KeptReasons | null;
  log: Log;
  /** Receives which backend works, and the notice when none does. */
  desktop: Desktop;
}

/** How long the end of the program may wait for the notifications to be closed, in ms. */
const QUIT_WITHIN_MS = 3_000;

/** Creates the notification center with the backend that the settings name. */
export function openNotifications(options: OpenNotificationsOptions): {
  notifier: ChosenNotifier;
  notifications: NotificationCenter;
  reasons: Reasons;
} {
  const {
    clock,
    settings,
    extension,
    pausedUntil,
    messages,
    favourites,
    isSamePerson,
    unseenMissed,
    isHistoryBehind,
    reminders,
    onClick,
  } = options;
  const reasons = new Reasons(clock, options.reasons);
  const notifier = openNotifier(options, reasons);
  closeBeforeQuit(notifier, clock);
  const notifications = new NotificationCenter({
    clock,
    settings,
    extension,
    pausedUntil,
    formatNumber: (number) => showNumber(number, settings().dialling.country),
    messages,
    notifier,
    favourites,
    isSamePerson,
    unseenMissed,
    isHistoryBehind,
    reminders,
    reasons,
    onClick,
  });
  return { notifier, notifications, reasons };
}

function closeBeforeQuit(notifier: ChosenNotifier, clock: Clock): void {
  app.on('before-quit', (event) => {
    const closed = notifier.dispose();
    if (closed === null) return;
    event.preventDefault();
    const limit = new Promise<void>((done) => clock.after(QUIT_WITHIN_MS, done));
    void Promise.race([closed, limit]).then(() => app.quit());
  });
}

function openNotifier(
  { settings, resources, clock, log, desktop, onClick }: OpenNotificationsOptions,
  reasons: Reasons,
): ChosenNotifier {
  const icon = join(resources, 'app/notification.png');
  const platform = process.platform;
  const service = new NotificationService(clock);
  const electron = (events: NotifierEvents): ElectronNotifier =>
    new ElectronNotifier({
      Notification,
      platform,
      icon,
      events,
      signed: async () => app.isPackaged && (await isSigned(process.execPath)),
    });
  // Windows keeps notifications after the program has ended, and starts the program when one is clicked.
  if (platform === 'win32') Notification.handleActivation(() => onClick('calls'));
  return new ChosenNotifier(
    {
      electronSupported: () => Notification.isSupported(),
      create: {
        electron: (events) =>
          platform === 'linux' ? new GatedNotifier({ electron, service, clock, events }) : electron(events),
        'node-notifier': (events) =>
          new NodeNotifierBackend({
            platform,
            // Other programs cannot read a file inside the packaged archive.
            icon: icon.replace('app.asar', 'app.asar.unpacked'),
            windowsAppId: app.isPackaged ? APP_ID : null,
            clock,
            events,
            replaces: () => service.replaces(),
          }),
      },
      onStatus: ({ backend, notice }) => {
        desktop.change({ notifier: backend });
        if (notice === null) desktop.withdraw('notifications-missing');
        else desktop.showNotice(notice);
      },
      onReport: (key, problem) => reasons.recordReport(key, problem),
      onFailure: (backend, failure) => log.warn(`Notification through ${backend} failed: ${failure.detail}`),
    },
    settings().notifications.backend,
  );
}
