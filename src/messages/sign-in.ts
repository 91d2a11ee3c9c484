import type { Language } from '../shared/language.ts';
import { english } from './en/sign-in.ts';

export type SignInMessages = typeof english;

export const ENGLISH: SignInMessages = english;

export async function loadSignInMessages(language: Language): Promise<SignInMessages> {
  if (language === 'en') return english;
  const { german } = await import('./de/sign-in.ts');
  return german;
}
