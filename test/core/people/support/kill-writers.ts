import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../../../src/core/clock.ts';
import { PeopleStore } from '../../../../src/core/people/store/people-store.ts';
import { silentLog } from '../../../support/silent-log.ts';
import { DEFAULT_EXTENSIONS } from '../../../../src/shared/dial-rules.ts';

const WRITER = fileURLToPath(new URL('people-writer.ts', import.meta.url));
const place = { country: 'DE', areaCode: '', extensions: DEFAULT_EXTENSIONS };

export interface Kills {
  kills: number;
  /** Versions that the writer reported as written. */
  written: number;
  /** Databases that SQLite called damaged. */
  broken: number;
  /** Versions that were reported and were missing after the kill. */
  lost: number;
  /** Sources of which only a part was stored. */
  halves: number;
}

/** Repeatedly kills a process that writes people, each time at another moment, and checks the database. */
export async function killWriters(path: string, times: number, people: number, chance: () => number): Promise<Kills> {
  const result: Kills = { kills: 0, written: 0, broken: 0, lost: 0, halves: 0 };
  let reported = 0;
  for (; result.kills < times; result.kills += 1) {
    const child = spawn(process.execPath, [WRITER, path, String(people)], { stdio: ['ignore', 'pipe', 'inherit'] });
    const closed = once(child, 'close');
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      for (const line of text.split('\n')) if (line !== '') reported = Number(line);
    });
    await once(child.stdout, 'data');
    result.written += 1;
    await new Promise((resume) => setTimeout(resume, chance() * 60));
    child.kill('SIGKILL');
    await closed;
    look(path, people, reported, result);
  }
  return result;
}

function look(path: string, people: number, reported: number, result: Kills): void {
  const database = new DatabaseSync(path);
  const check = database.prepare('PRAGMA integrity_check').get();
  database.close();
  if (Object.values(check ?? {})[0] !== 'ok') result.broken += 1;
  const opened = PeopleStore.open({ path, place, clock: systemClock, log: silentLog });
  if (opened.opened !== 'ready' || opened.aside !== null) {
    result.broken += 1;
    return;
  }
  const found = [...opened.store.people('pbx')];
  const versions = new Set(found.map(({ company }) => company));
  if (found.length !== people || versions.size !== 1) result.halves += 1;
  if (Number(opened.store.tokenOf('pbx')) < reported) result.lost += 1;
  void opened.store.close();
}
