import type { dialogs as english } from '../en/dialogs.ts';

export const dialogs: typeof english = {
  chooseAuthorities: 'Datei mit Zertifizierungsstellen auswählen',
  certificates: 'Zertifikate (PEM)',
  importRules: 'Wählregeln importieren',
  exportRules: 'Wählregeln exportieren',
  exportCalls: 'Anrufe exportieren',
  exportContacts: 'Kontakte exportieren',
  rules: 'Wählregeln',
  importContacts: 'Kontakte importieren',
  contacts: 'Kontakte (CSV, vCard)',
  allFiles: 'Alle Dateien',
};
