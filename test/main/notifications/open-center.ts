import { Reasons } from '../../../src/core/notify/reasons.ts';
import { DEFAULT_SETTINGS } from '../../../src/core/settings/defaults.ts';
import {
  NotificationCenter,
  type NotificationCenterOptions,
} from '../../../src/main/notifications/notification-center.ts';
import { ENGLISH } from '../../../src/messages/main.ts';
import type { HistoryCall } from '../../../src/shared/history.ts';
import type { Settings } from '../../../src/shared/settings.ts';
import { ManualClock } from '../../support/manual-clock.ts';

interface OpenCenter extends Partial<Omit<NotificationCenterOptions, 'clock' | 'settings'>> {
  clock?: ManualClock;
  /** The missed calls of the history that the user has not seen. */
  missed?: HistoryCall[];
  notifications?: Partial<Settings['notifications']>;
}

/** A notification center with a screen that the test reads. */
export function openCenter({ clock = new ManualClock(), missed = [], notifications = {}, ...more }: OpenCenter = {}) {
  const screen: { title: string; body: string; silent: boolean; click: () => void }[] = [];
  const closed: string[] = [];
  const views: string[] = [];
  const reasons = new Reasons(clock);
  const settings = { ...DEFAULT_SETTINGS, notifications: { ...DEFAULT_SETTINGS.notifications, ...notifications } };
  const center = new NotificationCenter({
    clock,
    unseenMissed: (since) => missed.filter(({ endedAt }) => endedAt >= since),
    isHistoryBehind: () => false,
    reminders: { next: () => null, take: () => [], announced: () => [] },
    favourites: () => [],
    isSamePerson: () => false,
    reasons,
    settings: () => settings,
    extension: () => '1001',
    pausedUntil: () => null,
    formatNumber: (number) => number,
    messages: () => ENGLISH,
    notifier: {
      show: ({ title, body, silent }, click) => void screen.push({ title, body, silent, click }),
      close: (key) => void closed.push(key),
    },
    onClick: (view) => views.push(view),
    ...more,
  });
  return { center, clock, missed, reasons, screen, closed, views, titles: () => screen.map(({ title }) => title) };
}

/** A missed call of the history. Its id is the name unless `id` is given. */
export const missedCall = (name: string, number: string, endedAt: number, id = name): HistoryCall => ({
  id,
  number,
  name,
  direction: 'incoming',
  outcome: 'missed',
  at: endedAt - 20_000,
  endedAt,
  answeredAt: null,
  called: '',
  seconds: null,
  provenance: 'caller',
  unseen: true,
});
