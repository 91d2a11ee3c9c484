import { join } from 'node:path';
import { app, Notification } from 'electron';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log-port.ts';
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
  'clock' | 'settings' | 'extension' | 'pausedUntil' | 'onClick'
> {
  /** The folder resources. */
  resources: string;
  log: Log;
  /** Is told which backend works, and gets the notice when none does. */
  desktop: Desktop;
}

/** What stands on the screen is taken off before the program ends, where that takes no longer than this, in ms. */
const QUIT_WITHIN_MS = 3_000;

/** The notifications of this desktop, through the backend that the settings ask for. */
export function openNotifications(options: OpenNotificationsOptions): {
  notifier: ChosenNotifier;
  notifications: NotificationCenter;
} {
  const { clock, settings, extension, pausedUntil, onClick } = options;
  const notifier = openNotifier(options);
  takeOffBeforeQuit(notifier, clock);
  const notifications = new NotificationCenter({
    clock,
    settings,
    extension,
    pausedUntil,
    formatNumber: (number) => showNumber(number, settings().dialling.country),
    notifier,
    onClick,
  });
  return { notifier, notifications };
}

function takeOffBeforeQuit(notifier: ChosenNotifier, clock: Clock): void {
  app.on('before-quit', (event) => {
    const leaving = notifier.dispose();
    if (leaving === null) return;
    event.preventDefault();
    const limit = new Promise<void>((done) => clock.after(QUIT_WITHIN_MS, done));
    void Promise.race([leaving, limit]).then(() => app.quit());
  });
}

function openNotifier({ settings, resources, clock, log, desktop, onClick }: OpenNotificationsOptions): ChosenNotifier {
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
  // Windows keeps notifications longer than the program runs, and starts it when one is clicked.
  if (platform === 'win32') Notification.handleActivation(onClick);
  return new ChosenNotifier(
    {
      electronSupported: () => Notification.isSupported(),
      create: {
        electron: (events) =>
          platform === 'linux' ? new GatedNotifier({ electron, service, clock, events }) : electron(events),
        'node-notifier': (events) =>
          new NodeNotifierBackend({
            platform,
            // A program outside cannot read a file inside the packed application.
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
        else desktop.notice(notice);
      },
      onFailure: (backend, failure) => log.warn(`Notification through ${backend} failed: ${failure.detail}`),
    },
    settings().notifications.backend,
  );
}
