import type { RuleProblem, RuleProblemCode, RuleProblemParams, RulesFileProblem } from '../shared/rule-problem.ts';

/** The sentences about dial rules in one language. */
export type RuleProblemTexts = {
  [C in RuleProblemCode]: C extends keyof RuleProblemParams ? (params: RuleProblemParams[C]) => string : string;
};

interface Words {
  problems: RuleProblemTexts;
  /** The place in a file, such as 'Rule 2 "Berlin", pattern'. */
  placeInFile: (problem: Omit<RulesFileProblem, 'problem'>) => string;
}

/** What is wrong and what to do, as a sentence. */
export function problemText({ problems }: Pick<Words, 'problems'>, problem: RuleProblem): string {
  const entry = problems[problem.code];
  // A problem has the parameters of its code.
  return typeof entry === 'string'
    ? entry
    : (entry as (params: unknown) => string)('params' in problem && problem.params);
}

/** What is wrong in a file, with its place in front. */
export function fileProblemText(words: Words, { problem, ...place }: RulesFileProblem): string {
  const where = words.placeInFile(place);
  return where === '' ? problemText(words, problem) : `${where}: ${problemText(words, problem)}`;
}
