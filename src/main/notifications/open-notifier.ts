import { join } from 'node:path';
import { app, Notification } from 'electron';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log-port.ts';
import { APP_ID } from '../app-id.ts';
import type { Desktop } from '../desktop-state.ts';
import { ChosenNotifier, type BackendSetting } from './choose-notifier.ts';
import { ElectronNotifier } from './electron-notifier.ts';
import { GatedNotifier } from './gated-notifier.ts';
import { NodeNotifierBackend } from './node-notifier-backend.ts';
import { NotificationService } from './notification-service.ts';
import type { NotifierEvents } from './notifier.ts';
import { isSigned } from './signed.ts';

export interface OpenNotifierOptions {
  setting: BackendSetting;
  /** The folder resources. */
  resources: string;
  clock: Clock;
  log: Log;
  /** Is told which backend works, and gets the notice when none does. */
  desktop: Desktop;
  /** A notification was clicked that this run of the program does not know (any more). */
  onActivate: () => void;
}

/** The notifications of this desktop, through the backend that the settings ask for. */
export function openNotifier(options: OpenNotifierOptions): ChosenNotifier {
  const { setting, resources, clock, log, desktop, onActivate } = options;
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
  if (platform === 'win32') Notification.handleActivation(onActivate);
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
    setting,
  );
}
