import type { setup as english } from '../en/setup.ts';

export const setup: typeof english = {
  title: 'Traydial einrichten',
  step: (number, of) => `Schritt ${number} von ${of}`,
  skip: 'Überspringen',
  skipAll: 'Einrichtung überspringen',
  back: 'Zurück',
  next: 'Weiter',
  finish: 'Fertig',
  country: {
    title: 'In welchem Land sind Sie?',
    about: 'Nummern ohne + bekommen die Vorwahl dieses Landes.',
  },
  links: {
    title: 'Telefonlinks mit Traydial öffnen',
    about: 'Klicken Sie auf eine Nummer im Web oder in einer E-Mail, und Traydial fragt, ob es sie anrufen soll.',
    ours: 'Telefonlinks öffnen sich schon in Traydial.',
    later: 'Das geht auch später in den Einstellungen.',
    cannot:
      'Diese Kopie von Traydial wurde nicht aus einem Paket installiert, deshalb kann Ihr System keine Links damit öffnen. Eingetippte und kopierte Nummern können Sie trotzdem anrufen.',
  },
  shortcut: {
    title: 'Aus jedem Programm anrufen',
    about:
      'Kopieren Sie irgendwo eine Nummer und drücken Sie eine Tastenkombination. Traydial fragt, ob es sie anrufen soll.',
  },
  notifications: {
    title: 'Kommen Benachrichtigungen an?',
    about: 'Wenn jemand anruft, steht in einer Benachrichtigung, wer es ist.',
    seen: 'Ja, gesehen',
    notSeen: 'Nichts erschienen',
    help: 'Prüfen Sie, ob Ihr System Benachrichtigungen von Traydial erlaubt und „Nicht stören“ ausgeschaltet ist.',
    open: 'Systemeinstellungen öffnen',
  },
};
