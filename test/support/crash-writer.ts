// A process to be killed: writes numbers through the program's own stores until somebody ends it, or up to a last one.
// Arguments: the folder, the first number, the last one. It prints "+n" before it writes n, and "=n" once n is written.
import { writeSync } from 'node:fs';
import { openCrashStores, writeRound } from './crash-stores.ts';

const [folder = '', first = '1', last = '1'] = process.argv.slice(2);
const stores = openCrashStores(folder);
for (let n = Number(first); n <= Number(last); n++) {
  writeSync(1, `+${n}\n`);
  await writeRound(stores, n);
  writeSync(1, `=${n}\n`);
}
// A store that could not save something would try again for ever.
process.exit();
