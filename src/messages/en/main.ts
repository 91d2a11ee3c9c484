import { formatFor } from '../format.ts';
import { calls } from './calls.ts';
import { dialogs } from './dialogs.ts';
import { notifications } from './notifications.ts';
import { tray } from './tray.ts';

export const english = { calls, dialogs, notifications, tray, format: formatFor('en') };
