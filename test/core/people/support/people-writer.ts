/** Writes people until it is killed: `people-writer.ts DATABASE COUNT`. Reports each version once all of it is written. */
import { flushCompileCache } from 'node:module';
import { systemClock } from '../../../../src/core/clock.ts';
import { PeopleStore } from '../../../../src/core/people/store/people-store.ts';
import { DEFAULT_EXTENSIONS } from '../../../../src/shared/dial-rules.ts';
import { silentLog } from '../../../support/silent-log.ts';
import { manyPeople } from './many-people.ts';

const [path = '', count = '0'] = process.argv.slice(2);
const place = { country: 'DE', areaCode: '', extensions: DEFAULT_EXTENSIONS };
const opened = PeopleStore.open({ path, place, clock: systemClock, log: silentLog });
if (opened.opened !== 'ready') throw new Error(opened.why);
const { store } = opened;
if (opened.aside !== null) throw new Error('the database was damaged');
await store.tidy();
// Node saves compiled code when a program ends by itself, which this one never does.
flushCompileCache();

for (let version = Number(store.tokenOf('pbx') || '0') + 1; ; version += 1) {
  const company = `Version ${version}`;
  const people = [...manyPeople(Number(count))].map((person) => ({ ...person, company }));
  await store.replace('pbx', people, String(version));
  // Every other version changes a part as well.
  const changed = people.slice(0, 20).map((person) => ({ change: 'set' as const, person }));
  await store.change('pbx', changed, String(version));
  process.stdout.write(`${version}\n`);
}
