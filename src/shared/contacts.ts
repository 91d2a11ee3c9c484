import type { CallKind, NumberKind } from './people.ts';

/** What is wrong with one row or card of a file, or with one number in it. */
export type ImportProblemCode =
  /** A quote without its end: the row cannot be read. */
  | 'unclosed-quote'
  /** More fields than columns: nobody knows which field is which. */
  | 'too-many-fields'
  /** A card without its end, or a line in it that is none. */
  | 'broken-card'
  | 'no-name'
  /** A spreadsheet wrote the number as 4.93E+11; its digits are gone. */
  | 'number-rounded'
  /** A spreadsheet took the number for a formula; the number is whole and is used. */
  | 'number-as-formula'
  /** A spreadsheet took the 0 in front for nothing; the number is kept as it stands. */
  | 'zero-lost'
  /** Text in a column of numbers. */
  | 'number-unreadable';

export interface ImportProblem {
  code: ImportProblemCode;
  /** The line of the file where the row or card begins, from 1. */
  line: number;
  /** The header of the column, or the property of the card; '' for the row as a whole. */
  column: string;
  /** The text that it is about, at most 80 characters. */
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

/** What a file of contacts holds, before anything of it is kept. */
export interface ContactsPreview {
  /** Names this preview: only the last one can be taken. */
  id: string;
  /** The name of the file. */
  file: string;
  people: number;
  /** Rows or cards that are left out. */
  leftOut: number;
  /** Empty for vCard; columns of which nothing is used are not here. */
  columns: { header: string; holds: ColumnUse }[];
  /** The first of them. */
  problems: ImportProblem[];
  moreProblems: number;
  /** A file of this name was imported before; its people will be replaced. */
  replaces: boolean;
}

/** A file of which people are kept. */
export interface ImportedContacts {
  file: string;
  people: number;
}

/** A contact that the user wrote. */
export interface OwnContact {
  /** null for a new one. */
  id: string | null;
  name: string;
  /** '' when not known. */
  company: string;
  numbers: { kind: CallKind; number: string }[];
}

/** Own contacts in the order of their names. */
export interface OwnContacts {
  contacts: OwnContact[];
  /** How many there are beyond these. */
  more: number;
}

/** Of an own contact. */
export const MAX_CONTACT_NUMBERS = 10;
