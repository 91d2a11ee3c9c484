import { problemText } from '../../messages/rule-problems.ts';
import type { RulesMessages } from '../../messages/rules.ts';
import type { RuleProblem } from '../../shared/rule-problem.ts';
import type { RulesNote } from '../state/rules-draft.svelte.ts';

/** The outcome of the last action on the draft of the dial rules, as a sentence. */
export function noteWords(note: RulesNote, words: RulesMessages['draft']): string {
  switch (note.what) {
    case 'removed':
      return words.removed(note.name);
    case 'moved':
      return words.moved(note.name, note.place, note.count);
    default:
      return words[note.what];
  }
}

/** What is wrong with a field, as a sentence; '' if nothing is. */
export const problemWords = (problem: RuleProblem | null, words: RulesMessages): string =>
  problem === null ? '' : problemText(words, problem);
