import type { NotifierFailure } from './notifier.ts';

/** Every reason why a notification was not shown, as a sentence for the user. */
type Made = (key: string, detail: string) => NotifierFailure;

export const notShown: Made = (key, detail) => ({
  reason: 'not-shown',
  key,
  message: 'Your desktop did not show a notification.',
  action: 'Check that a notification service runs on your desktop.',
  detail,
});

export const refused: Made = (key, detail) => ({
  reason: 'not-allowed',
  key,
  message: 'Your system does not let Traydial show notifications.',
  action: 'Allow them in the settings of your system.',
  page: 'notification-settings',
  detail,
});

export const noService: Made = (key, detail) => ({
  reason: 'no-service',
  key,
  message: 'No notification service runs on your desktop.',
  action: 'Start or install one, for example dunst or mako.',
  detail,
});

export const noAnswer: Made = (key, detail) => ({
  reason: 'no-answer',
  key,
  message: 'The notification service of your desktop does not answer.',
  action: 'Restart it, or sign out of your desktop and in again.',
  detail,
});

export const cannotAsk: Made = (key, detail) => ({
  reason: 'cannot-ask',
  key,
  message: 'Traydial cannot find out whether the notification service of your desktop answers.',
  action: 'Install gdbus (package libglib2.0-bin, or glib2 on Fedora and Arch).',
  detail,
});

export const notifySendMissing: Made = (key, detail) => ({
  reason: 'unsupported',
  key,
  message: 'This computer cannot show notifications: the program notify-send is missing.',
  action: 'Install it (package libnotify-bin, or libnotify on Fedora and Arch).',
  detail,
});

export const notLoaded: Made = (key, detail) => ({
  reason: 'unsupported',
  key,
  message: 'Traydial could not load the part that shows notifications.',
  action: 'Install Traydial again.',
  detail,
});
