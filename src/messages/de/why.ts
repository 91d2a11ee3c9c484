import type { why as english } from '../en/why.ts';
import { formatFor } from '../format.ts';

const { clockTime } = formatFor('de');

const ringing: (typeof english)['ringing'] = {
  announced: 'Traydial hat beim Klingeln eine Benachrichtigung gesendet.',
  'summed-up': 'Es klingelten mehrere Anrufe zugleich. Traydial hat eine gemeinsame Benachrichtigung gesendet.',
  'incoming-off': 'Benachrichtigungen über eingehende Anrufe sind ausgeschaltet.',
  'missed-off': 'Benachrichtigungen über verpasste Anrufe sind ausgeschaltet.',
  person: 'Über Anrufe dieser Person möchten Sie nie benachrichtigt werden.',
  away: 'Sie waren nicht am Platz.',
  'placed-here': 'Sie haben mit Traydial angerufen.',
  outgoing: 'Sie haben selbst angerufen.',
  'not-mine': 'Es klingelte bei jemand anderem, nicht bei Ihnen.',
  'not-seen-ringing':
    'Traydial hat den Beginn des Klingelns nicht gesehen, zum Beispiel weil der Anruf schon klingelte, als Traydial sich verband.',
  'record-only':
    'Nichts hat den Anruf gemeldet, solange er lief. Traydial kennt ihn aus der Anrufliste der Telefonanlage.',
  slept: 'Ihr Computer war im Ruhezustand. Traydial kennt den Anruf aus der Anrufliste der Telefonanlage.',
  'before-start': 'Der Anruf war vor dem Start von Traydial. Traydial kennt ihn aus der Anrufliste der Telefonanlage.',
  'not-kept': 'Nicht bekannt: Traydial hat zu diesem Anruf keinen Grund gespeichert.',
};

export const why: typeof english = {
  notified: 'Warum wurde ich benachrichtigt?',
  notNotified: 'Warum wurde ich nicht benachrichtigt?',
  ringing,
  missed: {
    ...ringing,
    announced: 'Traydial hat eine Benachrichtigung über den verpassten Anruf gesendet.',
    'summed-up': 'Traydial hat eine gemeinsame Benachrichtigung über diesen und weitere verpasste Anrufe gesendet.',
    away: 'Sie waren nicht am Platz, als Sie ihn verpassten. Er kam in die Zusammenfassung.',
  },
  because: {
    person: 'Über Anrufe dieser Person möchten Sie immer benachrichtigt werden.',
    favourite: 'Über Anrufe von Favoriten möchten Sie immer benachrichtigt werden.',
  },
  quietHours: (until) => `Es war Ruhezeit, bis ${clockTime(until)}.`,
  rule: {
    internal: 'Über interne Anrufe werden Sie nicht benachrichtigt.',
    external: 'Über externe Anrufe werden Sie nicht benachrichtigt.',
    queue: 'Über Anrufe aus einer Warteschlange oder Gruppe werden Sie nicht benachrichtigt.',
  },
  paused: (until) => `Benachrichtigungen waren bis ${clockTime(until)} pausiert.`,
  notShown: {
    'not-shown': 'Traydial hat eine Benachrichtigung gesendet, aber der Desktop hat sie nicht angezeigt.',
    'not-allowed': 'Ihr System erlaubt Traydial keine Benachrichtigungen.',
    'no-service': 'Auf Ihrem Desktop lief kein Benachrichtigungsdienst.',
    'no-answer': 'Der Benachrichtigungsdienst Ihres Desktops hat nicht geantwortet.',
    'cannot-ask': 'Traydial konnte nicht feststellen, ob der Benachrichtigungsdienst Ihres Desktops antwortet.',
    'program-missing': 'Auf diesem Computer fehlt das Programm notify-send.',
    'not-loaded': 'Traydial konnte seine Benachrichtigungen nicht laden.',
    'choice-unsupported': 'Dieser Computer kann Benachrichtigungen nicht auf die gewählte Art anzeigen.',
  },
  settings: 'Einstellungen für Benachrichtigungen',
};
