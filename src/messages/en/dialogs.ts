/** The system's dialogs for files: their titles and the kinds of files to choose from. */
export const dialogs = {
  chooseAuthorities: 'Choose a file with certificate authorities',
  certificates: 'Certificates (PEM)',
  importRules: 'Import dial rules',
  exportRules: 'Export dial rules',
  exportCalls: 'Export calls',
  exportContacts: 'Export contacts',
  rules: 'Dial rules',
  importContacts: 'Import contacts',
  contacts: 'Contacts (CSV, vCard)',
  allFiles: 'All files',
};
