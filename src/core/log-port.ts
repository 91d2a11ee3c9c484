/**
 * The program's log. A text must not contain a password, a token or a whole phone number. The log file masks everything
 * that looks like one all the same.
 */
export interface Log {
  info(text: string): void;
  warn(text: string): void;
}
