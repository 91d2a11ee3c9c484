import type { Language } from '../shared/language.ts';
import { english } from './en/history.ts';

export type HistoryMessages = typeof english;

export const ENGLISH: HistoryMessages = english;

export async function loadHistoryMessages(language: Language): Promise<HistoryMessages> {
  if (language === 'en') return english;
  const { german } = await import('./de/history.ts');
  return german;
}
