/** The licence of a third-party package that is part of the program. */
export interface Licence {
  name: string;
  version: string;
  /** SPDX identifier, e.g. MIT; '' if the package names none. */
  identifier: string;
  /** The text of the licence, with its copyright line. */
  text: string;
}
