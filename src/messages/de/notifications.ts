import type { notifications as english } from '../en/notifications.ts';
import { formatFor } from '../format.ts';

const { plural, number } = formatFor('de');

export const notifications: typeof english = {
  incoming: 'Eingehender Anruf',
  transferred: 'An Sie vermittelt',
  transferredBy: (who) => `Vermittelt von ${who}`,
  called: (called) => `für ${called}`,
  through: (queue) => `über ${queue}`,
  missed: (who) => `Verpasster Anruf: ${who}`,
  unknownCaller: 'Unbekannter Anrufer',
  people: (count) => plural(count, { one: '# Person', other: '# Personen' }),
  claimed: 'Name vom Anrufer gesendet',
  whileAway: 'Während Sie weg waren',
  clickToView: 'Zum Anzeigen klicken',
  ringingCalls: (count, who) => `${plural(count, { one: '# Anruf klingelt', other: '# Anrufe klingeln' })}: ${who}`,
  missedCalls: (count, who) => `${plural(count, { one: '# verpasster Anruf', other: '# verpasste Anrufe' })}: ${who}`,
  reminder: (who) => `${who} zurückrufen`,
  reminders: (count, who) => `${plural(count, { one: '# Erinnerung', other: '# Erinnerungen' })}: ${who} zurückrufen`,
  toCallBack: (who) => `Zurückrufen: ${who}`,
  named: (names, more) =>
    more === 0 ? names.join(', ') : `${names.join(', ')} und ${more === 1 ? '1 weiterer' : `${number(more)} weitere`}`,
  numbersWait: (count) => plural(count, { one: 'Diese Nummer anrufen?', other: '# Nummern warten auf Ihre Antwort' }),
  linksKeepComing:
    'Es kommen immer wieder Links. Klicken Sie, um zu antworten oder Links 10 Minuten lang zu ignorieren.',
  testCaller: 'Erika Mustermann',
  test: 'Test – so sieht ein eingehender Anruf aus',
};
