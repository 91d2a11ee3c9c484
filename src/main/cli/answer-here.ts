import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'electron';
import { explain } from '../../core/cli/explain.ts';
import { EXIT, HELP, type CommandAnswer } from '../../core/cli/exit-codes.ts';
import type { CommandLine } from '../../core/cli/command-line.ts';
import { dialRulesOf } from '../../core/settings/dial-rules-of.ts';
import { readSettings } from '../../core/settings/read-settings.ts';
import type { Settings } from '../../shared/settings.ts';

/** What needs no running program is answered at once; null for everything else. */
export function answerHere(line: CommandLine, app: Pick<App, 'getPath' | 'getVersion'>): CommandAnswer | null {
  switch (line.type) {
    case 'help':
      return { exit: EXIT.done, text: HELP };
    case 'version':
      return { exit: EXIT.done, text: `Traydial ${app.getVersion()}` };
    case 'usage':
      return { exit: EXIT.usage, text: `${line.problem} See traydial --help.` };
    case 'explain':
      return explain(line.text, dialRulesOf(savedSettings(app.getPath('userData'))));
    case 'start':
    case 'command':
      return null;
  }
}

/** Read without opening the store, which may put the file right: that is the running program's affair. */
function savedSettings(userData: string): Settings {
  try {
    return readSettings(JSON.parse(readFileSync(join(userData, 'settings.json'), 'utf8'))).settings;
  } catch {
    return readSettings(undefined).settings;
  }
}

/** Writes it where a terminal shows it, and resolves once it is written. */
export function print({ exit, text }: CommandAnswer): Promise<void> {
  const stream = exit === EXIT.done ? process.stdout : process.stderr;
  return new Promise((resolve) => stream.write(text.endsWith('\n') ? text : `${text}\n`, () => resolve()));
}
