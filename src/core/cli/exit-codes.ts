import type { AppError } from '../../shared/errors.ts';
import type { ExplainedCall } from '../../shared/notified.ts';

/** Exit codes of `traydial …`; scripts rely on them. */
export const EXIT = {
  /** The command was executed, or the window asks the user. */
  done: 0,
  /** The text is no number, there is no such call, or the PBX refused. */
  refused: 1,
  /** The command line could not be read. */
  usage: 2,
  /** Traydial is not running, or nobody is signed in. */
  notReady: 3,
} as const;

/** The answer to a sub-command: a sentence for the terminal and an exit code. */
export interface CommandAnswer {
  exit: number;
  text: string;
}

/** The outcome of a sub-command. `number` is formatted for people. */
export type CommandResult =
  | { code: 'shown' | 'hung-up' | 'no-call' | 'several-calls' | 'signed-out' | 'not-found' }
  /** The window asks whether to call, or calls after the time to undo. */
  | { code: 'asked' | 'calling-soon'; number: string }
  /** Nobody is signed in, so the number waits in the window, or the text is read again after the sign-in. */
  | { code: 'waits-for-sign-in' | 'read-after-sign-in'; number: string }
  /** The number waits because another question is open. */
  | { code: 'waits-for-question'; number: string }
  /** The calls, newest first, with the reasons why the user was notified of them or was not. */
  | { code: 'explained'; calls: ExplainedCall[] }
  | { code: 'refused'; error: AppError };

const EXITS: Record<CommandResult['code'], number> = {
  shown: EXIT.done,
  'hung-up': EXIT.done,
  asked: EXIT.done,
  'calling-soon': EXIT.done,
  'waits-for-question': EXIT.done,
  explained: EXIT.done,
  'no-call': EXIT.refused,
  'not-found': EXIT.refused,
  'several-calls': EXIT.refused,
  refused: EXIT.refused,
  'signed-out': EXIT.notReady,
  'waits-for-sign-in': EXIT.notReady,
  'read-after-sign-in': EXIT.notReady,
};

export const exitOf = ({ code }: CommandResult): number => EXITS[code];
