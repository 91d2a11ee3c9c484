/**
 * The messages of the window's first views. Views that are loaded on demand have bundles of their own (`messageBundle`).
 * English is always loaded, another language when it is used.
 */
import type { Language } from '../shared/language.ts';
import { english } from './en/window.ts';

export type WindowMessages = typeof english;

export const ENGLISH: WindowMessages = english;

export async function loadWindowMessages(language: Language): Promise<WindowMessages> {
  if (language === 'en') return english;
  const { german } = await import('./de/window.ts');
  return german;
}
