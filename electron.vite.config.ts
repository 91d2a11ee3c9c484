import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';

export default defineConfig({
  main: {
    // Chunks lie beside index.js: import.meta.dirname is the same folder in each of them.
    build: { rolldownOptions: { input: 'src/main/index.ts', output: { chunkFileNames: '[name].js' } } },
  },
  preload: {
    // A sandboxed window can load only one CommonJS file (docs/decisions/004-sandboxed-window.md).
    build: {
      rolldownOptions: { input: 'src/preload/index.ts', output: { format: 'cjs', entryFileNames: 'index.cjs' } },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [svelte({ configFile: '../../svelte.config.js' })],
    build: {
      rolldownOptions: { input: 'src/renderer/index.html' },
      assetsInlineLimit: 0,
      modulePreload: false,
    },
  },
});
