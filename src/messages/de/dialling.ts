import type { CodeEffect, GuardId } from '../../shared/dial-guards.ts';
import type { dialling as english } from '../en/dialling.ts';
import { formatFor } from '../format.ts';

const { country, or, plural } = formatFor('de');

const guards: Record<GuardId, string> = {
  emergency: 'Notfall? Nehmen Sie den Hörer ab – von hier aus klingelt zuerst Ihr Telefon.',
  'feature-code': 'Ein Funktionscode schaltet etwas an der Telefonanlage, zum Beispiel eine Umleitung aller Anrufe.',
  rewritten: 'Eine Wählregel ruft statt dieser eine andere Nummer an.',
  'premium-rate': 'Anrufe bei Sonderrufnummern können sehr teuer sein.',
  satellite: 'Anrufe in Satelliten- und Sondernetze können sehr teuer sein.',
  unassigned: 'Diese Nummer scheint es nicht zu geben. Sie ist vielleicht vertippt oder gefälscht.',
  'foreign-host': 'Diese Adresse gehört zu einer anderen Telefonanlage; wählen würde Ihre eigene.',
  distant: 'In dieses Land haben Sie von hier aus noch nie angerufen.',
  stranger: 'Diese Nummer haben Sie noch nie angerufen. Anrufer können ihre Nummer fälschen, damit Sie zurückrufen.',
  'on-the-phone': 'Mit dieser Nummer sind Sie schon im Gespräch.',
  repeated: 'Diese Nummer haben Sie vor wenigen Sekunden angerufen.',
  'in-a-call': 'Sie sind im Gespräch, und diese Nummer kommt aus einem Link, einem Befehl oder der Zwischenablage.',
};

/** After "Dieser Funktionscode". */
const codeEffects: Record<CodeEffect, string> = {
  'forward-all': 'leitet in der Regel alle Ihre Anrufe um',
  'forward-unanswered': 'leitet in der Regel Anrufe um, die Sie nicht annehmen',
  'stop-forwarding': 'beendet in der Regel eine Rufumleitung',
  'say-forwarding': 'sagt in der Regel an, wohin Ihre Anrufe umgeleitet werden',
  'do-not-disturb': 'schaltet in der Regel „Nicht stören“ ein',
  'end-do-not-disturb': 'schaltet in der Regel „Nicht stören“ aus',
  'listen-in': 'hört in der Regel ein Gespräch mit',
  park: 'parkt in der Regel ein Gespräch',
  record: 'beginnt in der Regel, ein Gespräch aufzuzeichnen',
  'call-back': 'ruft in der Regel den letzten Anrufer zurück',
  'block-outgoing': 'sperrt in der Regel ausgehende Anrufe',
};

export const dialling: typeof english = {
  field: 'Name oder Nummer',
  call: 'Anrufen',
  callPerson: 'Anrufen:',
  enterKey: 'Eingabetaste',
  enterCalls: 'Anrufen:',
  enterCallsExtension: 'Nebenstelle anrufen:',
  enterDialsCode: 'Funktionscode wählen:',
  keys: 'Esc Ausblenden · ? Tasten',
  fromClipboard: 'Aus der Zwischenablage:',
  chooseOne: (count) => `Wählen Sie eine von ${count} Nummern`,
  results: 'Treffer',
  numberKinds: {
    work: 'Büro',
    mobile: 'Mobil',
    home: 'Privat',
    main: 'Zentrale',
    extension: 'Nebenstelle',
    other: '',
  },
  saveContact: 'Als Kontakt speichern …',
  enterOthers: { save: 'Als Kontakt speichern', history: 'Alle Anrufe durchsuchen' },
  noMatch: (typed) => `Niemand passt zu „${typed}“.`,
  noMatchHint: 'Prüfen Sie die Schreibweise, oder tippen Sie weniger Buchstaben.',
  nobodyElse: {
    save: (name) => `Neuer Kontakt „${name}“ …`,
    history: (text) => `Alle Anrufe nach „${text}“ durchsuchen`,
  },
  options: 'Erweiterte Anrufoptionen',
  optionsChanged: (count) => `Erweiterte Anrufoptionen, ${count} für diesen Anruf geändert`,
  optionsHint: 'Nur für diesen Anruf. Leere Felder werden nicht gesendet.',
  done: 'Fertig',
  close: 'Schließen',
  warnings: {
    vanity: 'Buchstaben wurden in Ziffern umgewandelt.',
    'not-completed': 'Wird genau so gewählt wie eingegeben.',
    'not-valid': 'Diese Nummer scheint es nicht zu geben.',
    'unclear-end': 'Prüfen Sie das Ende: Die Ziffern dahinter gehören vielleicht dazu.',
    'unread-number': 'Der Text enthält eine weitere Nummer, die nicht gelesen werden konnte.',
    'area-added': 'Ihre Vorwahl wurde ergänzt.',
    'premium-rate': 'Kostenpflichtige Sondernummer.',
    'foreign-host': 'Diese Adresse gehört zu einer anderen Telefonanlage.',
    'parameter-ignored': 'Ein Teil des Links wurde ignoriert.',
  },
  labels: { phone: 'Telefon', mobile: 'Mobil', fax: 'Faxnummer', 'maybe-fax': 'Vielleicht ein Fax' },
  isFax: 'Im Text steht, dass dies eine Faxnummer ist.',
  mayBeFax: 'Im Text steht, dass diese oder eine andere Nummer eine Faxnummer ist.',
  kinds: {
    'feature-code': 'Funktionscode Ihrer Telefonanlage',
    extension: 'Nebenstelle Ihrer Telefonanlage',
    emergency: 'Notruf',
    'short-code': 'Kurzwahl des Netzes',
    public: '',
  },
  titles: {
    link: 'Nummer aus einem Link anrufen?',
    clipboard: 'Die kopierte Nummer anrufen?',
    command: 'Aus einem Skript anrufen?',
    caller: 'Diese Nummer zurückrufen?',
    dialled: 'Noch einmal anrufen?',
    history: 'Diese Nummer anrufen?',
    favourite: 'Diese Nummer anrufen?',
    directory: 'Diese Nummer anrufen?',
    typed: 'Diese Nummer anrufen?',
  },
  whichNumber: 'Welche Nummer möchten Sie anrufen?',
  callingSoon: 'Wird gleich angerufen …',
  callingSoonSpoken: (who) => `${who} wird gleich angerufen. Escape bricht ab.`,
  readFrom: 'Original-Text',
  readFromLink: 'Link',
  rule: 'Wählregel',
  sent: 'An die Telefonanlage',
  thenPress: 'Danach drücken',
  noteRule: (name) => `Regel: ${name}`,
  noteSent: (number) => `gesendet als ${number}`,
  noteThen: (digits) => `danach ${digits} drücken`,
  thenJoin: ', dann ',
  callCandidate: (number) => `Anrufen: ${number}`,
  numbersFound: 'Gefundene Nummern',
  why: 'Warum Traydial fragt',
  guards,
  codeEffects,
  guardReason: ({ id, params: { number, countries, effect, to, outside } }) => {
    if (outside === true)
      return 'Der Anruf kam vielleicht von außerhalb, die Nummer ist hier aber eine interne. Sie erreichen womöglich jemand anderen.';
    if (countries !== undefined) {
      const named = countries.slice(0, 3).map(country);
      const where = or(countries.length > named.length ? [...named, 'anderen Ländern'] : named);
      const subject = number ?? 'Dies';
      return `${subject} ist vielleicht eine Sonderrufnummer (${where}). Legen Sie Ihr Land fest, dann weiß Traydial es.`;
    }
    if (effect !== undefined) {
      return `Dieser Funktionscode ${codeEffects[effect]}${to === undefined ? '' : `, hier an ${to}`}.`;
    }
    if (number === undefined) return guards[id];
    return id === 'rewritten'
      ? `Eine Wählregel ruft statt dieser Nummer ${number} an.`
      : `Die Telefonanlage würde ${number} anrufen. ${guards[id]}`;
  },
  cancel: 'Abbrechen',
  undoHint: 'Esc bricht ab, Ausblenden nicht.',
  waiting: (count) => plural(count, { one: '# weitere Nummer wartet.', other: '# weitere Nummern warten.' }),
  ignoreLinks: 'Links 10 Minuten lang ignorieren',
  linksIgnored: (until) => `Links werden bis ${until} ignoriert`,
  openLinks: 'Links wieder öffnen',
  change: 'Ändern',
  changeCountry: 'Land ändern',
  dismissCountry: 'Land ausblenden',
  noExtension: 'Traydial kennt Ihr Telefon nicht.',
};
