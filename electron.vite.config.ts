import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type UserConfig } from 'electron-vite';
import { licencesOfDependencies } from './scripts/build/runtime-licences.ts';

type Plugin = NonNullable<NonNullable<UserConfig['main']>['plugins']>[number];

/** Names are kept, so that the stack in a report says where it happened. */
const minify = { compress: true, mangle: { keepNames: true }, codegen: true } as const;

/** Modules in the bundle of main that replace ones it would never run, or would contain twice. */
const STAND_INS: readonly { of: RegExp; from?: RegExp; code: string }[] = [
  // electron-store's validator of JSON Schemas. Settings are checked by zod before they reach it (src/core/settings).
  {
    of: /^ajv(-formats)?(\/|$)/,
    code: `export default {};
      export class Ajv2020 { constructor() { throw new Error('electron-store is built without its schemas'); } }`,
  },
  // electron-store's migrations. Ours are in src/core/settings/migrations.ts.
  {
    of: /^semver$/,
    from: /[\\/]node_modules[\\/]conf[\\/]/,
    code: `export default new Proxy({}, { get() { throw new Error('electron-store is built without its migrations'); } });`,
  },
  // Main reads numbers with all metadata, so it needs no second, smaller set to show them.
  {
    of: /^libphonenumber-js\/min$/,
    code: `export * from 'libphonenumber-js/max'; export { default } from 'libphonenumber-js/max';`,
  },
];

const standIns: Plugin = {
  name: 'stand-ins',
  enforce: 'pre',
  resolveId(id, importer = '') {
    const index = STAND_INS.findIndex(({ of, from }) => of.test(id) && from?.test(importer) !== false);
    return index === -1 ? null : `\0stand-in:${index}`;
  },
  load: (id) => (id.startsWith('\0stand-in:') ? (STAND_INS[Number(id.slice(10))]?.code ?? null) : null),
};

/**
 * Beside each bundle: name, version and licence of every package that is in it, from the bundler's own module graph.
 */
const license = { fileName: 'licences.json' };

export default defineConfig({
  main: {
    plugins: [standIns, licencesOfDependencies(import.meta.dirname)],
    // Chunks are beside index.js, so import.meta.dirname is the same folder in all of them.
    build: {
      license,
      rolldownOptions: { input: 'src/main/index.ts', output: { chunkFileNames: '[name].js', minify } },
    },
  },
  preload: {
    // A sandboxed window can load only one CommonJS file (docs/decisions/004-sandboxed-window.md).
    build: {
      license,
      rolldownOptions: {
        input: 'src/preload/index.ts',
        output: { format: 'cjs', entryFileNames: 'index.cjs', minify },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [svelte({ configFile: '../../svelte.config.js' })],
    build: {
      license,
      rolldownOptions: { input: 'src/renderer/index.html', output: { minify } },
      assetsInlineLimit: 0,
      modulePreload: false,
      cssMinify: 'lightningcss',
    },
  },
});
