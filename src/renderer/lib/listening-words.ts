import type { WindowMessages } from '../../messages/window.ts';
import type { Listening } from '../../shared/call.ts';
import type { AppError } from '../../shared/errors.ts';
import { sentenceOf } from './sentence.ts';

/** How the program notices calls. */
export interface ListeningWords {
  sentence: string;
  /** What the user could do to make it better; '' for nothing. */
  more: string;
}

export function listeningWords(
  listening: Listening,
  intervalSeconds: number,
  words: WindowMessages['listening'],
): ListeningWords {
  const { source, push, error } = listening;
  switch (source) {
    case 'sessions':
      return push === 'listening'
        ? { sentence: words.push, more: '' }
        : { sentence: words.polling(intervalSeconds), more: whyNotPush(listening, words) };
    case 'push':
      return { sentence: words.ownOnly, more: helpOf(error) };
    case 'history':
      return { sentence: words.history, more: helpOf(error) };
    case 'none':
      return error === null ? { sentence: words.starting, more: '' } : { sentence: words.none, more: helpOf(error) };
  }
}

function whyNotPush({ push, error }: Listening, words: WindowMessages['listening']): string {
  switch (push) {
    case 'off':
      return words.signInAgain;
    case 'missing':
      return words.missing;
    case 'connecting':
    case 'waiting':
      return words.connecting;
    case 'refused':
    case 'listening':
      return helpOf(error);
  }
}

const helpOf = (error: AppError | null): string => (error === null ? '' : sentenceOf(error));
