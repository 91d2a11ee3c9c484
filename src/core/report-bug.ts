/** JavaScript's own complaints about code: nothing that a network or a server can cause. */
const PROGRAMMING = [TypeError, ReferenceError, RangeError, SyntaxError, EvalError, URIError];

/** Whether an error is a fault of the program. Node's own errors of these kinds carry a code and are told apart by it. */
export function isBug(error: unknown): error is Error {
  return PROGRAMMING.some((kind) => error instanceof kind) && !(error instanceof Error && 'code' in error);
}

type Listener = (bug: Error) => void;

/** Where nobody listens, a bug is an uncaught exception: no test and no tool passes over it. */
const throwLater: Listener = (bug) => {
  setImmediate(() => {
    throw bug;
  });
};
let listener = throwLater;

/** Like `reportError()` of the web: the bug is written down with its stack, and the caller answers with `internal`. */
export function reportBug(error: unknown): void {
  listener(error instanceof Error ? error : new Error(String(error)));
}

/** Who writes bugs down; the function returned takes that back. */
export function hearBugs(hear: Listener): () => void {
  listener = hear;
  return () => {
    listener = throwLater;
  };
}
