import type { DialKind, DialWarning } from '../../shared/dial.ts';
import type { english } from '../en/command-line.ts';
import { formatFor } from '../format.ts';
import { errors } from './errors.ts';
import { why } from './why.ts';

const { clockTime, when } = formatFor('de');

const help = `Traydial ruft Rufnummern über Ihr Tischtelefon an.

  traydial                    Traydial starten oder das Fenster zeigen
  traydial dial NUMMER        eine Nummer anrufen wie nach einem Klick auf einen Link; startet Traydial bei Bedarf
  traydial hangup             Ihren Anruf beenden
  traydial show               das Fenster zeigen
  traydial why [NUMMER]       ausgeben, warum Sie über Ihre letzten Anrufe oder die mit einer Nummer benachrichtigt
                              wurden oder warum nicht
  traydial explain TEXT       ausgeben, was für einen Text gewählt würde, ohne es zu wählen
  traydial --help             diesen Text ausgeben
  traydial --version          die Version ausgeben

Anstelle eines Befehls können Sie einen Link angeben (tel:, callto:, sip:, sips:, traydial:).

Rückgabewerte: 0 erledigt oder im Fenster gefragt; 1 abgelehnt; 2 nicht verstanden; 3 nicht gestartet oder nicht
angemeldet.
`;

const kind: Record<DialKind, string> = {
  public: 'öffentliche Rufnummer',
  extension: 'Nebenstelle der Telefonanlage',
  'feature-code': 'Funktionscode',
  emergency: 'Notrufnummer',
  'short-code': 'Kurzwahl',
};

const warning: Record<DialWarning, string> = {
  'then-press': 'nach dem Abheben sind weitere Ziffern zu drücken',
  vanity: 'Buchstaben wurden in Ziffern umgewandelt',
  'not-completed': 'wird genau wie geschrieben gewählt, weil das Land nicht feststeht',
  'not-valid': 'diese Nummer gibt es anscheinend nicht',
  'unclear-end': 'die Ziffern dahinter könnten dazugehören',
  'unread-number': 'der Text enthält noch eine Nummer, die nicht lesbar ist',
  'area-added': 'um Ihre Ortsvorwahl ergänzt',
  'premium-rate': 'Sonderrufnummer mit erhöhten Kosten',
  'foreign-host': 'die Adresse gehört zu einer anderen Telefonanlage',
  'parameter-ignored': 'ein Teil des Links wurde ignoriert',
};

const call: (typeof english)['call'] = {
  unknown: 'Unbekannter Anrufer',
  at: (at, now) => {
    const [day, time] = [when(at, now), clockTime(at)];
    return day === time ? time : `${day} ${time}`;
  },
};

export const german: typeof english = {
  why,
  call,
  errors,
  help,
  results: {
    shown: 'Traydial ist im Vordergrund.',
    'hung-up': 'Aufgelegt.',
    'no-call': 'Es gibt keinen Anruf zum Auflegen.',
    'not-found': 'Einen solchen Anruf kennt Traydial nicht.',
    'several-calls': 'Sie führen mehr als ein Gespräch. Wählen Sie im Fenster, welches Sie beenden möchten.',
    'signed-out': 'Sie sind nicht angemeldet.',
    asked: (number) => `Das Fenster von Traydial fragt, ob ${number} angerufen werden soll.`,
    'calling-soon': (number) => `Traydial ruft ${number} in 3 Sekunden an. Im Fenster können Sie das abbrechen.`,
    'waits-for-sign-in': (number) => `Sie sind nicht angemeldet. ${number} wartet so lange im Fenster.`,
    'read-after-sign-in': (number) => `Sie sind nicht angemeldet. Danach liest Traydial ${number} noch einmal.`,
    'waits-for-question': (number) => `${number} wartet, bis Sie die offene Frage im Fenster von Traydial beantworten.`,
  },
  usage: {
    'number-missing': (command) => `traydial ${command} braucht eine Nummer.`,
    'too-long': () => 'Dieser Text ist zu lang.',
    'unexpected-arguments': (command) => `traydial ${command} hat keine Argumente.`,
    'unknown-command': (command) => `Unbekannter Befehl „${command}“.`,
    seeHelp: 'Siehe traydial --help.',
  },
  failures: {
    'not-running': 'Traydial läuft nicht.',
    unreachable: 'Traydial läuft, ist von hier aber nicht zu erreichen. Beenden Sie es und starten Sie es neu.',
    'not-started': 'Traydial ist nicht gestartet.',
    late: (seconds) => `Traydial ist nicht innerhalb von ${seconds} Sekunden gestartet. Es wurde nichts gewählt.`,
    ended: 'Traydial wurde beendet, bevor es geantwortet hat.',
    silent: 'Traydial läuft, hat aber nicht geantwortet. Sehen Sie ins Fenster, bevor Sie es erneut versuchen.',
    'not-understood': 'Das laufende Traydial hat das nicht verstanden. Beenden Sie es und starten Sie es neu.',
  },
  explained: {
    several: 'Mehrere Nummern zur Auswahl:',
    kind,
    warning,
    label: { kind: 'Art    ', dials: 'wählt  ', then: 'danach ', rule: 'Regel  ', note: 'Hinweis' },
    press: (digits) => `${digits} drücken`,
    replaced: 'die Regel ruft stattdessen eine andere Nummer an',
  },
};
