import type { english } from '../en/own-contacts.ts';
import { formatFor } from '../format.ts';

const { plural } = formatFor('de');

export const german: typeof english = {
  title: 'Meine Kontakte',
  hint: 'Namen, die Sie Nummern geben. Sie gehen allen anderen vor.',
  filter: 'Kontakt suchen',
  none: 'Kein Kontakt gefunden.',
  more: (count) =>
    plural(count, { one: '# weiterer. Tippen, um ihn zu finden.', other: '# weitere. Tippen, um sie zu finden.' }),
  add: 'Neuer Kontakt',
  edit: (name) => `${name} bearbeiten`,
  remove: (name) => `${name} löschen`,
  removeQuestion: 'Dieser Kontakt wird gelöscht.',
  delete: 'Löschen',
  name: 'Vor- und Nachname',
  company: 'Firma',
  number: (position) => `Nummer ${position}`,
  kind: (position) => `Art der Nummer ${position}`,
  kinds: {
    work: 'Büro',
    mobile: 'Mobil',
    home: 'Privat',
    main: 'Zentrale',
    extension: 'Nebenstelle',
    other: 'Sonstige',
  },
  addNumber: 'Weitere Nummer',
  removeNumber: (position) => `Nummer ${position} entfernen`,
  save: 'Speichern',
  cancel: 'Abbrechen',
  export: 'Als vCard exportieren …',
  exported: 'Die Kontakte sind exportiert.',
  saved: (name) => `${name} ist gespeichert.`,
};
