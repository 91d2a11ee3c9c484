import type { AppError } from '../../shared/errors.ts';
import type { Listening } from '../../shared/call.ts';

/** How calls are noticed, in one sentence, and what could be done to make it better. */
export interface ListeningWords {
  sentence: string;
  /** '' when nothing needs to be said. */
  more: string;
}

export function listeningWords(listening: Listening, intervalSeconds: number): ListeningWords {
  const { knowledge, push, error } = listening;
  const told = push === 'listening';
  switch (knowledge) {
    case 'sessions':
      return told
        ? { sentence: 'The PBX announces calls at once.', more: '' }
        : {
            sentence: `Traydial asks the PBX for calls every ${intervalSeconds} seconds.`,
            more: whyNotPush(listening),
          };
    case 'push':
      return { sentence: 'You see your own calls: the PBX announces them.', more: helpOf(error) };
    case 'history':
      return {
        sentence: 'Traydial sees that your phone rings, and whose calls you missed, but not who is calling.',
        more: helpOf(error),
      };
    case 'none':
      return error === null
        ? { sentence: 'Traydial does not know yet how it can notice calls.', more: '' }
        : { sentence: 'Traydial cannot notice calls.', more: helpOf(error) };
  }
}

function whyNotPush({ push, error }: Listening): string {
  switch (push) {
    case 'off':
      return 'Sign in again to have them announced at once: the PBX asks for the password for that.';
    case 'missing':
      return 'This PBX does not announce calls by itself.';
    case 'connecting':
    case 'waiting':
      return 'Traydial is connecting to have them announced.';
    case 'refused':
    case 'listening':
      return helpOf(error);
  }
}

const helpOf = (error: AppError | null): string =>
  error === null ? '' : [error.message, error.action].filter((part) => part !== undefined).join(' ');
