import type { Notified, NotifyMoment, NotifyReason } from '../shared/notified.ts';
import type { why } from './en/why.ts';

export type WhyMessages = typeof why;

/** The reasons of a call, one sentence each. */
export function whySentences({ ringing, missed }: Notified, words: WhyMessages): string[] {
  return [
    ...(ringing === null ? [] : [sentence(ringing, 'ringing', words)]),
    ...(missed === null ? [] : [sentence(missed, 'missed', words)]),
  ].filter((text, index, all) => all.indexOf(text) === index);
}

function sentence(reason: NotifyReason, moment: NotifyMoment, words: WhyMessages): string {
  switch (reason.code) {
    case 'paused':
      return words.paused(reason.until);
    case 'quiet-hours':
      return words.quietHours(reason.until);
    case 'rule':
      return words.rule[reason.calls];
    case 'announced':
      return [words[moment].announced, ...(reason.because === undefined ? [] : [words.because[reason.because]])].join(
        ' ',
      );
    case 'not-shown':
      return words.notShown[reason.problem];
    default:
      return words[moment][reason.code];
  }
}
