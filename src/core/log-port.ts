/**
 * Where the program writes what happened. Texts must hold no password, token or whole phone number;
 * the file behind it masks what looks like one all the same.
 */
export interface Log {
  info(text: string): void;
  warn(text: string): void;
}
