/**
 * The messages of the main process: tray, notifications, dialogs, command line. English is always loaded, another
 * language when it is used.
 */
import type { Language } from '../shared/language.ts';
import { english } from './en/main.ts';

export type MainMessages = typeof english;

export const ENGLISH: MainMessages = english;

export async function loadMainMessages(language: Language): Promise<MainMessages> {
  if (language === 'en') return english;
  const { german } = await import('./de/main.ts');
  return german;
}
