import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Marks the first steps of a new profile as done, for tests that are not about them. */
export function finishSetup(profile: string): void {
  const state = join(profile, 'state.json');
  if (existsSync(state)) return;
  mkdirSync(profile, { recursive: true });
  writeFileSync(state, JSON.stringify({ setupDone: true }));
}
