import { createHash } from 'node:crypto';
import { withoutMarkup } from '../../core/notify/without-markup.ts';
import type { DesktopNotification } from './notifier.ts';

/** Options of node-notifier for one notification; the keys are from its README and lib/utils.js. */
export type NodeNotifierOptions = Record<string, string | number | boolean>;

/** How long a notification that the program does not close stays on the screen, in seconds. */
const BRIEF_SECONDS = 20;
/**
 * How long the notification of a ringing call stays on a desktop that cannot close it, in seconds: as long as phones
 * usually ring.
 */
const RINGING_SECONDS = 60;
/** The same on macOS, in seconds. The program closes it there when the call ends, unless the program has crashed. */
const MAC_RINGING_SECONDS = 600;
/** The shortest time in seconds that notify-send accepts. It counts in ms, and 0 means for ever. */
const AT_ONCE_SECONDS = 0.001;

/**
 * For notify-send. node-notifier puts title and message on a command line as they are: a leading dash would make them an
 * option, and the notification would not be shown. notify-send decodes backslashes in the body (g_strcompress), so
 * "\074" would become a "<" again. Only one hint can be given; of those that replace a notification this one is known
 * to most servers (dunst, mako, swaync, xfce4-notifyd, notify-osd); the others show the change as a second notification.
 * There is no second hint for a notification without a sound, so the server decides about that.
 * `replaces`: this server is one of them, so that another notification can replace one that never expires.
 */
export function linuxOptions(
  { key, title, body, urgency, stays }: DesktopNotification,
  icon: string,
  replaces: boolean,
): NodeNotifierOptions {
  return {
    title: guarded(title),
    message: guarded(withoutMarkup(body).replaceAll('\\', '∖')),
    urgency,
    icon,
    'app-name': 'Traydial',
    hint: `string:x-canonical-private-synchronous:${tagOf(key)}`,
    'expire-time': stays ? (replaces ? 0 : RINGING_SECONDS) : BRIEF_SECONDS,
  };
}

/** For notify-send: replaces the notification and expires at once. */
export function linuxWithdrawal(notification: DesktopNotification, icon: string): NodeNotifierOptions {
  return { ...linuxOptions({ ...notification, urgency: 'low' }, icon, true), 'expire-time': AT_ONCE_SECONDS };
}

/**
 * For terminal-notifier, which reads its arguments as property lists: "[x]" or "(a, b)" would not be text.
 * node-notifier quotes them, which makes each a string; the guard is there in case it stops doing so.
 */
export function macOptions({ key, title, body, stays, silent }: DesktopNotification): NodeNotifierOptions {
  const timeout = stays ? MAC_RINGING_SECONDS : BRIEF_SECONDS;
  return {
    title: guarded(title),
    message: guarded(body),
    group: tagOf(key),
    timeout,
    ...(silent ? {} : { sound: 'default' }),
  };
}

/**
 * For SnoreToast. With an appID the toast carries the program's name, but shows only if a Start-menu shortcut has
 * that id, so it is given for installed copies only; without one the toast is titled "SnoreToast".
 */
export function windowsOptions(
  { key, title, body, silent }: DesktopNotification,
  icon: string,
  appId: string | null,
): NodeNotifierOptions {
  return {
    title: guarded(title),
    message: guarded(body),
    icon,
    id: tagOf(key),
    ...(silent ? { silent } : {}),
    ...(appId === null ? {} : { appID: appId }),
  };
}

/** Characters that command lines or property lists may not read as plain text. */
const SPECIAL_START = /^[-[({<"'/\\@]/;

/** Puts a no-break space before a text that could be taken for an option. Empty text is refused, so it becomes one. */
function guarded(text: string): string {
  if (text === '') return '\u00a0';
  return SPECIAL_START.test(text) ? `\u00a0${text}` : text;
}

/**
 * A hash of the key, because keys contain session ids from the PBX: the hash is safe on any command line. It has 16
 * characters, which is the limit for tags in Windows before version 1703.
 */
export function tagOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 16);
}
