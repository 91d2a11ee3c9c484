import type { FileName } from '../../shared/errors.ts';
import type { BrokenFile, Notice, NotificationProblem } from '../../shared/notice.ts';
import type { HelpPage } from '../../shared/pages.ts';
import type { english } from '../en/notices.ts';
import { text, type ErrorText } from '../error-text.ts';
import { formatFor } from '../format.ts';
import { files } from './files.ts';

const { and, plural } = formatFor('de');

const notifications: Record<NotificationProblem, ErrorText> = {
  'not-shown': text(
    'Ihr Desktop hat eine Benachrichtigung nicht angezeigt.',
    'Prüfen Sie, ob ein Benachrichtigungsdienst läuft.',
  ),
  'not-allowed': text(
    'Ihr System erlaubt Traydial keine Benachrichtigungen.',
    'Erlauben Sie sie in den Systemeinstellungen.',
  ),
  'no-service': text(
    'Auf Ihrem Desktop läuft kein Benachrichtigungsdienst.',
    'Starten oder installieren Sie einen, zum Beispiel dunst oder mako.',
  ),
  'no-answer': text(
    'Der Benachrichtigungsdienst Ihres Desktops antwortet nicht.',
    'Starten Sie ihn neu, oder melden Sie sich am Desktop ab und wieder an.',
  ),
  'cannot-ask': text(
    'Traydial kann nicht feststellen, ob der Benachrichtigungsdienst Ihres Desktops antwortet.',
    'Installieren Sie gdbus (Paket libglib2.0-bin, bei Fedora und Arch glib2).',
  ),
  'program-missing': text(
    'Dieser Computer kann keine Benachrichtigungen anzeigen: Das Programm notify-send fehlt.',
    'Installieren Sie es (Paket libnotify-bin, bei Fedora und Arch libnotify).',
  ),
  'not-loaded': text('Traydial konnte seine Benachrichtigungen nicht laden.', 'Installieren Sie Traydial neu.'),
  'choice-unsupported': text(
    'Auf diesem Computer sind Benachrichtigungen auf die gewählte Weise nicht möglich.',
    'Wählen Sie „Automatisch“ als Art der Benachrichtigung.',
  ),
};

const checkFolder =
  'Prüfen Sie den freien Speicherplatz und die Rechte des Ordners von Traydial und starten Sie Traydial neu.';
const damagedKept = (kept: string): string => `Die beschädigte Datei bleibt als ${kept} erhalten.`;

const meanwhile: Record<FileName, string> = {
  settings: 'Bis dahin gelten die Standardwerte, und Änderungen werden nicht gespeichert.',
  state: 'Bis dahin werden neue Anrufe nicht gespeichert.',
  account: 'Bis dahin wird Ihre Anmeldung nicht gespeichert.',
};

const lost: Record<FileName, string> = {
  settings: 'Es gelten die Standardwerte.',
  state: 'Beide Listen beginnen leer.',
  account: 'Melden Sie sich erneut an.',
};

export function notices(notice: Notice): ErrorText {
  switch (notice.id) {
    case 'tray-missing':
      return text(
        'Dieser Desktop zeigt kein Symbol im Infobereich, deshalb bleibt Traydial in der Taskleiste.',
        'Installieren Sie unter GNOME die Erweiterung „AppIndicator and KStatusNotifierItem Support“.',
      );
    case 'clipboard-unread':
      return text(
        'Dieser Desktop lässt Traydial kopierten Text nicht lesen, solange ein anderes Programm im Vordergrund ist.',
        'Fügen Sie die Nummer in das Feld „Name oder Nummer“ ein, oder installieren Sie wl-paste (Paket wl-clipboard).',
      );
    case 'ended-badly':
      return text(
        'Traydial wurde beim letzten Mal nicht richtig beendet.',
        'Nach einem Stromausfall ist das kein Grund zur Sorge. Passiert es wieder, schicken Sie den Bericht Ihrem Administrator.',
      );
    case 'command-line-off':
      return text('Befehle aus einem Terminal erreichen Traydial nicht.', checkFolder);
    case 'log-missing':
      return text('Traydial kann sein Protokoll nicht schreiben.', checkFolder);
    case 'notifications-missing':
      return notifications[notice.problem];
    case 'links-taken':
      return text(
        `${notice.program || 'Ein anderes Programm'} öffnet jetzt Links mit ${and(notice.schemes.map((scheme) => `${scheme}:`))}.`,
      );
    case 'contacts-not-kept':
      return text(
        'Traydial kann die Datei mit Ihren Kontakten nicht öffnen. Neue gehen beim Beenden von Traydial verloren.',
        notice.why === 'newer'
          ? 'Eine neuere Version von Traydial hat sie gespeichert. Installieren Sie diese Version wieder.'
          : checkFolder,
      );
    case 'contacts-damaged':
      return text(
        'Die Datei mit Ihren Kontakten war beschädigt, deshalb ist die Liste jetzt leer.',
        damagedKept(notice.kept),
      );
    case 'history-not-kept':
      return text(
        'Traydial kann history.db, die Datei mit Ihrer Anrufliste, nicht öffnen. Vorerst behält es nur die letzten Anrufe.',
        notice.why === 'newer'
          ? 'Eine neuere Version von Traydial hat sie gespeichert. Installieren Sie diese Version wieder.'
          : checkFolder,
      );
    case 'history-damaged':
      return text(
        'Die Datei mit Ihrer Anrufliste war beschädigt, deshalb ist die Liste jetzt leer.',
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
        `${files.content[notice.file]} konnten nicht in ${notice.file}.json gespeichert werden (${files.cause(notice.cause)}).`,
        `Prüfen Sie den freien Speicherplatz und die Rechte von ${notice.folder}. Traydial versucht es von selbst wieder.`,
      );
  }
}

function broken(notice: BrokenFile): ErrorText {
  const { file, kept } = notice;
  const copy = `Kopie: ${kept}`;
  switch (notice.how) {
    case 'damaged':
      return text(`${files.content[file]} waren beschädigt.`, `${lost[file]} ${copy}`);
    case 'newer':
      return text(
        `${files.content[file]} stammen von einem neueren Traydial.`,
        `Diese Version verwendet, was sie versteht. Prüfen Sie Ihre Einstellungen. ${copy}`,
      );
    case 'entries-lost':
      return text(
        `${plural(notice.count, { one: '# Eintrag', other: '# Einträge' })} Ihrer Konten und vertrauten Zertifikate ließen sich nicht verwenden.`,
        `Prüfen Sie Ihre Konten. ${copy}`,
      );
    case 'values-reset':
      return text(
        `${files.content[file]} waren beschädigt.`,
        `Wieder auf dem Standardwert: ${notice.settings.join(', ')}. Prüfen Sie Ihre Einstellungen. ${copy}`,
      );
  }
}

function unreadable(file: FileName, cause: string | null): ErrorText {
  if (cause === null) {
    return text(`${files.content[file]} sind wieder lesbar.`, 'Starten Sie Traydial neu, um sie zu verwenden.');
  }
  return text(
    `${files.content[file]} lassen sich nicht aus ${file}.json lesen (${files.cause(cause)}). Die Datei blieb unverändert.`,
    `Machen Sie sie lesbar und starten Sie Traydial dann neu. ${meanwhile[file]}`,
  );
}

const page: Record<HelpPage, string> = {
  issues: 'Problem melden',
  licence: 'Lizenz öffnen',
  'notification-settings': 'Einstellungen öffnen',
  'tray-extension': 'Zur Erweiterung',
};

export const german: typeof english = {
  notices,
  title: 'Hinweise',
  page,
  openSetting: {
    'phone-links': 'Zu den Telefonlinks',
    'notify-backend': 'Zur Art der Benachrichtigung',
    'notify-test': 'Zu den Benachrichtigungen',
  },
  showFile: 'Datei anzeigen',
  openFolder: 'Ordner öffnen',
  copyReport: 'Bericht kopieren',
  reportCopied: 'Bericht kopiert',
  onClipboard: 'Der Bericht ist in der Zwischenablage.',
  dismiss: (message) => `Ausblenden: ${message}`,
};
