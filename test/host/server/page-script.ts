import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PageConfig } from '../messages.ts';

const PAGE = join(import.meta.dirname, '../page');
const bundles = new Map<string, Promise<string>>();

/** One of the host's own browser scripts as a classic script that sets `globalThis.<name>`; built once per start. */
export function bundled(file: 'start.ts' | 'desktop.ts'): Promise<string> {
  const known = bundles.get(file) ?? bundle(join(PAGE, file));
  bundles.set(file, known);
  return known;
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
