import { readCommandLine } from '../core/cli/command-line.ts';
import { linkIn } from '../core/dial/link-argument.ts';

/** What the program was started with. */
export interface LaunchOptions {
  /** Sign in to the demo PBX right away. */
  demo: boolean;
  /** Seed of the demo's traffic. */
  seed: number;
  /** Start in the tray without a window (set by the autostart entry). */
  hidden: boolean;
  /** The link that started the program. */
  wish: Wish | null;
}

/** A link to open once the program runs; it is kept until the user has signed in. */
export interface Wish {
  type: 'link';
  link: string;
}

/**
 * Reads the arguments of a first start. Everything after a link is ignored, and of a second start only the wish is
 * read: a link carries a number and nothing else.
 */
export function readLaunchOptions(args: readonly string[]): LaunchOptions {
  const end = args.findIndex((argument) => linkIn(argument) !== null);
  const switches = end < 0 ? args : args.slice(0, end);
  const seed = switches.find((argument) => /^--seed=\d{1,9}$/.test(argument));
  return {
    demo: switches.includes('--demo'),
    seed: seed === undefined ? 1 : Number(seed.slice('--seed='.length)),
    hidden: switches.includes('--hidden'),
    wish: wishOf(args),
  };
}

function wishOf(args: readonly string[]): Wish | null {
  const line = readCommandLine(args);
  return line.type === 'start' && line.link !== null ? { type: 'link', link: line.link } : null;
}

/** The arguments after the program's own: an unpackaged one is Electron, with the application's folder as argument. */
export function ownArguments(argv: readonly string[], unpackaged: boolean): readonly string[] {
  return argv.slice(unpackaged ? 2 : 1);
}
