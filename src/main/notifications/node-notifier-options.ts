import { createHash } from 'node:crypto';
import type { Announcement } from '../../core/notify/announcement.ts';
import { withoutMarkup } from '../../core/notify/without-markup.ts';

/** What node-notifier gets for one notification; keys as its README and lib/utils.js name them. */
export type NodeNotifierOptions = Record<string, string | number | boolean>;

/** notify-send cannot take a notification back, so one that cannot be closed must not stay. Seconds. */
const STAYS_SECONDS = 20;

/**
 * For notify-send. node-notifier puts title and message bare on a command line: a leading dash would be an option,
 * which hides the notification. notify-send decodes backslashes in the body (g_strcompress), through which "\074" would
 * become a "<" again. Only one hint can be given; of those that replace a notification this one is known to most
 * servers (dunst, mako, swaync, xfce4-notifyd, notify-osd); the others show the change as a second notification.
 */
export function linuxOptions({ key, title, body, urgency }: Announcement, icon: string): NodeNotifierOptions {
  return {
    title: guarded(title),
    message: guarded(withoutMarkup(body).replaceAll('\\', '∖')),
    urgency,
    icon,
    'app-name': 'Traydial',
    hint: `string:x-canonical-private-synchronous:${tagOf(key)}`,
    'expire-time': STAYS_SECONDS,
  };
}

/**
 * For terminal-notifier, which reads its arguments as property lists: "[x]" or "(a, b)" would not be text.
 * node-notifier quotes them, which makes each a string; the guard is for the day when it no longer does.
 */
export function macOptions({ key, title, body }: Announcement): NodeNotifierOptions {
  return { title: guarded(title), message: guarded(body), group: tagOf(key), timeout: STAYS_SECONDS };
}

/**
 * For SnoreToast. With an appID the toast carries the program's name, yet shows only where a Start-menu shortcut has
 * that id, so it is given for installed copies only; without one the toast is titled "SnoreToast".
 */
export function windowsOptions(
  { key, title, body }: Announcement,
  icon: string,
  appId: string | null,
): NodeNotifierOptions {
  return {
    title: guarded(title),
    message: guarded(body),
    icon,
    id: tagOf(key),
    ...(appId === null ? {} : { appID: appId }),
  };
}

/** What a reader of command lines or property lists may take for something else than text. */
const SPECIAL_START = /^[-[({<"'/\\@]/;

/** A no-break space in front: the reader sees the same, and no program sees an option. Empty text is refused. */
function guarded(text: string): string {
  if (text === '') return '\u00a0';
  return SPECIAL_START.test(text) ? `\u00a0${text}` : text;
}

/** Session ids come from outside; a hash of one can stand in any command, and within the 16 characters of Windows. */
export function tagOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 16);
}
