import type { NumberKind } from '../../shared/people.ts';

export interface PersonNumber {
  kind: NumberKind;
  /** As written in the source; a SIP address for `sip`. */
  written: string;
  /** True if a spreadsheet removed a leading 0. The number is then compared as it stands; no 0 is added. */
  asItStands?: boolean;
}

/** One entry of a directory or a file: a person or a company. */
export interface Person {
  /** Unique within its source. */
  id: string;
  /** The name of a file, or a directory of the PBX. */
  source: string;
  /** Never empty: a company's entry has the company's name here. */
  name: string;
  /** '' where none is known. */
  company: string;
  department: string;
  email: string;
  numbers: readonly PersonNumber[];
  favourite: boolean;
}

/** True for the entry of a company as a whole. */
export const isCompany = (person: Pick<Person, 'name' | 'company'>): boolean => person.name === person.company;

/** A change to one person of a source. */
export type PersonChange = { change: 'set'; person: Person } | { change: 'deleted'; id: string };
