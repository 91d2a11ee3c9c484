import { z } from 'zod';
import { FOREIGN_PROVENANCES, OWN_PROVENANCES } from '../provenance.ts';
import { line, roughText } from './text.ts';

/** Where a number came from before any rule saw it, as it is stored beside the number. */
export const originSchema = z.enum([...OWN_PROVENANCES, ...FOREIGN_PROVENANCES]);

/** A number that the user keeps as a favourite. */
export const favouriteSchema = z.object({
  number: z.string().min(1).max(256),
  /** As the PBX knew it when it was kept; may be ''. */
  name: z.string().max(1024),
  provenance: originSchema,
});

/**
 * The body of POST /api/sessions beyond caller and callee ("Create a session", OpenAPI 22.2), with its limits.
 * '' and null leave a field out.
 */
export const dialOptionsSchema = z.strictObject({
  sendSdp: z.boolean(),
  callerDisplayName: line(1024),
  trunk: line(64),
  rewriteFrom: line(16),
  rewritePai: line(16),
  rewriteRpi: line(16),
  userData: line(128),
  target: line(128),
  targetInstanceId: line(128),
  targetExtensionNumber: line(128),
  additionalHeader: z
    .enum([
      'ANSWER_MODE',
      'CALL_INFO',
      'ALERT_INFO_AUTO_ANSWER_DELAY0',
      'ALERT_INFO_AUTO_ANSWER',
      'ALERT_INFO_INTERCOM',
    ])
    .nullable(),
  headerDirection: z.enum(['CALLER', 'CALLEE', 'ALL']),
});

const field = roughText(4096);

/** Some options, as they are typed: a field that is too long is rejected where the error can be explained. */
export const someDialOptionsSchema = dialOptionsSchema
  .extend({
    callerDisplayName: field,
    trunk: field,
    rewriteFrom: field,
    rewritePai: field,
    rewriteRpi: field,
    userData: field,
    target: field,
    targetInstanceId: field,
    targetExtensionNumber: field,
  })
  .partial()
  // Drops absent keys, because an override of `undefined` means nothing.
  .transform((options): Partial<z.output<typeof dialOptionsSchema>> =>
    Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
  );

/** Numbers a rule is for. `pattern` is matched against what would be dialled without rules: E.164 or plain digits. */
export const ruleTargets = ['public', 'national', 'international', 'extension', 'short-code', 'pattern'] as const;

/** How a number is written for the PBX. */
export const ruleForms = [
  /** E.164 with its + for public numbers, digits for the others. */
  'as-is',
  /** 493012345678 */
  'without-plus',
  /** 00493012345678: `internationalPrefix` instead of the +. */
  'international-prefix',
  /** 03012345678; numbers of other countries as `international-prefix`, or with + where that is ''. */
  'national',
  /** 3012345678 */
  'national-without-zero',
  /** The match of `pattern`, replaced by `replacement`; $1 to $9 are groups, $0 is the whole match. */
  'replacement',
] as const;

const draft = roughText(2000);

/** One rule, as typed: the first enabled one that fits a number writes it, and no other does. */
const draftRuleSchema = z.strictObject({
  id: draft,
  /** For people; shown in the preview. */
  name: draft,
  enabled: z.boolean(),
  target: z.enum(ruleTargets),
  /** RE2 syntax (linear time), matched against the whole number; only for the target `pattern`. */
  pattern: draft,
  form: z.enum(ruleForms),
  replacement: draft,
  /** Digits such as 00 or 011. */
  internationalPrefix: draft,
  /** Put in front of the result, for an outside line: 0 or 9. */
  outsidePrefix: draft,
  /** Trunk for these calls; '' leaves it to the other options. */
  trunk: draft,
  /** Number shown to the other party (the API's rewriteFrom); '' leaves it. */
  callerId: draft,
});

/** How numbers are understood and written, as typed; core/settings/rule-schema.ts checks what may be saved. */
export const draftRulesSchema = z.strictObject({
  /** ISO 3166-1 alpha-2 in capitals; '' when not set: national numbers then stay as they are. */
  country: draft,
  /** Own area code without the national 0, to complete local numbers; '' completes none. */
  areaCode: draft,
  /** RE2 pattern, matched against all digits: which numbers are extensions of the own PBX. */
  extensions: draft,
  rules: z.array(draftRuleSchema).max(200),
});
