import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../../../src/core/clock.ts';
import type { Evidence } from '../../../../src/core/history/evidence.ts';
import type { HistoryCall } from '../../../../src/shared/history.ts';
import { allOf } from './open-history.ts';
import { openHistoryFile } from './many-calls.ts';

const WRITER = fileURLToPath(new URL('history-writer.ts', import.meta.url));
/** One in this many calls is deleted, or has a note. */
export const DELETED = 10;
export const NOTED = 7;
const BEGAN = Date.now() - 86_400_000;

/** The call with a number, as one source reports it. */
export function writtenCall(at: number, source: 'live' | 'record'): Evidence {
  const startedAt = BEGAN - at * 1_000;
  return {
    id: source === 'live' ? String(at) : `cdr:${at}`,
    source,
    direction: 'incoming',
    number: String(10_000 + at),
    name: '',
    called: '',
    startedAt,
    answeredAt: null,
    endedAt: startedAt + 500,
    seconds: null,
    outcome: 'missed',
    taken: false,
    provenance: 'caller',
    offset: 0,
  };
}

export interface HistoryKills {
  kills: number;
  /** Calls that the writer reported as written. */
  written: number;
  /** Files that SQLite or the program called damaged. */
  broken: number;
  /** Calls, notes or deletions that were reported and were missing after a kill. */
  lost: number;
  /** Calls that are listed twice. */
  doubled: number;
}

/** Repeatedly kills a process that writes a history, each time at another moment, and checks the file. */
export async function killHistoryWriters(path: string, times: number, chance: () => number): Promise<HistoryKills> {
  const result: HistoryKills = { kills: 0, written: 0, broken: 0, lost: 0, doubled: 0 };
  for (; result.kills < times; result.kills += 1) {
    const child = spawn(process.execPath, [WRITER, path, String(result.written)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const closed = once(child, 'close');
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    await once(child.stdout, 'data');
    await new Promise((resume) => setTimeout(resume, chance() * 30));
    child.kill('SIGKILL');
    await closed;
    // A line that was cut off does not count as reported.
    const last = output.slice(0, output.lastIndexOf('\n')).split('\n').at(-1);
    if (last !== undefined && last !== '') result.written = Number(last) + 1;
    await check(path, result);
  }
  return result;
}

async function check(path: string, result: HistoryKills): Promise<void> {
  const database = new DatabaseSync(path);
  const [problem] = Object.values(database.prepare('PRAGMA integrity_check').get() ?? {});
  database.close();
  if (problem !== 'ok') result.broken += 1;
  const { history, close } = openHistoryFile(path, systemClock);
  const entries = await allOf(history);
  close();
  const byNumber = Map.groupBy(entries, ({ number }) => number);
  result.doubled += [...byNumber.values()].filter(({ length }) => length > 1).length;
  for (let at = 0; at < result.written; at += 1) {
    if (!isKept(at, byNumber.get(String(10_000 + at))?.[0])) result.lost += 1;
  }
}

function isKept(at: number, entry: HistoryCall | undefined): boolean {
  if (at % DELETED === 0) return entry === undefined;
  return entry?.id === String(at) && (at % NOTED !== 0 || entry.note === `Note ${at}`);
}
