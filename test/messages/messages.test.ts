import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const SRC = join(import.meta.dirname, '../../src');

// The compiler already refuses a message that one language lacks. Files that export no `english` are part of a bundle.
const BUNDLES = await Promise.all(
  readdirSync(join(SRC, 'messages/en')).map(async (file) => {
    const { english } = (await import(/* @vite-ignore */ `../../src/messages/en/${file}`)) as { english?: object };
    if (english === undefined) return null;
    const { german } = (await import(/* @vite-ignore */ `../../src/messages/de/${file}`)) as { german: object };
    return [english, german] as const;
  }),
);

/** Words that are the same in both languages. */
const SAME = new Set<string>([
  '',
  'Code',
  'Details',
  'Demo',
  'System',
  'Traydial',
  'Links',
  'Alert-Info: Auto Answer',
  'Alert-Info: intercom',
  'Answer-Mode',
  'Call-Info: answer-after=0',
]);

interface Leaf {
  path: string[];
  english: unknown;
  german: unknown;
}

/** Every message of a bundle. `format` has functions of Intl instead of messages. */
function leaves(english: object, german: object, path: string[] = []): Leaf[] {
  return Object.entries(english).flatMap(([key, value]: [string, unknown]) => {
    if (path.length === 0 && key === 'format') return [];
    const other = (german as Record<string, unknown>)[key];
    const here = [...path, key];
    return typeof value === 'object' && value !== null && typeof other === 'object' && other !== null
      ? leaves(value, other, here)
      : [{ path: here, english: value, german: other }];
  });
}

const all = BUNDLES.flatMap((bundle) => (bundle === null ? [] : leaves(bundle[0], bundle[1])));

test('German has a translation of its own for every sentence', () => {
  const untranslated = all.filter(
    ({ english, german }) => typeof english === 'string' && english === german && !SAME.has(english),
  );
  expect(untranslated.map(({ path, english }) => `${path.join('.')}: ${String(english)}`)).toEqual([]);
});

test('no message is empty in German only', () => {
  const empty = all.filter(({ english, german }) => german === '' && english !== '');
  expect(empty.map(({ path }) => path.join('.'))).toEqual([]);
});

test('every message is used', () => {
  const source = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ts|svelte)$/.test(name) && !/^messages[\\/](?:en|de)[\\/]/.test(name))
    .map((name) => readFileSync(join(SRC, name), 'utf8'))
    .join('\n');
  const words = new Set(source.match(/[A-Za-z0-9_$-]+/g));
  // A table by code (errors, states) is read with a variable, and its type requires every code.
  const unused = all.filter(
    ({ path }) => !path.some((key, depth) => (depth > 0 || path.length === 1) && words.has(key)),
  );
  expect(unused.map(({ path }) => path.join('.'))).toEqual([]);
});

/** Spellings of American English. */
const AMERICAN =
  /\b(?:\w*color\w*|favorites?|centers?|dialed|dialing|canceled|canceling|labeled|license[ds]?|organiz\w+|recogniz\w+|behavior|gray|catalog|analog)\b/iu;

test('English is British English', () => {
  const american = all.filter(
    ({ path, english }) =>
      !path.includes('synonyms') && AMERICAN.test(String(english).replaceAll(/\S+\.(?:txt|html)/gu, '')),
  );
  expect(american.map(({ path, english }) => `${path.join('.')}: ${String(english)}`)).toEqual([]);
});
