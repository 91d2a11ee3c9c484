import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

// Electron's package downloads its program when it is imported, unless this names a folder; no test may download.
process.env['ELECTRON_OVERRIDE_DIST_PATH'] ??= join(import.meta.dirname, 'node_modules/electron/dist');

export default defineConfig({
  test: {
    env: { TZ: 'UTC' },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          testTimeout: 20_000,
          hookTimeout: 60_000,
          include: ['test/**/*.test.ts'],
          exclude: ['test/renderer/**', 'test/e2e/**'],
        },
      },
      {
        extends: true,
        plugins: [svelte(), svelteTesting()],
        test: {
          name: 'component',
          environment: 'happy-dom',
          testTimeout: 20_000,
          include: ['test/renderer/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['test/e2e/**/*.e2e.ts'],
          // Each wait inside has its own limit of 20 to 30 s; this one only ends what hangs. A spec is a row of many
          // waits, and a machine with other work takes minutes for what takes ten seconds alone.
          testTimeout: 150_000,
          hookTimeout: 150_000,
          // After the others: programs that start browsers want the machine to themselves.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
