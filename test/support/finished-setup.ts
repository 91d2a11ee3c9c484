import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes the first steps of a new profile done, for everything that is not about them. */
export function finishSetup(profile: string): void {
  const state = join(profile, 'state.json');
  if (existsSync(state)) return;
  mkdirSync(profile, { recursive: true });
  writeFileSync(state, JSON.stringify({ setupDone: true }));
}
