import { join } from 'node:path';
import type { App } from 'electron';
import { readSmallJson } from './stores/small-file.ts';
import { LANGUAGES, languageOf, type Language } from '../shared/language.ts';

/** The language of a sub-command's own process: the one that the user chose, or the system's. */
export function ownLanguage(app: Pick<App, 'getPath' | 'getPreferredSystemLanguages'>): Language {
  const chosen = chosenLanguage(app.getPath('userData'));
  return LANGUAGES.find((language) => language === chosen) ?? languageOf('system', app.getPreferredSystemLanguages());
}

/** Without the schema of the settings, whose library would take a third of the time of a short command. */
function chosenLanguage(userData: string): unknown {
  const settings = readSmallJson(join(userData, 'settings.json')) as {
    appearance?: { language?: unknown } | null;
  } | null;
  return settings?.appearance?.language;
}
