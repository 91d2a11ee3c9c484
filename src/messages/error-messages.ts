/** The messages about errors. They are loaded on demand, because the window rarely shows an error when it opens. */
import type { Language } from '../shared/language.ts';
import { english } from './en/error-messages.ts';
import type { ErrorTexts } from './error-text.ts';

export interface ErrorMessages {
  errors: ErrorTexts;
}

export const ENGLISH: ErrorMessages = english;

export async function loadErrorMessages(language: Language): Promise<ErrorMessages> {
  if (language === 'en') return english;
  const { german } = await import('./de/error-messages.ts');
  return german;
}
