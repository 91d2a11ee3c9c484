import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

// Electron's package downloads its program when it is imported, unless this names a folder; no test may download.
process.env['ELECTRON_OVERRIDE_DIST_PATH'] ??= join(import.meta.dirname, 'node_modules/electron/dist');

/**
 * Left out by `npm run check`: tests that start other programs, write files in a hundred ways, or try thousands of inputs.
 * They need three quarters of the time of all unit tests.
 */
const SLOW =
  process.env['TRAYDIAL_QUICK'] === '1'
    ? [
        'test/faults/**',
        'test/host/**',
        'test/packaging/**',
        'test/scripts/**',
        'test/core/pace/fleet.test.ts',
        'test/core/soak.test.ts',
        'test/core/dial/guards/premium.test.ts',
        'test/core/history/kills.test.ts',
        'test/core/people/kills.test.ts',
        'test/demo/traffic.test.ts',
        'test/main/ipc/fuzz.test.ts',
        'test/main/notifications/node-notifier-real.test.ts',
        'test/main/session-bus.test.ts',
        'test/main/stores/durability.test.ts',
        'test/main/stores/trouble.test.ts',
        'test/pbx/**',
        'test/**/*{-,.}{hostile,properties,property}.test.ts',
      ]
    : [];

export default defineConfig({
  test: {
    env: { TZ: 'UTC' },
    // Keeps what it compiled for the next run: a tenth of the time of the unit tests, more of components.
    fsModuleCache: true,
    fsModuleCachePath: join(import.meta.dirname, 'node_modules/.cache/traydial/vitest'),
    // More than the cores: many tests wait for sockets and processes.
    maxWorkers: 3,
    // Of the tests that run side by side in one file: more programs and windows at once than cores can serve run into
    // the limits of single waits.
    maxConcurrency: 3,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          // For the programs that tests start: without it each compiles the same files again, for half of its time.
          env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/traydial/compiled') },
          // Ends only what hangs, so no test has a limit of its own: beside other work some take ten times as long as alone.
          testTimeout: 600_000,
          hookTimeout: 600_000,
          // The files of a worker share their modules: loading them anew for each file took a third of the run.
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: ['test/renderer/**', 'test/e2e/**', ...SLOW],
        },
      },
      {
        extends: true,
        plugins: [svelte(), svelteTesting()],
        test: {
          name: 'component',
          environment: 'happy-dom',
          setupFiles: ['test/renderer/support/waits.ts'],
          // As above: two thirds of the run were the environment and modules of each file.
          isolate: false,
          testTimeout: 120_000,
          include: ['test/renderer/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['test/e2e/**/*.e2e.ts'],
          // Each wait inside has its own limit; this one only ends what hangs. A spec is a row of many waits, and a
          // machine with other work takes minutes for what takes ten seconds alone.
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // After the others: programs that start browsers want the machine to themselves.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
