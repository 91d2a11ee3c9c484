import { notifyPerson } from './notify-person.ts';
import type { english } from '../en/history.ts';
import { formatFor } from '../format.ts';
import { why } from './why.ts';

const { plural } = formatFor('de');

export const german: typeof english = {
  notifyMe: 'Benachrichtigungen',
  notifyPerson,
  why,
  title: 'Anrufliste',
  list: 'Anrufe',
  search: 'Name, Nummer oder Notiz suchen',
  filter: 'Welche Anrufe',
  filters: {
    all: 'Alle',
    missed: 'Verpasst',
    incoming: 'Eingehend',
    outgoing: 'Ausgehend',
    'call-back': 'Zurückrufen',
  },
  today: 'Heute',
  none: 'Noch keine Anrufe.',
  noneFound: 'Kein Anruf passt dazu.',
  export: 'Als CSV exportieren …',
  exported: 'Die Anrufliste wurde exportiert.',
  deleteAll: 'Alle löschen …',
  askDelete: (who, count) =>
    plural(count, { one: `Den Anruf mit ${who} löschen?`, other: `# Anrufe mit ${who} löschen?` }),
  askDeleteAll: 'Die ganze Anrufliste löschen? Die Telefonanlage behält ihre eigenen Einträge.',
  delete: 'Löschen',
  keep: 'Behalten',
  times: (count) => plural(count, { one: '# Anruf', other: '# Anrufe' }),
  details: (who) => `Einzelheiten zu ${who}`,
  detailsTitle: 'Einzelheiten',
  call: (who) => `${who} anrufen`,
  at: (day, time) => `${day}, ${time}`,
  rang: 'Geklingelt',
  answered: 'Angenommen',
  ended: 'Beendet',
  called: 'Gewählte Nummer',
  note: 'Notiz',
  noteHint: 'Nur auf diesem Computer',
  deleteThis: 'Diesen Anruf löschen',
  nobodyWaits: 'Keine offenen Rückrufe.',
  voicemails: (count) =>
    `${plural(count, { one: '# neue Sprachnachricht', other: '# neue Sprachnachrichten' })}. Am Telefon abhören.`,
  counted: (filter, count) => `${filter} (${count})`,
  remind: 'Erinnern …',
  remindOf: (who) => `An Rückruf erinnern: ${who}`,
  reminder: 'Erinnerung:',
  reminderAt: (time) => `Erinnerung: ${time}`,
  reminderTimes: { hour: 'In einer Stunde', afternoon: 'Heute Nachmittag', tomorrow: 'Morgen', monday: 'Montag' },
  remindAt: (when, time) => `${when}, ${time}`,
  removeReminder: 'Erinnerung entfernen',
  tomorrow: 'Morgen',
  done: 'Erledigt',
  doneWith: (who) => `Erledigt: ${who}`,
  isDone: (who) => `Erledigt: ${who}`,
  undo: 'Rückgängig',
};
