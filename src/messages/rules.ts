import type { Language } from '../shared/language.ts';
import { english } from './en/rules.ts';

export type RulesMessages = typeof english;

export const ENGLISH: RulesMessages = english;

export async function loadRulesMessages(language: Language): Promise<RulesMessages> {
  if (language === 'en') return english;
  const { german } = await import('./de/rules.ts');
  return german;
}
