import type { Language } from '../shared/language.ts';
import { english } from './en/about.ts';

export type AboutMessages = typeof english;

export const ENGLISH: AboutMessages = english;

export async function loadAboutMessages(language: Language): Promise<AboutMessages> {
  if (language === 'en') return english;
  const { german } = await import('./de/about.ts');
  return german;
}
