import { join } from 'node:path';
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
  // Only the demo is a server of WebSockets.
  {
    of: /^ws$/,
    from: /[\\/]src[\\/]core[\\/]/,
    code: `export { default as WebSocket } from ${JSON.stringify(join(import.meta.dirname, 'node_modules/ws/lib/websocket.js'))};`,
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

/** zod's JSON Schema output, which our code does not use: 5 kB compressed. */
const NEVER_CALLED = /[\\/]zod[\\/]v4[\\/]core[\\/](to-json-schema|json-schema-processors)\.js$/;

/** The compression of WebSockets, which push and the demo switch off. */
const NEVER_NEGOTIATED = /[\\/]ws[\\/]lib[\\/]permessage-deflate\.js$/;

const emptied: Plugin = {
  name: 'emptied',
  transform(code, id) {
    if (NEVER_NEGOTIATED.test(id)) {
      return `module.exports = class { static extensionName = 'permessage-deflate';
        constructor() { throw new Error('ws is built without compression'); } };`;
    }
    if (!NEVER_CALLED.test(id)) return null;
    const names = [...code.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => name);
    const exported = [...names, 'process'].map((name) => `absent as ${name}`).join(', ');
    return `const absent = () => () => { throw new Error('zod is built without JSON Schemas'); };
      export { ${exported} };`;
  },
};

/**
 * Beside each bundle: name, version and licence of every package that is in it, from the bundler's own module graph.
 */
const license = { fileName: 'licences.json' };

/** Marks the files that only one other language needs: test/packaging/bundle-sizes.test.ts weighs each language. */
const languageOf = (module: string | null): string =>
  /[\\/]messages[\\/]de[\\/]|\.de\.md\?raw$/.test(module ?? '') ? 'de-' : '';

/** Of the window: small parts of the list of calls that other views use as well. */
const SHARED =
  /[\\/](icons[\\/](x|phone|phone-missed|chevron-right|search)|components[\\/](Timer|Remark|Avatar))\.(svelte|js)$/;

export default defineConfig({
  main: {
    plugins: [standIns, emptied, licencesOfDependencies(import.meta.dirname)],
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
      rolldownOptions: {
        input: 'src/renderer/index.html',
        output: {
          minify,
          // What several views share and is too small for a file of its own.
          codeSplitting: { groups: [{ name: 'shared', test: SHARED }] },
          chunkFileNames: ({ facadeModuleId }) => `assets/${languageOf(facadeModuleId)}[name]-[hash].js`,
        },
      },
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      cssMinify: 'lightningcss',
    },
  },
});
