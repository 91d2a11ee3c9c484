import type { AppError } from '../../shared/errors.ts';

/** What went wrong and what to do next, as one text. */
export function sentenceOf(error: AppError): string {
  return error.action === undefined ? error.message : `${error.message} ${error.action}`;
}

/** A sentence made part of a longer line: "The PBX did not answer." becomes "the PBX did not answer". */
export function asClause(sentence: string): string {
  const body = sentence.replace(/\.$/u, '');
  // "PBX …" and the like keep their capitals.
  return /^\p{Lu}\p{Lu}/u.test(body) ? body : body.charAt(0).toLocaleLowerCase() + body.slice(1);
}
