import type { Language } from '../shared/language.ts';
import { english } from './en/dial-options.ts';

export type DialOptionsMessages = typeof english;

export const ENGLISH: DialOptionsMessages = english;

export async function loadDialOptionsMessages(language: Language): Promise<DialOptionsMessages> {
  if (language === 'en') return english;
  const { german } = await import('./de/dial-options.ts');
  return german;
}
