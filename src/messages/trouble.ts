/**
 * The messages of the window for uncaught errors and failed starts. English is always loaded, because it must work when
 * nothing else does.
 */
import type { Language } from '../shared/language.ts';
import { english } from './en/trouble.ts';

export type TroubleMessages = typeof english;

export const ENGLISH: TroubleMessages = english;

export async function loadTroubleMessages(language: Language): Promise<TroubleMessages> {
  if (language === 'en') return english;
  const { german } = await import('./de/trouble.ts');
  return german;
}
