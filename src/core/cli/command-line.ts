import { findLink, linkIn } from '../dial/link-argument.ts';

/** A sub-command for the running program. */
export type Command =
  { name: 'dial'; text: string } | { name: 'hangup' } | { name: 'show' } | { name: 'why'; number: string };

/** A parsed command line. */
export type CommandLine =
  /** A plain start, or one by a click on a link. */
  | { type: 'start'; link: string | null }
  | { type: 'command'; command: Command }
  | { type: 'explain'; text: string }
  | { type: 'help' }
  | { type: 'version' }
  | { type: 'usage'; problem: UsageProblem };

/** Why a command line cannot be read. `command`: its first word. */
export interface UsageProblem {
  code: 'number-missing' | 'too-long' | 'nothing-after' | 'unknown-command';
  command: string;
}

/** The maximum length of a number with the text around it; the rest is not passed on. */
export const MAX_TEXT = 4000;

/** The maximum length of a number to search for. */
export const MAX_NUMBER = 200;

const SWITCH = /^-/;
const WORD = /^[a-z][a-z-]*$/i;

/**
 * Reads the arguments after the program's name (and after the folder of an unpackaged one). The first argument that is
 * neither a switch nor a path decides: a link is only ever a link and a sub-command only ever a sub-command, and
 * nothing rides on either. After `--` there are links only: that is how Windows hands over what a web page wrote.
 * Switches of Chromium and Electron are passed over. Pure, never throws.
 */
export function readCommandLine(args: readonly string[]): CommandLine {
  for (const [index, argument] of args.entries()) {
    if (argument === '--') return { type: 'start', link: findLink(args.slice(index + 1)) };
    const link = linkIn(argument);
    if (link !== null) return { type: 'start', link };
    if (argument === '--help' || argument === '-h') return { type: 'help' };
    if (argument === '--version') return { type: 'version' };
    if (!WORD.test(argument)) continue;
    return readSubCommand(argument, args.slice(index + 1));
  }
  return { type: 'start', link: null };
}

function readSubCommand(name: string, rest: readonly string[]): CommandLine {
  if (rest.includes('--help') || rest.includes('-h')) return { type: 'help' };
  const words = rest.filter((word) => !SWITCH.test(word));
  const text = words.join(' ');
  switch (name) {
    case 'dial':
    case 'explain':
      if (text.trim() === '') return usage('number-missing', name);
      if (text.length > MAX_TEXT) return usage('too-long', name);
      return name === 'explain' ? { type: 'explain', text } : { type: 'command', command: { name, text } };
    case 'hangup':
    case 'show':
      return words.length === 0 ? { type: 'command', command: { name } } : usage('nothing-after', name);
    case 'why':
      if (text.length > MAX_NUMBER) return usage('too-long', name);
      return { type: 'command', command: { name, number: text.trim() } };
    case 'help':
      return { type: 'help' };
    default:
      return usage('unknown-command', name.slice(0, 40));
  }
}

const usage = (code: UsageProblem['code'], command: string): CommandLine => ({
  type: 'usage',
  problem: { code, command },
});
