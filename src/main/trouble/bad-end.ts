import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { CrashDump } from './crash-dumps.ts';

/** The facts about a run that did not end properly. */
export interface BadEnd {
  /** The version and the start of the run; '' if it left nothing. */
  run: string;
  /** Existing crash dumps, newest first. */
  dumps: readonly CrashDump[];
  /** The end of that run's log; '' when there is none. */
  logEnd: string;
}

/** Lines for a report, which masks them. Dumps are only named, because they contain parts of the memory. */
export function badEndFacts({ run, dumps, logEnd }: BadEnd): string[] {
  return [
    `Did not end properly: ${run === '' ? 'a run of which nothing is known' : run}`,
    '',
    dumps.length === 0 ? 'No crash dumps.' : 'Crash dumps on this computer:',
    ...dumps.map(({ name, at }) => `${new Date(at).toISOString()} ${name}`),
    '',
    'The end of the log:',
    logEnd === '' ? '(there is no log)' : logEnd,
  ];
}

/** The last complete lines of a file, at most `bytes`; '' when it cannot be read. Never throws. */
export function endOfFile(path: string, bytes: number): string {
  try {
    const file = openSync(path, 'r');
    try {
      const { size } = fstatSync(file);
      const start = Math.max(0, size - bytes);
      const buffer = Buffer.alloc(size - start);
      const text = buffer.toString('utf8', 0, readSync(file, buffer, 0, buffer.length, start));
      return (start === 0 ? text : text.slice(text.indexOf('\n') + 1)).trimEnd();
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}
