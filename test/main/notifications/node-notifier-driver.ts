import { writeSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { systemClock } from '../../../src/core/clock.ts';
import { NodeNotifierBackend } from '../../../src/main/notifications/node-notifier-backend.ts';
import { NotificationService } from '../../../src/main/notifications/notification-service.ts';
import type { DesktopNotification, NotifierFailure } from '../../../src/main/notifications/notifier.ts';

// The program that drive-node-notifier.ts runs: the real backend in a separate environment.
export interface DriverReport {
  shown: string[];
  failures: NotifierFailure[];
}

/** A notification to show, or the key of one to close. */
export type DriverStep = DesktopNotification | { close: string };

const service = new NotificationService(systemClock);
const steps = JSON.parse(await text(process.stdin)) as DriverStep[];
const report: DriverReport = { shown: [], failures: [] };

// The process ends by itself when nothing is pending.
process.on('exit', () => writeSync(1, JSON.stringify(report)));

const backend = new NodeNotifierBackend({
  platform: 'linux',
  icon: '/usr/share/icons/none.png',
  windowsAppId: null,
  clock: systemClock,
  replaces: () => service.replaces(),
  events: {
    onShown: (key) => report.shown.push(key),
    onFailure: (failure) => report.failures.push(failure),
  },
});
for (const step of steps) {
  if ('close' in step) backend.close(step.close);
  else backend.show(step, () => undefined);
}
