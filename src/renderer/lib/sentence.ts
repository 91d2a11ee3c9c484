import { errorSentence, errorText, text, type ErrorText } from '../../messages/error-text.ts';
import type { AppError } from '../../shared/errors.ts';
import { errorTexts } from '../state/error-texts.svelte.ts';
import { messages } from '../state/messages.svelte.ts';
import type { EndMessages } from './end-words.ts';

/** The text of an error in the current language; empty until the texts are loaded. */
export function textOf(error: AppError): ErrorText {
  const texts = errorTexts();
  return texts === null ? text('') : errorText(texts, error);
}

/** What went wrong and what to do next, as one text. */
export function sentenceOf(error: AppError): string {
  const texts = errorTexts();
  return texts === null ? '' : errorSentence(texts, error);
}

/** The messages for `endWords`. */
export const endMessages = (): EndMessages => ({ placed: messages().placed, errors: errorTexts()?.errors ?? null });
