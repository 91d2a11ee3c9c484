import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** What is known of a run that did not end properly. */
export interface BadEnd {
  /** Its version and start. */
  run: string;
  /** The crash dumps that are there, the newest first. */
  dumps: readonly string[];
  /** The end of the log as that run left it; '' where there is none. */
  logEnd: string;
}

/** Lines for a report, which masks them. The dumps are named only: they hold what was in the memory. */
export function badEndFacts({ run, dumps, logEnd }: BadEnd): string[] {
  return [
    `Did not end properly: ${run === '' ? 'a run that left nothing about itself' : run}`,
    '',
    dumps.length === 0 ? 'No crash dumps.' : 'Crash dumps on this computer:',
    ...dumps,
    '',
    'The end of the log:',
    logEnd === '' ? '(there is no log)' : logEnd,
  ];
}

/** The last whole lines of a file, at most `bytes` of it; '' where it cannot be read. Never throws. */
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
