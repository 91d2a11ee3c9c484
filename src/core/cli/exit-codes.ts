/** What `traydial …` ends with; scripts rely on them. */
export const EXIT = {
  /** Done, or asked the user in the window. */
  done: 0,
  /** Not a number, nothing to hang up, or the PBX said no. */
  refused: 1,
  /** The command line could not be read. */
  usage: 2,
  /** Traydial is not running, or nobody is signed in. */
  notReady: 3,
} as const;

/** What a sub-command answers: a sentence for the terminal and an exit code. */
export interface CommandAnswer {
  exit: number;
  text: string;
}

export const HELP = `Traydial puts phone numbers through to your desk phone.

  traydial                    start it, or show the running program
  traydial dial NUMBER        dial, as a click on a link would; starts Traydial if need be
  traydial hangup             end your call
  traydial show               bring the window up
  traydial explain TEXT       say what would be dialled for a text, and dial nothing
  traydial --help             this text
  traydial --version          the version

A link (tel:, callto:, sip:, sips:, traydial:) in place of a command is opened.

Exit codes: 0 done or asked in the window, 1 refused, 2 not understood, 3 not running or not signed in.
`;
