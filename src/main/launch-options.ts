import { findLink } from '../core/dial/link-argument.ts';

/** What the program was started with. */
export interface LaunchOptions {
  /** Sign in to the demo PBX right away. */
  demo: boolean;
  /** Seed of the demo's traffic. */
  seed: number;
  /** Start in the tray without a window (set by the autostart entry). */
  hidden: boolean;
  /** A tel: link that started the program, or null. */
  link: string | null;
}

/**
 * Reads the command line of a first start. Everything after a link is ignored, and of a second start only the
 * link is read: a link carries a number and nothing else.
 */
export function readLaunchOptions(argv: readonly string[]): LaunchOptions {
  const link = findLink(argv);
  const end = link === null ? argv.length : argv.findIndex((argument) => argument.includes(link));
  const switches = argv.slice(1, end);
  const seed = switches.find((argument) => /^--seed=\d{1,9}$/.test(argument));
  return {
    demo: switches.includes('--demo'),
    seed: seed === undefined ? 1 : Number(seed.slice('--seed='.length)),
    hidden: switches.includes('--hidden'),
    link,
  };
}
