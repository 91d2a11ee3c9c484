import type { CallableKind, NumberKind } from './people.ts';

/** What is wrong with one row or card of a file, or with one number in it. */
export type ImportProblemCode =
  /** A quote has no end, so the row cannot be read. */
  | 'unclosed-quote'
  /** A row has more fields than there are columns, so it is not clear which field is which. */
  | 'too-many-fields'
  /** A card has no end, or has a line that is not valid. */
  | 'broken-card'
  | 'no-name'
  /** A spreadsheet wrote the number as 4.93E+11, so its digits are lost. */
  | 'number-rounded'
  /** A spreadsheet treated the number as a formula. The number is complete and is used. */
  | 'number-as-formula'
  /** A program wrote the number as 49301234567.0. The number is complete and is used. */
  | 'number-as-decimal'
  /** A spreadsheet probably dropped the 0 at the start. The number is kept without it. */
  | 'zero-lost'
  /** A column of numbers contains another text. */
  | 'number-unreadable'
  /** The number is somebody else's: "0171 2345678 (wife)". */
  | 'number-of-others'
  /** The values of a column look like phone numbers, but its header does not say that they are the person's own. */
  | 'column-unused';

export interface ImportProblem {
  code: ImportProblemCode;
  /** The line of the file where the row or card begins, from 1. */
  line: number;
  /** The header of the column, or the property of the card; '' for the row as a whole. */
  column: string;
  /** The text with the problem, at most 80 characters. */
  text: string;
}

/** What a column of a table holds: a part of a person, or a number of a kind. */
export type ColumnUse =
  | 'first'
  | 'middle'
  | 'last'
  | 'name'
  | 'reversed'
  | 'nickname'
  | 'company'
  | 'department'
  | 'email'
  | 'label'
  | NumberKind;

/** The contents of a file of contacts, before anything is imported. */
export interface ContactsPreview {
  /** The id of this preview. Only the last preview can be imported. */
  id: string;
  /** The name of the file. */
  file: string;
  people: number;
  /** Rows or cards that are left out. */
  leftOut: number;
  /** The columns that are used; empty for vCard. */
  columns: { header: string; holds: ColumnUse }[];
  /** The first problems. */
  problems: ImportProblem[];
  /** How many problems there are beyond these. */
  moreProblems: number;
  /** A file with this name was imported before, and its people will be replaced. */
  replaces: boolean;
}

/** A file that was imported. */
export interface ImportedContacts {
  file: string;
  people: number;
}

/** A contact that the user entered. */
export interface OwnContact {
  /** null for a new contact. */
  id: string | null;
  name: string;
  /** '' when not known. */
  company: string;
  numbers: { kind: CallableKind; number: string }[];
}

/** Own contacts in the order of their names. */
export interface OwnContacts {
  contacts: OwnContact[];
  /** How many contacts there are beyond these. */
  more: number;
}

/** Maximum numbers of one own contact. */
export const MAX_CONTACT_NUMBERS = 10;
