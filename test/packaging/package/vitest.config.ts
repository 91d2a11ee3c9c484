import { defineConfig } from 'vitest/config';

// The tests of a finished package for npm run package:check; not part of npm test.
export default defineConfig({
  test: {
    include: ['test/packaging/package/*.package.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // The tests share one system, so the files must not run in parallel.
    fileParallelism: false,
    sequence: { concurrent: false },
  },
});
