/**
 * Writes calls until it is killed: `history-writer.ts DATABASE`. Reports the number of each call once it is written. Every
 * tenth is deleted again, and every seventh gets a note, before that is reported.
 */
import { flushCompileCache } from 'node:module';
import { systemClock } from '../../../../src/core/clock.ts';
import { DELETED, NOTED, writtenCall } from './kill-writers.ts';
import { openHistoryFile } from './many-calls.ts';

const [path = '', first = '0'] = process.argv.slice(2);
const { history } = openHistoryFile(path, systemClock);
// Node saves compiled code when a program ends by itself, which this one never does.
flushCompileCache();

for (let at = Number(first); ; at += 1) {
  const calls = [writtenCall(at, 'live'), writtenCall(at, 'record')];
  if (at % 2 === 0) history.add(calls);
  else await history.addAll(calls, () => false);
  if (at % NOTED === 0) history.note(String(at), `Note ${at}`);
  if (at % DELETED === 0) history.remove(String(at));
  process.stdout.write(`${at}\n`);
}
