import type { english } from '../en/main.ts';
import { formatFor } from '../format.ts';
import { calls } from './calls.ts';
import { dialogs } from './dialogs.ts';
import { notifications } from './notifications.ts';
import { tray } from './tray.ts';

export const german: typeof english = {
  calls,
  dialogs,
  notifications,
  tray,
  copiedError: (code, detail) => `Traydial-Fehler ${code}: ${detail}`,
  format: formatFor('de'),
};
