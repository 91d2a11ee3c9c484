import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { CorpusLine } from './corpus-line.ts';

/** The kind of place where people write numbers this way. The words and the digits are invented. */
const KIND = z.enum([
  'issue thread',
  'imprint',
  'vCard',
  'CSV export',
  'signature',
  'directory',
  'web page',
  'PBX manual',
]);

/**
 * Where this form was found: an issue or pull request (owner/repo#number), a public file (owner/repo:path), or, where
 * the search named no address, the kind of page or file and its language. The digits and names are changed, the grouping,
 * labels and punctuation are kept.
 */
const LOOKED_UP = z
  .string()
  .regex(/^(?:[\w.-]+\/[\w.-]+(?:#\d+|:\S+)|(?:page|file): [a-z -]+, [A-Z][A-Za-z ]+, looked up)$/);

/** Reads a file with one JSON object per line. */
function readLines(file: string, source: z.ZodType<string>): CorpusLine[] {
  const line = z.strictObject({
    source,
    reason: z.string().min(1),
    country: z.string().regex(/^[A-Z]{2}$/),
    text: z.string(),
    outcome: z.string().min(1),
  });
  return readFileSync(new URL(file, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((json) => line.parse(JSON.parse(json)))
    .map((read) => [`${read.source}: ${read.reason}`, read.country, read.text, read.outcome]);
}

/** How numbers are written in some forty countries: signatures, imprints, exports and the like. */
export const WILD_LINES: readonly CorpusLine[] = readLines('wild.jsonl', KIND);

/** How numbers were written in public issue threads, files and pages of some thirty countries. */
export const SOURCED_LINES: readonly CorpusLine[] = readLines('sourced.jsonl', LOOKED_UP);
