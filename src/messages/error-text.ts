import type { AppError, ErrorCode, ErrorParams } from '../shared/errors.ts';

/** What a user reads about an error. */
export interface ErrorText {
  /** What happened, as a sentence. */
  message: string;
  /** What the user should do next; '' if there is nothing to do. */
  advice: string;
}

/** The texts of all errors in one language. */
export type ErrorTexts = {
  [C in ErrorCode]: C extends keyof ErrorParams ? (params?: ErrorParams[C]) => ErrorText : ErrorText;
};

export const text = (message: string, advice = ''): ErrorText => ({ message, advice });

/** What a user reads about this error. */
export function errorText({ errors }: { errors: ErrorTexts }, error: AppError): ErrorText {
  const entry = errors[error.code];
  // An error has the parameters of its code.
  return typeof entry === 'function' ? (entry as (params: unknown) => ErrorText)(error.params) : entry;
}

/** Both sentences as one text. */
export function errorSentence(messages: { errors: ErrorTexts }, error: AppError): string {
  const { message, advice } = errorText(messages, error);
  return advice === '' ? message : `${message} ${advice}`;
}
