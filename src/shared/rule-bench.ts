import type { DialRule, DialRules } from './dial-rules.ts';
import type { DialReading } from './dial.ts';

export type RuleField = keyof DialRule;

/** What is wrong with a draft of the dial rules, told beside the field it is about. */
export interface RuleProblem {
  /** Id of the rule; null when it is about what all rules share. */
  rule: string | null;
  field: RuleField | keyof DialRules;
  /** A sentence that says what to do. */
  message: string;
  /** It cannot be saved like that. Otherwise it can, and would not do what was probably meant. */
  blocks: boolean;
}

/** What one text comes to, by the rules that are saved and by a draft. */
export interface BenchLine {
  saved: DialReading;
  draft: DialReading;
}

export interface RulesExplained {
  problems: RuleProblem[];
  /** One for each text, in order. */
  lines: BenchLine[];
}

/** The most that is explained at once: lines, and characters in each. */
export const MAX_BENCH_LINES = 200;
export const MAX_BENCH_TEXT = 1000;
