import { formatFor } from '../format.ts';
import { calls } from './calls.ts';
import { dialogs } from './dialogs.ts';
import { notifications } from './notifications.ts';
import { tray } from './tray.ts';

/** What "Copy" puts on the clipboard for an administrator. */
const copiedError = (code: string, detail: string): string => `Traydial error ${code}: ${detail}`;

export const english = { calls, dialogs, notifications, tray, copiedError, format: formatFor('en') };
