/** Numbers a rule is for. `pattern` is matched against what would be dialled without rules: E.164 or plain digits. */
export type RuleTarget = 'public' | 'national' | 'international' | 'extension' | 'short-code' | 'pattern';

/** How a number is written for the PBX. `as-is`: E.164 with its + for public numbers, digits for the others. */
export type RuleForm =
  | 'as-is'
  /** 493012345678 */
  | 'without-plus'
  /** 00493012345678: `internationalPrefix` instead of the +. */
  | 'international-prefix'
  /** 03012345678; numbers of other countries as `international-prefix`, or with + where that is ''. */
  | 'national'
  /** 3012345678 */
  | 'national-without-zero'
  /** What `replacement` makes of `pattern`; $1 to $9 stand for groups, $0 for all of it. */
  | 'replacement';

/** One rule: the first enabled one that fits a number writes it, and no other does. */
export interface DialRule {
  id: string;
  /** For people; shown in the preview. */
  name: string;
  enabled: boolean;
  target: RuleTarget;
  /** RE2 syntax (linear time), matched against the whole number; only for the target `pattern`. */
  pattern: string;
  form: RuleForm;
  replacement: string;
  /** Digits such as 00 or 011. */
  internationalPrefix: string;
  /** Put in front of the result, for an outside line: 0 or 9. */
  outsidePrefix: string;
  /** Trunk for these calls; '' leaves it to the other options. */
  trunk: string;
  /** Number shown to the other party (the API's rewriteFrom); '' leaves it. */
  callerId: string;
}

/** How numbers are understood and written. Part of the settings; imported and exported as JSON. */
export interface DialRules {
  /** ISO 3166-1 alpha-2 in capitals; '' when not set: national numbers then stay as they are. */
  country: string;
  /** Own area code without the national 0, to complete local numbers; '' completes none. */
  areaCode: string;
  /** RE2 pattern, matched against all digits: which numbers are extensions of the own PBX. */
  extensions: string;
  rules: DialRule[];
}

export const DEFAULT_EXTENSIONS = '[0-9]{3,5}';
