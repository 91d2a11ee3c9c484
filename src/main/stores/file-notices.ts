import { basename } from 'node:path';
import type { Notice } from '../../shared/state.ts';
import { causeOf } from './file-trouble.ts';

/** The files in the user's folder that outlive the program, NAME.json each. */
export type FileName = 'settings' | 'state' | 'account';

/** Shows a notice; it replaces the one with the same id. */
export interface NoticeBoard {
  notice(notice: Notice): void;
  withdraw(id: Notice['id']): void;
}

interface Words {
  /** What the file holds, as the subject of a sentence. */
  holds: string;
  /** What follows where a damaged file is replaced. */
  anew: string;
  /** What the program does while it cannot read the file. */
  meanwhile: string;
}

const WORDS: Record<FileName, Words> = {
  settings: {
    holds: 'Your settings',
    anew: 'All settings start anew: check them.',
    meanwhile: 'Until then the default settings are used, and changes to them are not accepted.',
  },
  state: {
    holds: 'Favourites and recent calls',
    anew: 'Favourites and recent calls start anew.',
    meanwhile: 'Until then new recent calls are not kept.',
  },
  account: {
    holds: 'Your accounts and trusted certificates',
    anew: 'Sign in again.',
    meanwhile: 'Until then a sign-in is not kept.',
  },
};

/** Nothing of the file could be used; it is kept as `aside`. */
export function damaged(name: FileName, aside: string): Notice {
  const { holds, anew } = WORDS[name];
  return {
    id: `${name}-broken`,
    message: `${holds} were damaged; the file is kept as ${basename(aside)}.`,
    action: anew,
  };
}

/** Some of the accounts or certificates could not be used; all of them are in `copy`. */
export function partlyDamaged(copy: string, leftOut: number): Notice {
  return {
    id: 'account-broken',
    message: `${leftOut === 1 ? 'One entry' : `${leftOut} entries`} of your accounts and trusted certificates could not be used; the file is kept as ${basename(copy)}.`,
    action: 'Check your accounts.',
  };
}

/** The file is there but cannot be used, and it is not touched. `code`: see file-trouble.ts. */
export function unreadable(name: FileName, code: string): Notice {
  const { holds, meanwhile } = WORDS[name];
  return {
    id: `${name}-unreadable`,
    message: `${holds} could not be read from ${name}.json (${causeOf(code)}). The file was left as it is.`,
    action: `Make it readable, then restart Traydial. ${meanwhile}`,
  };
}

/** What was unreadable at the start can be read by now. */
export function readableAgain(name: FileName): Notice {
  return {
    id: `${name}-unreadable`,
    message: `${WORDS[name].holds} can be read again.`,
    action: 'Restart Traydial to use them.',
  };
}

export function unsaved(name: FileName, code: string, folder: string): Notice {
  return {
    id: `${name}-unsaved`,
    message: `${WORDS[name].holds} could not be saved to ${name}.json (${causeOf(code)}).`,
    action: `Check the free space and the rights of ${folder}. Traydial tries again by itself.`,
  };
}
