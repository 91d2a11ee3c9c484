import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { causeOf, codeOf } from './file-trouble.ts';

/**
 * Why the program cannot run in this folder, as a sentence with what to do, or null. A folder that cannot be written to
 * is no such reason: the program runs with the files in it and says what it cannot save.
 */
export function profileProblem(folder: string): string | null {
  try {
    mkdirSync(folder, { recursive: true });
    if (!statSync(folder).isDirectory()) return sentence(folder, 'ENOTDIR');
    readdirSync(folder);
    return null;
  } catch (error) {
    return sentence(folder, codeOf(error));
  }
}

const sentence = (folder: string, code: string): string =>
  `Traydial keeps its files in ${folder}, and that folder cannot be used (${causeOf(code)}). ` +
  'Check what is in its place and the rights of the folder above it, then start Traydial again.';
