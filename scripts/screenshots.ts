/** npm run screenshots: takes the pictures of every view in out/screenshots, and those of README and guide in docs/screenshots. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const specs = spawn(
  process.execPath,
  [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'e2e', 'test/e2e/screens.e2e.ts'],
  { cwd: root, stdio: 'inherit', env: { ...process.env, TRAYDIAL_SCREENSHOTS: join(root, 'docs/screenshots') } },
);
specs.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
