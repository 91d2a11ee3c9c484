import { join } from 'node:path';
import { EXIT, type CommandAnswer } from '../../core/cli/exit-codes.ts';
import { readDial } from '../../core/dial/read-dial.ts';
import { dialRulesOf } from '../../core/settings/dial-rules-of.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import type { CommandLineMessages } from '../../messages/command-line.ts';
import { readSmallJson } from '../stores/small-file.ts';
import { explainedText } from './explained-text.ts';

/**
 * Explains what would be dialled for a text with this user's settings. Reads the files without opening the stores,
 * because a store may repair its file and only the running program may do that.
 */
export function explainHere(text: string, userData: string, messages: CommandLineMessages): CommandAnswer {
  const saved = dialRulesOf(readSettings(readSmallJson(join(userData, 'settings.json'))).settings);
  const rules =
    saved.country === '' ? { ...saved, country: countryIn(readSmallJson(join(userData, 'state.json'))) } : saved;
  const reading = readDial(text, { provenance: 'command', rules });
  return { exit: reading.found === 'none' ? EXIT.refused : EXIT.done, text: explainedText(reading, messages) };
}

/** The country of the account used last; '' when none was found. */
function countryIn(state: unknown): string {
  const byAccount =
    typeof state === 'object' && state !== null && 'shownCountries' in state ? state.shownCountries : {};
  const [codes] = typeof byAccount === 'object' && byAccount !== null ? Object.values<unknown>({ ...byAccount }) : [];
  const [code] = Array.isArray(codes) ? codes.map(String) : [];
  return code ?? '';
}
