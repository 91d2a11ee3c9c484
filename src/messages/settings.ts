import type { Language } from '../shared/language.ts';
import { english } from './en/settings.ts';

export type { SettingsPage } from './en/settings.ts';

export type SettingsMessages = typeof english;

export const ENGLISH: SettingsMessages = english;

export async function loadSettingsMessages(language: Language): Promise<SettingsMessages> {
  if (language === 'en') return english;
  const { german } = await import('./de/settings.ts');
  return german;
}
