import { z } from 'zod';
import { FOREIGN_PROVENANCES, OWN_PROVENANCES } from '../provenance.ts';
import { line, roughText } from './text.ts';

/** The provenance of a number before dial rules, as it is stored with the number. */
export const originSchema = z.enum([...OWN_PROVENANCES, ...FOREIGN_PROVENANCES]);

/** A number that the user keeps as a favourite. */
export const favouriteSchema = z.object({
  number: z.string().min(1).max(256),
  /** The name that was known when the user added the favourite; may be ''. */
  name: z.string().max(1024),
  provenance: originSchema,
  /** See Party. */
  external: z.literal(true).exactOptional(),
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

/** Some options as the user typed them. Fields that are too long are refused later, where the error can be explained. */
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

/** The numbers that a rule applies to. `pattern` matches the number without rules: E.164 or plain digits. */
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

/**
 * A dial rule as the user typed it. A rule changes the form in which a number is sent to the PBX. Only the first enabled
 * rule that matches a number is applied.
 */
const draftRuleSchema = z.strictObject({
  id: draft,
  /** The name for people, which the preview shows. */
  name: draft,
  enabled: z.boolean(),
  target: z.enum(ruleTargets),
  /** RE2 syntax (linear time), matched against the whole number; only for the target `pattern`. */
  pattern: draft,
  form: z.enum(ruleForms),
  replacement: draft,
  /** Digits such as 00 or 011. */
  internationalPrefix: draft,
  /** Digits in front of the result for an outside line: 0 or 9. */
  outsidePrefix: draft,
  /** The trunk for these calls; '' leaves the one of the other options. */
  trunk: draft,
  /** The number that the other party sees (the API's rewriteFrom); '' leaves the one of the other options. */
  callerId: draft,
});

/** The dial rules as the user typed them. core/settings/rule-schema.ts checks whether they may be saved. */
export const draftRulesSchema = z.strictObject({
  /** ISO 3166-1 alpha-2 in capitals. If it is '', national numbers stay as they are. */
  country: draft,
  /** The user's area code without the national 0, which completes local numbers; '' completes none. */
  areaCode: draft,
  /** Which digits are extensions of the user's PBX: an RE2 pattern that matches all digits, or how many digits they have. */
  extensions: draft,
  rules: z.array(draftRuleSchema).max(200),
});
