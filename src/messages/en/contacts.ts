import type { ColumnUse, ImportProblem, ImportProblemCode } from '../../shared/contacts.ts';
import { formatFor } from '../format.ts';

const { plural } = formatFor('en');

const problems: Record<ImportProblemCode, string> = {
  'unclosed-quote': 'left out: a quote is not closed',
  'too-many-fields': 'left out: more fields than columns',
  'broken-card': 'left out: the card has no end',
  'no-name': 'left out: no name and no company',
  'number-rounded': 'number left out: a spreadsheet rounded it, and its digits are gone',
  'number-as-formula': 'number taken out of the formula that a spreadsheet made of it',
  'number-as-decimal': 'number used without the .0 that a program added',
  'zero-lost': 'number kept as it stands: a spreadsheet may have taken the 0 from its front',
  'number-unreadable': 'number cannot be read',
  'number-of-others': "number left out: it is somebody else's",
  'column-unused': 'column not used, although its values look like phone numbers',
};

/** What a column of a file of contacts was taken for. */
const holds: Record<ColumnUse, string> = {
  first: 'first name',
  middle: 'middle name',
  last: 'last name',
  name: 'full name',
  reversed: 'last name, first name',
  nickname: 'nickname',
  company: 'company',
  department: 'department',
  email: 'e-mail',
  label: 'what the number beside it is for',
  work: 'office number',
  mobile: 'mobile number',
  home: 'private number',
  main: 'main number of the company',
  fax: 'fax number',
  extension: 'extension',
  sip: 'SIP address',
  other: 'number',
};

/** "line 12, Mobile Phone: number left out: … (4.93E+11)" */
function problem({ code, line, column, text }: ImportProblem): string {
  const where = column === '' ? `line ${line}` : `line ${line}, ${column}`;
  return `${where}: ${problems[code]}${text === '' ? '' : ` (${text})`}`;
}

/** Files of contacts: what they hold, what is wrong with them, and importing them. */
export const contacts = {
  title: 'Imported contacts',
  hint: 'A CSV or vCard file, as Outlook, Google and others export it.',
  list: 'Imported files',
  choose: 'Import contacts…',
  people: (count: number) => plural(count, { one: '# person', other: '# people' }),
  found: (people: number, leftOut: number) =>
    leftOut === 0
      ? `${plural(people, { one: '# person', other: '# people' })} found.`
      : `${plural(people, { one: '# person', other: '# people' })} found, ${plural(leftOut, { one: '# row', other: '# rows' })} left out.`,
  replaces: 'They replace those of the file of this name.',
  columns: 'What the columns hold',
  noHeader: '(no header)',
  holds,
  problems: (count: number) => plural(count, { one: '# problem', other: '# problems' }),
  problem,
  moreProblems: (count: number) => plural(count, { one: 'and # more', other: 'and # more' }),
  take: 'Import',
  cancel: 'Cancel',
  imported: (people: number, file: string) =>
    `${plural(people, { one: '# person', other: '# people' })} imported from ${file}.`,
  remove: (file: string) => `Remove ${file}`,
  removeQuestion: (people: number) =>
    `${plural(people, { one: 'Its # person', other: 'Its # people' })} will be forgotten. The file stays.`,
};
