import type { ImportProblem, ImportProblemCode } from '../../shared/contacts.ts';
import type { contacts as english } from '../en/contacts.ts';
import { formatFor } from '../format.ts';

const { plural } = formatFor('de');

const problems: Record<ImportProblemCode, string> = {
  'unclosed-quote': 'ausgelassen: ein Anführungszeichen ist nicht geschlossen',
  'too-many-fields': 'ausgelassen: mehr Felder als Spalten',
  'broken-card': 'ausgelassen: die Karte hat kein Ende',
  'no-name': 'ausgelassen: weder Name noch Firma',
  'number-rounded': 'Nummer ausgelassen: eine Tabellenkalkulation hat sie gerundet, ihre Ziffern sind verloren',
  'number-as-formula': 'Nummer aus der Formel geholt, die eine Tabellenkalkulation daraus gemacht hat',
  'number-as-decimal': 'Nummer ohne das ,0 übernommen, das ein Programm angehängt hat',
  'zero-lost': 'Nummer unverändert übernommen: eine Tabellenkalkulation hat vielleicht die 0 am Anfang weggelassen',
  'number-unreadable': 'Nummer nicht lesbar',
  'number-of-others': 'Nummer ausgelassen: sie gehört jemand anderem',
  'column-unused': 'Spalte nicht verwendet, obwohl ihre Werte wie Telefonnummern aussehen',
};

/** „Zeile 12, Mobiltelefon: Nummer ausgelassen: … (4.93E+11)“ */
function problem({ code, line, column, text }: ImportProblem): string {
  const where = column === '' ? `Zeile ${line}` : `Zeile ${line}, ${column}`;
  return `${where}: ${problems[code]}${text === '' ? '' : ` (${text})`}`;
}

export const contacts: typeof english = {
  title: 'Importierte Kontakte',
  hint: 'Eine CSV- oder vCard-Datei, wie Outlook, Google und andere sie exportieren.',
  list: 'Importierte Dateien',
  choose: 'Kontakte importieren …',
  people: (count) => plural(count, { one: '# Person', other: '# Personen' }),
  found: (people, leftOut) =>
    leftOut === 0
      ? `${plural(people, { one: '# Person', other: '# Personen' })} gefunden.`
      : `${plural(people, { one: '# Person', other: '# Personen' })} gefunden, ${plural(leftOut, { one: '# Zeile', other: '# Zeilen' })} ausgelassen.`,
  replaces: 'Sie ersetzen die der bisherigen Datei mit diesem Namen.',
  columns: 'Was in den Spalten steht',
  noHeader: '(ohne Überschrift)',
  holds: {
    first: 'Vorname',
    middle: 'zweiter Vorname',
    last: 'Nachname',
    name: 'voller Name',
    reversed: 'Nachname, Vorname',
    nickname: 'Spitzname',
    company: 'Firma',
    department: 'Abteilung',
    email: 'E-Mail',
    label: 'wofür die Nummer daneben ist',
    work: 'Büronummer',
    mobile: 'Mobilnummer',
    home: 'private Nummer',
    main: 'Zentrale der Firma',
    fax: 'Faxnummer',
    extension: 'Nebenstelle',
    sip: 'SIP-Adresse',
    other: 'Nummer',
  },
  problems: (count) => plural(count, { one: '# Problem', other: '# Probleme' }),
  problem,
  moreProblems: (count) => plural(count, { one: 'und # weiteres', other: 'und # weitere' }),
  take: 'Importieren',
  cancel: 'Abbrechen',
  imported: (people, file) => `${plural(people, { one: '# Person', other: '# Personen' })} aus ${file} importiert.`,
  remove: (file) => `${file} entfernen`,
  removeQuestion: (people) =>
    `${plural(people, { one: '# Person wird', other: '# Personen werden' })} vergessen. Die Datei bleibt.`,
};
