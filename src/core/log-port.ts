/**
 * The program's log. A text must not contain a password, a token or a whole phone number. The log file masks everything
 * that still looks like one.
 */
export interface Log {
  info(text: string): void;
  warn(text: string): void;
}
