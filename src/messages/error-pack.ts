/** The texts of errors, a pack of their own: the window's first picture hardly ever shows one. */
import type { Language } from '../shared/language.ts';
import { english } from './en/error-pack.ts';
import type { ErrorTexts } from './error-text.ts';

export interface ErrorMessages {
  errors: ErrorTexts;
}

export const ENGLISH: ErrorMessages = english;

export async function loadErrorMessages(language: Language): Promise<ErrorMessages> {
  if (language === 'en') return english;
  const { german } = await import('./de/error-pack.ts');
  return german;
}
