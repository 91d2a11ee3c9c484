import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandAnswer } from '../../core/cli/exit-codes.ts';
import { explain } from '../../core/cli/explain.ts';
import { dialRulesOf } from '../../core/settings/dial-rules-of.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import type { Settings } from '../../shared/settings.ts';

/** What would be dialled for a text under the settings of this user. */
export function explainHere(text: string, userData: string): CommandAnswer {
  return explain(text, dialRulesOf(savedSettings(userData)));
}

/** Read without opening the store, which may repair the file: only the running program may do that. */
function savedSettings(userData: string): Settings {
  try {
    return readSettings(JSON.parse(readFileSync(join(userData, 'settings.json'), 'utf8'))).settings;
  } catch {
    return readSettings(undefined).settings;
  }
}
