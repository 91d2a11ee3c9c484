import { faultText } from '../../messages/rule-faults.ts';
import type { RulesMessages } from '../../messages/rules.ts';
import type { RuleFault } from '../../shared/rule-fault.ts';
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
export const problemWords = (fault: RuleFault | null, words: RulesMessages): string =>
  fault === null ? '' : faultText(words, fault);
