import { defineConfig } from 'vitest/config';

// What a finished package is asked, by npm run package:check; no part of npm test.
export default defineConfig({
  test: {
    include: ['test/packaging/package/*.package.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // One package, one computer: what one file installs another one would see.
    fileParallelism: false,
    sequence: { concurrent: false },
  },
});
