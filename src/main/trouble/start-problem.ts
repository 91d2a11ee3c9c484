/**
 * Why the program cannot start, as a sentence for the user. Throw it anywhere while the program starts: it is logged
 * and shown in a window of its own, and the program ends with exit code 1.
 */
export class StartProblem extends Error {
  override readonly name = 'StartProblem';
  /** What the user can do, e.g. "Free some space, then start Traydial again."; '' when the message says it. */
  readonly action: string;

  /** `message`: what happened, a sentence. `cause`: the error behind it, for the report. */
  constructor(message: string, action = '', cause?: unknown) {
    super(message, { cause });
    this.action = action;
  }
}
