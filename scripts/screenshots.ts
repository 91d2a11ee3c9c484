/**
 * npm run screenshots: takes the pictures of README and guide in docs/screenshots again. With `-- --accept` the window as
 * it looks now is accepted in test/e2e/accepted.
 */
import { spawn } from 'node:child_process';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const accepts = process.argv.includes('--accept');
const env = accepts ? { TRAYDIAL_ACCEPT_PICTURES: '1' } : { TRAYDIAL_SCREENSHOTS: join(root, 'docs/screenshots') };
const startedAt = Date.now();
const vitest = spawn(
  process.execPath,
  [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'e2e', 'test/e2e/screens.e2e.ts'],
  { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } },
);
vitest.on('exit', (code) => {
  process.exitCode = code ?? 1;
  if (accepts && code === 0) removeUnused();
});

/** Each picture that the spec compared was written or touched. */
function removeUnused(): void {
  const folder = join(root, 'test/e2e/accepted/screens');
  for (const path of readdirSync(folder).map((name) => join(folder, name)))
    if (statSync(path).mtimeMs < startedAt) rmSync(path);
}
