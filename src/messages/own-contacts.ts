import type { Language } from '../shared/language.ts';
import { english } from './en/own-contacts.ts';

export type OwnContactMessages = typeof english;

export const ENGLISH: OwnContactMessages = english;

export async function loadOwnContactMessages(language: Language): Promise<OwnContactMessages> {
  if (language === 'en') return english;
  const { german } = await import('./de/own-contacts.ts');
  return german;
}
