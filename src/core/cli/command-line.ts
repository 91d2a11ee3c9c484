import { findLink, linkIn } from '../dial/link-argument.ts';

/** A sub-command for the running program. */
export type Command =
  { name: 'dial'; text: string } | { name: 'hangup' } | { name: 'show' } | { name: 'why'; number: string };

/** A parsed command line. */
export type CommandLine =
  /** A plain start, or a start caused by clicking a link. */
  | { type: 'start'; link: string | null }
  | { type: 'command'; command: Command }
  | { type: 'explain'; text: string }
  | { type: 'help' }
  | { type: 'version' }
  | { type: 'usage'; problem: UsageProblem };

/** Why a command line cannot be read. `command`: the sub-command as typed. */
export interface UsageProblem {
  code: 'number-missing' | 'too-long' | 'unexpected-arguments' | 'unknown-command';
  command: string;
}

/** The maximum length of the text for `dial` and `explain`; a longer one is refused. */
export const MAX_TEXT = 4000;

/** The maximum length of the number for `why`. */
export const MAX_NUMBER = 200;

/** An argument such as "-67" is part of a number, not a switch. */
const SWITCH = /^--?[a-z]|^--$/i;
/** A path is an argument such as the folder of an unpackaged program. */
const PATH = /[./\\]/;

/**
 * Reads the arguments after the program's name. The first one that is neither a switch nor a path decides what the line
 * is. Arguments after a link are ignored, so that a link cannot bring a sub-command with it. After `--` only a link is
 * read, because Windows passes the text of a web page there. Other switches come from Chromium and Electron and are
 * ignored. Pure, never throws.
 */
export function readCommandLine(args: readonly string[]): CommandLine {
  for (const [index, argument] of args.entries()) {
    if (argument === '--') return { type: 'start', link: findLink(args.slice(index + 1)) };
    const link = linkIn(argument);
    if (link !== null) return { type: 'start', link };
    if (argument === '--help' || argument === '-h') return { type: 'help' };
    if (argument === '--version') return { type: 'version' };
    if (SWITCH.test(argument) || PATH.test(argument) || argument.trim() === '') continue;
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
      return words.length === 0 ? { type: 'command', command: { name } } : usage('unexpected-arguments', name);
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
