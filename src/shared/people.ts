/** The use of a person's number. `main`: the company's main number, shared with colleagues. */
export type NumberKind = 'work' | 'mobile' | 'home' | 'main' | 'fax' | 'extension' | 'sip' | 'other';

/** The uses of numbers that are offered for calling. No person answers a fax, and a `sip` address is not a number. */
export type CallableKind = Exclude<NumberKind, 'fax' | 'sip'>;

/** One number of a person in the search results; a person with several numbers has several entries. */
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
