import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { transform as transformCss } from 'lightningcss';
import ts from 'typescript';
import { build, transformWithOxc } from 'vite';

const RUNTIME = join(import.meta.dirname, 'runtime');
const CHROME = { name: 'chrome114', css: { chrome: 114 << 16 } };

interface PackageJson {
  dependencies?: Record<string, string>;
  [field: string]: unknown;
}

/**
 * Lowers the finished build in `root`/out for Electron 25 (Chromium 114, Node 18.15) and writes the result to `target`.
 * That Electron loads no ES modules in the main process, so they become SystemJS modules, which keep live bindings,
 * cycles, import() and top-level await. core-js polyfills missing built-ins.
 */
export async function lowerProgram(root: string, target: string): Promise<void> {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  cpSync(join(root, 'out'), join(target, 'out'), {
    recursive: true,
    filter: (path) => /^(main|preload|renderer)?([\\/]|$)/.test(relative(join(root, 'out'), path)),
  });
  cpSync(join(root, 'resources'), join(target, 'resources'), { recursive: true });
  await lowerMain(join(target, 'out/main'));
  await lowerFiles(join(target, 'out/preload'), '.cjs', lowerScript);
  await lowerWindow(join(target, 'out/renderer'));
  await bundleRuntime('boot.ts', target);
  const manifest = readManifest(root);
  copyPackages(root, join(target, 'node_modules'), Object.keys(manifest.dependencies ?? {}));
  const lowered = { ...manifest, type: 'commonjs', main: 'boot.cjs' };
  writeFileSync(join(target, 'package.json'), JSON.stringify(lowered, null, 2));
}

/** Bundles a script of the folder `runtime` with its imports: `boot.ts` becomes `boot.cjs` in `target`. */
export async function bundleRuntime(
  script: string,
  target: string,
  format: 'cjs' | 'iife' = 'cjs',
  entryFileNames = '[name].cjs',
): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: join(RUNTIME, script),
      outDir: target,
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'node18',
      rolldownOptions: {
        external: ['electron'],
        output: { format, entryFileNames, codeSplitting: false },
      },
    },
  });
}

async function lowerMain(folder: string): Promise<void> {
  await lowerFiles(folder, '.js', (code, name) => {
    const { outputText } = ts.transpileModule(code, {
      fileName: name,
      compilerOptions: {
        // Deprecated in TypeScript 6, but the only output that runs from CommonJS and allows top-level await.
        // eslint-disable-next-line @typescript-eslint/no-deprecated
        module: ts.ModuleKind.System,
        target: ts.ScriptTarget.ES2022,
        allowJs: true,
        ignoreDeprecations: '6.0',
      },
    });
    return outputText;
  });
}

async function lowerWindow(folder: string): Promise<void> {
  await lowerFiles(folder, '.js', lowerScript);
  await lowerFiles(folder, '.css', (code, filename) => {
    const css = transformCss({ filename, code: Buffer.from(code), targets: CHROME.css });
    return css.code.toString();
  });
  // A separate file, loaded before the page's script: the Content-Security-Policy allows no inline scripts.
  await bundleRuntime('built-ins.ts', folder, 'iife', '[name].js');
  const page = join(folder, 'index.html');
  const html = readFileSync(page, 'utf8');
  const lowered = html.replace('<script type="module"', '<script src="./built-ins.js"></script>\n    $&');
  if (lowered === html) throw new Error('out/renderer/index.html has no module script to insert the polyfills before.');
  writeFileSync(page, lowered);
}

async function lowerScript(code: string, name: string): Promise<string> {
  return (await transformWithOxc(code, name, { target: CHROME.name, lang: 'js' })).code;
}

type Lower = (code: string, name: string) => string | Promise<string>;

async function lowerFiles(folder: string, extension: string, lower: Lower): Promise<void> {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith(extension)) continue;
    const file = join(folder, name);
    writeFileSync(file, await lower(readFileSync(file, 'utf8'), name));
  }
}

/** Copies packages and, recursively, their dependencies; npm installs all of them at the top of node_modules. */
function copyPackages(root: string, target: string, names: readonly string[], copied = new Set<string>()): void {
  for (const name of names.filter((other) => !copied.has(other))) {
    copied.add(name);
    const from = join(root, 'node_modules', name);
    mkdirSync(dirname(join(target, name)), { recursive: true });
    cpSync(from, join(target, name), { recursive: true });
    copyPackages(root, target, Object.keys(readManifest(from).dependencies ?? {}), copied);
  }
}

function readManifest(folder: string): PackageJson {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;
}
