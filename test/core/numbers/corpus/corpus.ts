import { APART } from './apart.ts';
import type { CorpusLine } from './corpus-line.ts';
import { LINKS1 } from './links-1.ts';
import { LINKS2 } from './links-2.ts';
import { ODD } from './odd.ts';
import { OTHERS } from './others.ts';
import { AFTER } from './after.ts';
import { REGIONS1 } from './regions-1.ts';
import { REGIONS2 } from './regions-2.ts';
import { TEXTS } from './texts.ts';
import { SOURCED_LINES, WILD_LINES } from './wild.ts';
import { WRITTEN1 } from './written-1.ts';
import { WRITTEN2 } from './written-2.ts';

export const CORPUS: readonly CorpusLine[] = [
  ...LINKS1,
  ...LINKS2,
  ...WRITTEN1,
  ...WRITTEN2,
  ...OTHERS,
  ...TEXTS,
  ...ODD,
  ...REGIONS1,
  ...REGIONS2,
  ...APART,
  ...AFTER,
  ...WILD_LINES,
  ...SOURCED_LINES,
];
