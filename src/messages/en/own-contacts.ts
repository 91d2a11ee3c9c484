import type { CallableKind } from '../../shared/people.ts';
import { formatFor } from '../format.ts';

const { plural } = formatFor('en');

/** What a number of a contact is for. */
const kinds: Record<CallableKind, string> = {
  work: 'Work',
  mobile: 'Mobile',
  home: 'Home',
  main: 'Main number',
  extension: 'Extension',
  other: 'Other',
};

/** Contacts that the user enters. */
export const english = {
  title: 'My contacts',
  hint: 'Names you give to numbers. They come before all others.',
  filter: 'Find a contact',
  none: 'No contact found.',
  more: (count: number) => plural(count, { one: '# more. Type to find it.', other: '# more. Type to find them.' }),
  add: 'New contact',
  edit: (name: string) => `Edit ${name}`,
  remove: (name: string) => `Delete ${name}`,
  removeQuestion: 'This contact will be deleted.',
  delete: 'Delete',
  name: 'Name',
  company: 'Company',
  number: (position: number) => `Number ${position}`,
  kind: (position: number) => `Kind of number ${position}`,
  kinds,
  addNumber: 'Add a number',
  removeNumber: (position: number) => `Remove number ${position}`,
  save: 'Save',
  cancel: 'Cancel',
  export: 'Export as vCard…',
  exported: 'The contacts were exported.',
  saved: (name: string) => `${name} saved.`,
};
