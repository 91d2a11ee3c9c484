import { readCommandLine } from '../core/cli/command-line.ts';
import { linkIn } from '../core/dial/link-argument.ts';

/** The arguments that the program was started with. */
export interface LaunchOptions {
  /** Sign in to the demo PBX right away. */
  demo: boolean;
  /** Seed of the demo's traffic. */
  seed: number;
  /** Start in the tray without a window (set by the autostart entry). */
  hidden: boolean;
  /** The link that started the program, if any. */
  action: OpenLink | null;
}

/** A link to open once the program runs; it waits until the user has signed in. */
export interface OpenLink {
  type: 'link';
  link: string;
}

/**
 * Reads the arguments of a first start. Everything after a link is ignored, and only the link of a second start is
 * used, so that a web page can pass a number but no switches.
 */
export function readLaunchOptions(args: readonly string[]): LaunchOptions {
  const end = args.findIndex((argument) => linkIn(argument) !== null);
  const switches = end < 0 ? args : args.slice(0, end);
  const seed = switches.find((argument) => /^--seed=\d{1,9}$/.test(argument));
  return {
    demo: switches.includes('--demo'),
    seed: seed === undefined ? 1 : Number(seed.slice('--seed='.length)),
    hidden: switches.includes('--hidden'),
    action: actionOf(args),
  };
}

function actionOf(args: readonly string[]): OpenLink | null {
  const line = readCommandLine(args);
  return line.type === 'start' && line.link !== null ? { type: 'link', link: line.link } : null;
}

/** The arguments for this program. An unpackaged one is run by Electron, whose own argument is the program's folder. */
export function ownArguments(argv: readonly string[], unpackaged: boolean): readonly string[] {
  return argv.slice(unpackaged ? 2 : 1);
}
