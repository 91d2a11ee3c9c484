/**
 * Where the program writes what happened. Texts must hold no password, token or whole phone number;
 * the file behind it masks everything that looks like one anyway.
 */
export interface Log {
  info(text: string): void;
  warn(text: string): void;
}
