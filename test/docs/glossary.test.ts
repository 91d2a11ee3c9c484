import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/** Files and folders whose words are checked. */
const CHECKED = ['bench', 'docs', 'scripts', 'src', 'test', 'CHANGELOG.md', 'CONTRIBUTING.md', 'README.md'];

/** The words themselves, and the texts of other people. */
const EXCEPT: ReadonlySet<string> = new Set(['test/docs/glossary.test.ts', 'test/core/numbers/corpus/texts.ts']);

const TEXT = /\.(?:css|html|js|json|md|nsh|sh|svelte|ts)$/;
const GLOSSARY = 'docs/glossary.md';

interface Retired {
  word: string;
  instead: string;
}

/** The last column of the glossary's tables holds the retired words, the first one the name to use instead. */
function retiredWords(glossary: string): Retired[] {
  return glossary.split('\n').flatMap((line) => {
    const [, instead = '', , words = ''] = line.split('|').map((cell) => cell.trim());
    return [...words.matchAll(/`([^`]+)`/g)].map(([, word = '']) => ({ word, instead }));
  });
}

const LINE_BREAK = String.raw`(?:\s|\n\s*(?:\*|//)\s)+`;

/** Finds retired words as whole words, also inside identifiers such as `isTold` and `TOLD_AT`, and across lines. */
function findRetired(text: string, retired: readonly Retired[]): string[] {
  const words = text.replace(/(?<=[a-z\d])(?=[A-Z])/g, ' ');
  return retired.flatMap(({ word, instead }) => {
    const pattern = new RegExp(`(?<![a-z])${word.split(' ').join(LINE_BREAK)}(?![a-z])`, 'gi');
    return [...words.matchAll(pattern)].map(
      ({ index }) => `${words.slice(0, index).split('\n').length}: "${word}", use "${instead}"`,
    );
  });
}

function filesIn(path: string): string[] {
  if (path === GLOSSARY) return [];
  const full = join(ROOT, path);
  if (!statSync(full).isDirectory()) return TEXT.test(path) && !path.endsWith('package-lock.json') ? [path] : [];
  return readdirSync(full)
    .filter((name) => name !== 'node_modules')
    .flatMap((name) => filesIn(relative(ROOT, join(full, name))));
}

const RETIRED = retiredWords(readFileSync(join(ROOT, GLOSSARY), 'utf8'));

test('the project contains no retired words', () => {
  expect(RETIRED.length).toBeGreaterThan(20);
  const found = CHECKED.flatMap(filesIn)
    .filter((path) => !EXCEPT.has(path))
    .flatMap((path) => findRetired(readFileSync(join(ROOT, path), 'utf8'), RETIRED).map((text) => `${path}:${text}`));
  expect(found).toEqual([]);
});

test('a retired word is found in comments, strings, identifiers and across lines, but not inside other words', () => {
  const retired = [
    { word: 'told', instead: 'report' },
    { word: 'next look', instead: 'poll' },
  ];
  const lines = ['// Told once.', 'const isTold = TOLD_AT;', "say('untold boldtold');", ' * until the next', ' * look'];
  expect(findRetired(lines.join('\n'), retired)).toEqual([
    '1: "told", use "report"',
    '2: "told", use "report"',
    '2: "told", use "report"',
    '4: "next look", use "poll"',
  ]);
});
