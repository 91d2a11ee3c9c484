import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { killHistoryWriters } from './support/kill-writers.ts';

/** `npm run bench:history -- --kills 500` does more. */
const KILLS = 50;

test('fifty kills while calls are written break nothing, and lose nothing that was reported', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'history-kills-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  let at = 0;
  const chance = (): number => (at = (at + 0.37) % 1);
  const { written, ...result } = await killHistoryWriters(join(folder, 'history.db'), KILLS, chance);
  expect(written).toBeGreaterThan(KILLS);
  expect(result).toEqual({ kills: KILLS, broken: 0, lost: 0, doubled: 0 });
});
