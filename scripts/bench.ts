/** npm run bench: every bench/*.bench.ts, one after the other; the fleet, which takes minutes, is bench:fleet. */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = join(import.meta.dirname, '../bench');
for (const file of globSync('*.bench.ts', { cwd: folder }).sort()) {
  console.log(`\n${file}\n`);
  await import(pathToFileURL(join(folder, file)).href);
}
