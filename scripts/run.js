// Runs a TypeScript script on a Node that understands it: `node scripts/run.js start --flag`.
// Plain JavaScript, because it must also be understood by a Node that is too old for the rest.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const [name = '', ...args] = process.argv.slice(2);
const script = join(here, `${name}.ts`);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > 22 || (major === 22 && minor >= 18)) {
  process.argv.splice(1, 2, script);
  await import(script);
} else {
  const packaged = join(here, '../node_modules/.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  if (existsSync(packaged)) {
    const { status } = spawnSync(packaged, [script, ...args], {
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    process.exitCode = status ?? 1;
  } else {
    console.error(
      `Traydial's scripts need Node 22.18 or later; this is ${process.version}. Install one from nodejs.org.`,
    );
    process.exitCode = 1;
  }
}
