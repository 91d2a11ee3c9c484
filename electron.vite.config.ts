import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import { licencesOfDependencies } from './scripts/build/runtime-licences.ts';

/** Beside each bundle: name, version and licence of every package that is in it, from the bundler's own module graph. */
const license = { fileName: 'licences.json' };

export default defineConfig({
  main: {
    plugins: [licencesOfDependencies(import.meta.dirname)],
    // Chunks lie beside index.js: import.meta.dirname is the same folder in each of them.
    build: { license, rolldownOptions: { input: 'src/main/index.ts', output: { chunkFileNames: '[name].js' } } },
  },
  preload: {
    // A sandboxed window can load only one CommonJS file (docs/decisions/004-sandboxed-window.md).
    build: {
      license,
      rolldownOptions: { input: 'src/preload/index.ts', output: { format: 'cjs', entryFileNames: 'index.cjs' } },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [svelte({ configFile: '../../svelte.config.js' })],
    build: {
      license,
      rolldownOptions: { input: 'src/renderer/index.html' },
      assetsInlineLimit: 0,
      modulePreload: false,
    },
  },
});
