import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/** The static non-type imports of a file and of everything it imports: our files and module names. */
function loads(file: string, found = new Set<string>()): Set<string> {
  found.add(relative(ROOT, file));
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    if (statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) continue;
    const { text } = statement.moduleSpecifier;
    if (!text.startsWith('.')) found.add(text);
    else if (!found.has(relative(ROOT, join(dirname(file), text)))) loads(join(dirname(file), text), found);
  }
  return found;
}

test('a start loads only a few small files before it requests the lock', () => {
  const loaded = [...loads(join(ROOT, 'src/main/index.ts'))];
  const packages = loaded.filter((name) => !name.startsWith('src/') && !name.startsWith('node:'));
  expect(packages).toEqual(['electron']);
  const bytes = loaded.filter((name) => name.startsWith('src/')).map((name) => readFileSync(join(ROOT, name)).length);
  expect(bytes.reduce((sum, length) => sum + length, 0)).toBeLessThan(25_000);
});
