/** Errors that JavaScript throws for faulty code; a network or a server cannot cause them. */
const PROGRAMMING = [TypeError, ReferenceError, RangeError, SyntaxError, EvalError, URIError];

/** Whether an error is a fault of the program. Node's own errors of these classes have a code, so they do not count. */
export function isBug(error: unknown): error is Error {
  return PROGRAMMING.some((kind) => error instanceof kind) && !(error instanceof Error && 'code' in error);
}

type Listener = (bug: Error) => void;

/** Without a listener, a bug is an uncaught exception, so that tests and tools fail. */
const throwLater: Listener = (bug) => {
  setImmediate(() => {
    throw bug;
  });
};
let listener = throwLater;

/**
 * Like `reportError()` of the web: passes the bug to the listener, which logs it. The caller answers with `internal`.
 */
export function reportBug(error: unknown): void {
  listener(error instanceof Error ? error : new Error(String(error)));
}

/** Runs a task that must not stop what comes after it: what it throws is reported as a bug. */
export function reportingBugs(task: () => void): void {
  try {
    task();
  } catch (error) {
    reportBug(error);
  }
}

/** Sets the listener for bugs; the function returned removes it. */
export function onBug(onReport: Listener): () => void {
  listener = onReport;
  return () => {
    listener = throwLater;
  };
}
