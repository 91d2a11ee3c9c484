/** A third-party package in the program. */
export interface Licence {
  name: string;
  version: string;
  /** SPDX identifier, e.g. MIT; '' if the package names none. */
  identifier: string;
  /** The text of the licence, with its copyright line. */
  text: string;
}
