import type { english } from '../en/trouble.ts';
import { text } from '../error-text.ts';
import { files } from './files.ts';

const START_AGAIN = 'und starten Sie Traydial dann neu.';

export const german: typeof english = {
  language: 'de',
  actions: { copy: 'Bericht kopieren', restart: 'Neu starten', quit: 'Beenden', close: 'Schließen' },
  copied: 'Der Bericht ist in der Zwischenablage.',
  details: 'Details',
  unexpected: {
    heading: 'In Traydial ist ein Fehler aufgetreten',
    goesOn: 'Traydial läuft weiter, aber manches funktioniert vielleicht erst nach einem Neustart wieder.',
    report:
      'Der Bericht enthält keine Kennwörter und keine vollständigen Rufnummern. Senden Sie ihn Ihrem Administrator, wenn das noch einmal passiert.',
  },
  start: {
    heading: 'Traydial konnte nicht starten',
    bug: text(
      'In Traydial ist ein Fehler aufgetreten.',
      'Starten Sie es noch einmal. Gelingt auch das nicht, senden Sie den Bericht Ihrem Administrator.',
    ),
    folderUnusable: (folder, cause) =>
      text(
        `Traydial kann seinen Ordner ${folder} nicht verwenden (${files.cause(cause)}).`,
        `Prüfen Sie, was sich an seiner Stelle befindet und welche Rechte der Ordner darüber hat, ${START_AGAIN}`,
      ),
    folderFull: (folder) =>
      text(
        `Für den Ordner von Traydial, ${folder}, ist kein Speicherplatz mehr frei.`,
        `Geben Sie Speicherplatz frei ${START_AGAIN}`,
      ),
    folderUnwritable: (folder) =>
      text(
        `Traydial kann nicht in seinen Ordner ${folder} schreiben.`,
        `Geben Sie Ihrem Benutzer Schreibrechte für den Ordner ${START_AGAIN}`,
      ),
    inUseElsewhere: (folder, computer) =>
      text(
        `Traydial läuft auf ${computer} mit demselben Ordner, ${folder}.`,
        `Beenden Sie es dort ${START_AGAIN} Läuft es dort nicht mehr, entfernen Sie vorher die Datei SingletonLock im Ordner.`,
      ),
    folderUnlockable: (folder) =>
      text(
        `Traydial kann seinen Ordner ${folder} nicht sperren.`,
        'Starten Sie den Computer neu. Hilft das nicht, verschieben Sie den Ordner; er enthält Ihre Einstellungen.',
      ),
  },
};
