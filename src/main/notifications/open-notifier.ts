import { join } from 'node:path';
import { app, Notification } from 'electron';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log-port.ts';
import { APP_ID } from '../app-id.ts';
import type { Desktop } from '../desktop-state.ts';
import { ChosenNotifier, type BackendSetting } from './choose-notifier.ts';
import { ElectronNotifier } from './electron-notifier.ts';
import { NodeNotifierBackend } from './node-notifier-backend.ts';

export interface OpenNotifierOptions {
  setting: BackendSetting;
  /** The folder resources. */
  resources: string;
  clock: Clock;
  log: Log;
  /** Is told which backend works, and gets the notice when none does. */
  desktop: Desktop;
}

/** The notifications of this desktop, through the backend that the settings ask for. */
export function openNotifier({ setting, resources, clock, log, desktop }: OpenNotifierOptions): ChosenNotifier {
  const icon = join(resources, 'app/notification.png');
  const platform = process.platform;
  return new ChosenNotifier(
    {
      electronSupported: () => Notification.isSupported(),
      create: {
        electron: (events) => new ElectronNotifier({ Notification, platform, icon, events }),
        'node-notifier': (events) =>
          new NodeNotifierBackend({
            platform,
            // A program outside cannot read a file inside the packed application.
            icon: icon.replace('app.asar', 'app.asar.unpacked'),
            windowsAppId: app.isPackaged ? APP_ID : null,
            clock,
            events,
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
