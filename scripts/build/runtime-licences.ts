import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Plugin } from 'vite';

interface PackageJson {
  name: string;
  version: string;
  license?: string;
  dependencies?: Record<string, string>;
}

interface Licence {
  name: string;
  version: string;
  identifier: string;
  text: string;
}

const readPackage = (folder: string): PackageJson =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;

/** The folder of a package as Node finds it from another one; its `exports` may hide its package.json. */
function findPackage(name: string, from: string): string {
  const folders = createRequire(join(from, 'package.json')).resolve.paths(name) ?? [];
  const found = folders.map((folder) => join(folder, name)).find((folder) => hasPackageJson(folder));
  if (found === undefined) throw new Error(`${name}, which ${from} depends on, is not installed`);
  return found;
}

function hasPackageJson(folder: string): boolean {
  try {
    return readdirSync(folder).includes('package.json');
  } catch {
    return false;
  }
}

/** The text of the LICENSE file, or of the README section that old packages have instead; null without either. */
export function licenceText(folder: string): string | null {
  const files = readdirSync(folder);
  const file = files.find((name) => /^(licen[cs]e|copying)(\.|-|$)/i.test(name));
  if (file !== undefined) return readFileSync(join(folder, file), 'utf8').trim();
  const readme = files.find((name) => /^readme/i.test(name));
  const text = readme === undefined ? '' : readFileSync(join(folder, readme), 'utf8');
  const section = /^#+ *licen[cs]e\b.*\n([^]*?)(?=^#|(?![^]))/im.exec(text)?.[1]?.trim() ?? '';
  return section.includes('Copyright') ? section : null;
}

/**
 * Name, version and licence of the `dependencies` of the package in `root`, and of theirs. Throws when a text is
 * missing.
 */
export function runtimeLicences(root: string): Licence[] {
  const found = new Map<string, Licence>();
  const visit = (folder: string): void => {
    const { name, version, license, dependencies = {} } = readPackage(folder);
    const key = `${name}@${version}`;
    if (found.has(key)) return;
    const text = licenceText(folder);
    if (text === null) throw new Error(`${key} comes without the text of its licence: it cannot be shipped`);
    found.set(key, { name, version, identifier: license ?? '', text });
    for (const dependency of Object.keys(dependencies)) visit(findPackage(dependency, folder));
  };
  for (const dependency of Object.keys(readPackage(root).dependencies ?? {})) visit(findPackage(dependency, root));
  return [...found.values()];
}

/**
 * Writes `runtime-licences.json` beside the bundle: the packages that are shipped in node_modules and not bundled. Vite's
 * `build.license` writes the same for the bundled ones.
 */
export function licencesOfDependencies(root: string): Plugin {
  return {
    name: 'traydial:runtime-licences',
    generateBundle() {
      const source = JSON.stringify(runtimeLicences(root), null, 2);
      this.emitFile({ type: 'asset', fileName: 'runtime-licences.json', source });
    },
  };
}
