import type { RuleFault, RuleFaultCode, RuleFaultParams, RulesFileFault } from '../shared/rule-fault.ts';

/** The sentences about dial rules in one language. */
export type RuleFaultTexts = {
  [C in RuleFaultCode]: C extends keyof RuleFaultParams ? (params: RuleFaultParams[C]) => string : string;
};

interface Words {
  faults: RuleFaultTexts;
  /** The place in a file, such as 'Rule 2 "Berlin", pattern'. */
  placeInFile: (fault: Omit<RulesFileFault, 'fault'>) => string;
}

/** What is wrong and what to do, as a sentence. */
export function faultText({ faults }: Pick<Words, 'faults'>, fault: RuleFault): string {
  const entry = faults[fault.code];
  // A fault has the parameters of its code.
  return typeof entry === 'string' ? entry : (entry as (params: unknown) => string)('params' in fault && fault.params);
}

/** What is wrong in a file, with its place in front. */
export function fileFaultText(words: Words, { fault, ...place }: RulesFileFault): string {
  const where = words.placeInFile(place);
  return where === '' ? faultText(words, fault) : `${where}: ${faultText(words, fault)}`;
}
