import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PageConfig } from '../messages.ts';

const HOST = join(import.meta.dirname, '..');
const ROOT = join(HOST, '../..');
const PAGE = join(HOST, 'page');
const CACHE = join(ROOT, 'node_modules/.cache/host-page');
const bundles = new Map<string, Promise<string>>();

/** One of the host's own browser scripts as a classic script that sets `globalThis.<name>`; built once per start. */
export function bundled(file: 'start.ts' | 'desktop.ts'): Promise<string> {
  const known = bundles.get(file) ?? fromCache(file);
  bundles.set(file, known);
  return known;
}

/** To load Vite takes longer than the rest of a start, so what it built is kept until a source has changed. */
async function fromCache(file: string): Promise<string> {
  const path = join(CACHE, `${file}-${sourcesHash()}.js`);
  const kept = await readFile(path, 'utf8').catch(() => null);
  if (kept !== null) return kept;
  const code = await bundle(join(PAGE, file));
  const fresh = `${path}.${process.pid}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(fresh, code);
  // Another start may do the same at the same time.
  await rename(fresh, path);
  return code;
}

/** Of everything that can be in a script: the files of the host and the versions of packages. */
function sourcesHash(): string {
  const hash = createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json')));
  const files = readdirSync(HOST, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  for (const name of files.toSorted()) hash.update(`${name}\n`).update(readFileSync(join(HOST, name)));
  return hash.digest('hex').slice(0, 16);
}

async function bundle(entry: string): Promise<string> {
  const { build } = await import('vite');
  const result = await build({
    configFile: false,
    envDir: false,
    logLevel: 'silent',
    publicDir: false,
    build: { write: false, minify: false, target: 'es2022', lib: { entry, formats: ['iife'], name: 'host' } },
  });
  const outputs = Array.isArray(result) ? result : 'output' in result ? [result] : [];
  const chunk = outputs.flatMap(({ output }) => output).find((part) => part.type === 'chunk');
  if (chunk === undefined) throw new Error(`the host's page script could not be built from ${entry}`);
  return chunk.code;
}

/** The script that a page runs before any other: Electron's renderer API, then the product's preload on top of it. */
export async function pageScript(config: PageConfig, preload: string | undefined): Promise<string> {
  const [code, preloadCode] = await Promise.all([
    bundled('start.ts'),
    preload === undefined ? '' : readFile(preload, 'utf8'),
  ]);
  const wrapped = `function (require, module, exports, process) {\n${preloadCode}\n}`;
  return `(() => {\n${code}\nhost.start(${JSON.stringify(config)}, ${wrapped});\n})();\n`;
}
