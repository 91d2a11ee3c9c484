/**
 * The messages of the command line. A sub-command prints in the language of the running program; its own process uses
 * the user's choice, or the system's language.
 */
import type { Language } from '../shared/language.ts';
import { english } from './en/command-line.ts';

export type CommandLineMessages = typeof english;

export async function loadCommandLineMessages(language: Language): Promise<CommandLineMessages> {
  if (language === 'en') return english;
  const { german } = await import('./de/command-line.ts');
  return german;
}
