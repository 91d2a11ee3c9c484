/** What a number of a person is for. `main` is the company's number, which they share with others. */
export type NumberKind = 'work' | 'mobile' | 'home' | 'main' | 'fax' | 'extension' | 'sip' | 'other';

/** What a number that can be called is for. */
export type CallableKind = Exclude<NumberKind, 'fax' | 'sip'>;

/** A number of a person whom a search found. A person with several numbers has several entries. */
export interface FoundNumber {
  name: string;
  /** '' when not known. */
  company: string;
  /** '' when not known. */
  department: string;
  /** The number as it would be dialled. */
  number: string;
  kind: CallableKind;
}
