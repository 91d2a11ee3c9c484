import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { buildWhenStale, ROOT } from '../../scripts/build-when-stale.ts';
import { licenceText, runtimeLicences } from '../../scripts/build/runtime-licences.ts';
import { readLicences } from '../../src/main/licences.ts';

/** Writes files, given as path: text, into a new folder. */
function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'traydial-licences-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const manifest = (name: string, ...dependencies: string[]): string =>
  JSON.stringify({
    name,
    version: '1.0.0',
    license: 'MIT',
    dependencies: Object.fromEntries(dependencies.map((dependency) => [dependency, '*'])),
  });

test('every package in the build has the text of its licence, with a copyright line', async () => {
  expect(await buildWhenStale()).toBe(true);
  const licences = await readLicences(join(ROOT, 'out'));

  if (!licences.ok) throw new Error(JSON.stringify(licences.error));
  const names = licences.value.map(({ name }) => name);
  // One of each: bundled into main, bundled into the window, and shipped beside the bundles.
  expect(names).toEqual(expect.arrayContaining(['zod', 'svelte', 'node-notifier']));
  expect(licences.value.filter(({ text }) => !/copyright|©/i.test(text)).map(({ name }) => name)).toEqual([]);
});

test('the dependencies of dependencies are in the list, each once', () => {
  const root = folderWith({
    'package.json': manifest('program', 'a', 'b'),
    'node_modules/a/package.json': manifest('a', 'c'),
    'node_modules/a/LICENSE': 'Copyright A',
    'node_modules/b/package.json': manifest('b', 'c'),
    'node_modules/b/license.md': 'Copyright B',
    'node_modules/c/package.json': manifest('c'),
    'node_modules/c/README.md': '# c\n\n## License ##\n\nCopyright C\n\nMIT\n\n## More\n\nno',
  });

  expect(runtimeLicences(root).map(({ name, text }) => [name, text])).toEqual([
    ['a', 'Copyright A'],
    ['c', 'Copyright C\n\nMIT'],
    ['b', 'Copyright B'],
  ]);
});

test('a package without its licence text fails the build', () => {
  const root = folderWith({
    'package.json': manifest('program', 'a'),
    'node_modules/a/package.json': manifest('a'),
    'node_modules/a/README.md': '## License\n\nMIT',
  });

  expect(() => runtimeLicences(root)).toThrow('a@1.0.0 comes without the text of its licence');
  expect(licenceText(join(root, 'node_modules/a'))).toBe(null);
});

test('a list with a package that has no text is rejected', async () => {
  const out = folderWith({
    'main/licences.json': '[{"name":"a","version":"1.0.0"}]',
    'main/runtime-licences.json': '[]',
    'preload/licences.json': '[]',
    'renderer/licences.json': '[]',
  });

  expect(await readLicences(out)).toMatchObject({ ok: false, error: { code: 'action-failed' } });
});
