import type { DialRule, DialRules } from './dial-rules.ts';

export type RuleField = keyof DialRule;

/** The data of some problems. */
export interface RuleProblemParams {
  /** The text has more characters than `max`. */
  'too-long': { max: number };
  /** The value is none of these words. */
  'word-unknown': { words: readonly string[] };
  /** There are more rules than `max`. */
  'rules-too-many': { max: number };
  /** `detail`: the message of the pattern library, in English. */
  'pattern-invalid': { detail: string };
  /** The value is no count of digits from 1 to `max`. */
  'extension-digits': { max: number };
  /** A replacement names a group, such as `$1`, that the pattern does not have. */
  'group-unknown': { group: string };
  /** A replacement names a group although there is no pattern. */
  'group-without-pattern': { group: string };
  /** The earlier rule `name` applies to all numbers of this one. */
  'never-reached': { name: string };
  /** The file says that it has another format than `format`. */
  'format-unknown': { format: string };
}

export type RuleProblemCode =
  | keyof RuleProblemParams
  // A value of the wrong kind
  | 'not-a-text'
  | 'not-a-switch'
  | 'not-a-rule'
  | 'not-a-list'
  | 'not-an-object'
  | 'version-invalid'
  | 'field-unknown'
  // A text that the field does not accept
  | 'not-one-line'
  | 'id-invalid'
  | 'id-taken'
  | 'name-empty'
  | 'pattern-empty'
  | 'pattern-too-large'
  | 'replacement-invalid'
  | 'international-prefix-invalid'
  | 'outside-prefix-invalid'
  | 'country-invalid'
  | 'area-code-invalid'
  // Allowed, but probably not what was meant
  | 'zero-in-front'
  | 'country-unset'
  | 'replacement-empty'
  | 'international-prefix-empty'
  | 'international-prefix-kept'
  | 'prefix-before-plus'
  // Problems of a file as a whole
  | 'file-too-large'
  | 'file-not-json'
  | 'file-newer';

/** What is wrong with dial rules, as a code and data. The sentences are in src/messages/en/rule-problems.ts. */
export type RuleProblem = {
  [C in RuleProblemCode]: C extends keyof RuleProblemParams ? { code: C; params: RuleProblemParams[C] } : { code: C };
}[RuleProblemCode];

/** What is wrong in a file with dial rules, and where. */
export interface RulesFileProblem {
  problem: RuleProblem;
  /** The rule, from 1, and its name; absent for a problem outside the rules. */
  rule?: { place: number; name: string };
  /** The path of the field. */
  field?: string;
}

/** A problem in a draft of the dial rules, shown beside the field. */
export interface FieldProblem {
  /** Id of the rule; null for a problem with settings that all rules share. */
  rule: string | null;
  field: RuleField | keyof DialRules;
  problem: RuleProblem;
  /** true: the draft cannot be saved. false: it can be saved but probably does not do what was meant. */
  blocks: boolean;
}
