import { inspect } from 'node:util';
import { redact } from '../redact.ts';

/** Where a report was written. */
export interface ReportPlace {
  /** Traydial's own version. */
  version: string;
  platform: string;
  /** process.versions */
  versions: Readonly<Record<string, string | undefined>>;
  /** The user's home folder. It is left out of the report, because it often contains the user's name. */
  home: string;
}

/** A text that is safe to send: without secrets, complete phone numbers or the user's name in a path. */
export function writeReport(place: ReportPlace, at: Date, facts: readonly string[]): string {
  const { version, platform, versions, home } = place;
  const head = `Traydial ${version} on ${platform}, Electron ${versions['electron'] ?? '?'}, Node ${versions['node'] ?? '?'}`;
  const text = redact([head, at.toISOString(), '', ...facts].join('\n'));
  return home.length > 1 ? text.replaceAll(home, '~') : text;
}

/** An error with its stack and cause; other thrown values as Node prints them. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return inspect(error, { depth: 2, maxStringLength: 1000 });
  const own = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause === undefined ? own : `${own}\nCaused by: ${describeError(error.cause)}`;
}
