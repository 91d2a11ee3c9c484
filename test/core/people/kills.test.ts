import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { killWriters } from './support/kill-writers.ts';

test('a kill in the middle of a write breaks nothing, and loses nothing that was reported', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'people-kills-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  let at = 0;
  const chance = (): number => (at = (at + 0.37) % 1);
  const { kills, broken, lost, halves } = await killWriters(join(folder, 'people.db'), 5, 200, chance);
  expect({ kills, broken, lost, halves }).toEqual({ kills: 5, broken: 0, lost: 0, halves: 0 });
});
