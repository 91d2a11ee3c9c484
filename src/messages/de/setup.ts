import type { setup as english } from '../en/setup.ts';

export const setup: typeof english = {
  title: 'Einrichtung',
  step: (number, of) => `Schritt ${number} von ${of}`,
  skip: 'Überspringen',
  skipAll: 'Alles überspringen',
  back: 'Zurück',
  next: 'Weiter',
  finish: 'Fertig',
  country: {
    title: 'In welchem Land sind Sie?',
    about: 'Die meisten Nummern stehen ohne Landesvorwahl da. Traydial ergänzt die dieses Landes.',
  },
  links: {
    title: 'Telefonlinks mit Traydial öffnen',
    about: 'Klicken Sie auf eine Nummer im Web oder in einer E-Mail. Traydial fragt nach und ruft sie an.',
    ours: 'Erledigt. Probieren Sie es mit einer Telefonnummer auf einer Webseite aus.',
  },
  shortcut: {
    title: 'Aus jedem Programm anrufen',
    about:
      'Kopieren Sie irgendwo eine Nummer und drücken Sie eine Tastenkombination. Traydial fragt nach und ruft sie an.',
  },
  notifications: {
    title: 'Kommen Benachrichtigungen an?',
    about: 'Wenn jemand anruft, steht in einer Benachrichtigung, wer es ist.',
    asks: 'Ist eine Benachrichtigung erschienen?',
    seen: 'Ja',
    notSeen: 'Nein',
    help: 'Prüfen Sie, ob Ihr System Benachrichtigungen von Traydial erlaubt und „Nicht stören“ ausgeschaltet ist.',
    open: 'Systemeinstellungen öffnen',
  },
};
