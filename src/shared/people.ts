/** What a number of a person is for. `main` is the number of the company, behind which others sit as well. */
export type NumberKind = 'work' | 'mobile' | 'home' | 'main' | 'fax' | 'extension' | 'sip' | 'other';

/** What a number that can be called is for. */
export type CallKind = Exclude<NumberKind, 'fax' | 'sip'>;

/** A number of somebody whom a search found; one entry for each of their numbers. */
export interface FoundNumber {
  name: string;
  /** '' where none is known. */
  company: string;
  department: string;
  /** As it would be dialled. */
  number: string;
  kind: CallKind;
}
