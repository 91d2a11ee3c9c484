import type { FileName } from '../../shared/errors.ts';
import type { BrokenFile, Notice, NotificationProblem } from '../../shared/notice.ts';
import type { HelpPage } from '../../shared/pages.ts';
import { text, type ErrorText } from '../error-text.ts';
import { formatFor } from '../format.ts';
import { files } from './files.ts';

const { and, plural } = formatFor('en');

const notifications: Record<NotificationProblem, ErrorText> = {
  'not-shown': text("Your desktop didn't show a notification.", 'Check that a notification service is running.'),
  'not-allowed': text("Your system doesn't allow Traydial to show notifications.", 'Allow them in its settings.'),
  'no-service': text(
    'No notification service is running on your desktop.',
    'Start or install one, for example dunst or mako.',
  ),
  'no-answer': text(
    "Your desktop's notification service doesn't answer.",
    'Restart it, or sign out of your desktop and in again.',
  ),
  'cannot-ask': text(
    "Traydial can't find out whether your desktop's notification service answers.",
    'Install gdbus (package libglib2.0-bin, or glib2 on Fedora and Arch).',
  ),
  'program-missing': text(
    "This computer can't show notifications: the program notify-send is missing.",
    'Install it (package libnotify-bin, or libnotify on Fedora and Arch).',
  ),
  'not-loaded': text("Traydial couldn't load its notifications.", 'Reinstall Traydial.'),
  'choice-unsupported': text(
    "This computer can't show notifications the way you chose.",
    'Choose “Automatic” as the notification method.',
  ),
};

const checkFolder = "Check the free disk space and the permissions of Traydial's folder, then restart Traydial.";
const damagedKept = (kept: string): string => `The damaged file is kept as ${kept}.`;

/** What Traydial does while it cannot read the file. */
const meanwhile: Record<FileName, string> = {
  settings: "Until then the defaults are in use, and changes aren't saved.",
  state: "Until then new recent calls aren't saved.",
  account: "Until then your sign-in isn't saved.",
};

/** What the user loses when the file is replaced. */
const lost: Record<FileName, string> = {
  settings: 'The defaults are in use.',
  state: 'Both lists start empty.',
  account: 'Sign in again.',
};

export function notices(notice: Notice): ErrorText {
  switch (notice.id) {
    case 'tray-missing':
      return text(
        'This desktop shows no tray icon, so Traydial stays in the task bar.',
        'On GNOME, install the extension “AppIndicator and KStatusNotifierItem Support”.',
      );
    case 'clipboard-unread':
      return text(
        "This desktop doesn't let Traydial read copied text while another program is in front.",
        'Paste the number into the dial field, or install wl-paste (package wl-clipboard).',
      );
    case 'ended-badly':
      return text(
        "Traydial didn't end properly last time.",
        'If the computer lost power, nothing is wrong. If it happens again, send the report to your administrator.',
      );
    case 'command-line-off':
      return text("Commands in a terminal can't reach Traydial.", checkFolder);
    case 'log-missing':
      return text("Traydial can't write its log.", checkFolder);
    case 'notifications-missing':
      return notifications[notice.problem];
    case 'links-taken':
      return text(
        `${notice.program || 'Another program'} took over ${and(notice.schemes.map((scheme) => `${scheme}:`))} links.`,
      );
    case 'contacts-not-kept':
      return text(
        "Traydial can't open the file with your contacts. New ones are lost when Traydial quits.",
        notice.why === 'newer' ? 'A newer version of Traydial saved them. Install that version again.' : checkFolder,
      );
    case 'contacts-damaged':
      return text('The file with your contacts was damaged, so the list is empty now.', damagedKept(notice.kept));
    case 'history-not-kept':
      return text(
        "Traydial can't open history.db, the file with your call history. It keeps only your recent calls for now.",
        notice.why === 'newer' ? 'A newer version of Traydial saved it. Install that version again.' : checkFolder,
      );
    case 'history-damaged':
      return text(
        'The file with your call history was damaged, so the history is empty now.',
        damagedKept(notice.kept),
      );
    case 'settings-broken':
    case 'state-broken':
    case 'account-broken':
      return broken(notice);
    case 'settings-unreadable':
    case 'state-unreadable':
    case 'account-unreadable':
      return unreadable(notice.file, notice.cause);
    case 'settings-unsaved':
    case 'state-unsaved':
    case 'account-unsaved':
      return text(
        `${files.content[notice.file]} couldn't be saved to ${notice.file}.json (${files.cause(notice.cause)}).`,
        `Check the free disk space and the permissions of ${notice.folder}. Traydial tries again by itself.`,
      );
  }
}

function broken(notice: BrokenFile): ErrorText {
  const { file, kept } = notice;
  const copy = `Copy: ${kept}`;
  switch (notice.how) {
    case 'damaged':
      return text(`${files.content[file]} were damaged.`, `${lost[file]} ${copy}`);
    case 'newer':
      return text(
        `${files.content[file]} were written by a newer Traydial.`,
        `This version uses what it understands. Check your settings. ${copy}`,
      );
    case 'entries-lost':
      return text(
        `${plural(notice.count, { one: '# entry', other: '# entries' })} of your accounts and trusted certificates can't be used.`,
        `Check your accounts. ${copy}`,
      );
    case 'values-reset':
      return text(
        `${files.content[file]} were damaged.`,
        `These have their defaults again: ${notice.settings.join(', ')}. Check your settings. ${copy}`,
      );
  }
}

function unreadable(file: FileName, cause: string | null): ErrorText {
  if (cause === null) return text(`${files.content[file]} can be read again.`, 'Restart Traydial to use them.');
  return text(
    `${files.content[file]} can't be read from ${file}.json (${files.cause(cause)}). The file was left as it is.`,
    `Make it readable, then restart Traydial. ${meanwhile[file]}`,
  );
}

const page: Record<HelpPage, string> = {
  issues: 'Report a problem',
  licence: 'Open the licence',
  'notification-settings': 'Open the settings',
  'tray-extension': 'Open its page',
};

export const english = {
  notices,
  title: 'Notices',
  page,
  openSetting: {
    'phone-links': 'Open phone-link settings',
    'notify-backend': 'Open notification settings',
    'notify-test': 'Open notification settings',
  },
  showFile: 'Show the file',
  openFolder: 'Open the folder',
  copyReport: 'Copy report',
  reportCopied: 'Report copied',
  onClipboard: 'The report is on the clipboard.',
  dismiss: (message: string) => `Dismiss: ${message}`,
};
