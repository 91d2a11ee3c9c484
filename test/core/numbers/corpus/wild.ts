import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { CorpusLine } from './corpus-line.ts';

const SOURCES = [
  'issue thread',
  'imprint',
  'vCard',
  'CSV export',
  'signature',
  'directory',
  'web page',
  'PBX manual',
] as const;

const LINE = z.strictObject({
  /** The kind of place where people write so. The words and the digits are made up. */
  source: z.enum(SOURCES),
  reason: z.string().min(1),
  country: z.string().regex(/^[A-Z]{2}$/),
  text: z.string(),
  outcome: z.string().min(1),
});

/** How numbers are written in some forty countries: signatures, imprints, exports and the like, one JSON object a line. */
const WILD = readFileSync(new URL('wild.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => LINE.parse(JSON.parse(line)));

export const WILD_LINES: readonly CorpusLine[] = WILD.map(({ source, reason, country, text, outcome }) => [
  `${source}: ${reason}`,
  country,
  text,
  outcome,
]);
