import { z } from 'zod';
import type { DialRule, DialRules } from '../../shared/dial-rules.ts';
import { ONE_LINE } from '../../shared/plain-text.ts';
import type { RuleProblem } from '../../shared/rule-problem.ts';
import { ruleForms, ruleTargets } from '../../shared/schema/dial.ts';
import { compilePattern, MAX_PATTERN } from '../numbers/compile-pattern.ts';
import { extensionProblem } from '../numbers/extension-pattern.ts';

export const MAX_RULES = 100;

/** The message of a schema must be a text, so the schemas of dial rules use problems as JSON. */
export const message = (problem: RuleProblem): string => JSON.stringify(problem);

/** The problem in the message of an issue. */
export const problemOf = (issue: { message: string }): RuleProblem => JSON.parse(issue.message) as RuleProblem;

const NOT_A_TEXT = message({ code: 'not-a-text' });

/** One line without control and invisible characters, which could forge a SIP header or mislead the user. */
const line = (max: number) =>
  z
    .string(NOT_A_TEXT)
    .max(max, message({ code: 'too-long', params: { max } }))
    .regex(ONE_LINE, message({ code: 'not-one-line' }));

const choice = <const T extends readonly string[]>(words: T) =>
  z.enum(words, message({ code: 'word-unknown', params: { words } }));

export const dialRuleSchema = z
  .strictObject({
    id: z.string(NOT_A_TEXT).regex(/^[A-Za-z0-9_-]{1,64}$/, message({ code: 'id-invalid' })),
    name: line(80).regex(/\S/, message({ code: 'name-empty' })),
    enabled: z.boolean(message({ code: 'not-a-switch' })),
    target: choice(ruleTargets),
    pattern: line(MAX_PATTERN),
    form: choice(ruleForms),
    replacement: line(64).regex(/^\+?(?:[0-9*#]|\$[0-9])*$/, message({ code: 'replacement-invalid' })),
    internationalPrefix: z.string(NOT_A_TEXT).regex(/^[0-9]{0,8}$/, message({ code: 'international-prefix-invalid' })),
    outsidePrefix: z.string(NOT_A_TEXT).regex(/^[0-9*#]{0,8}$/, message({ code: 'outside-prefix-invalid' })),
    trunk: line(64),
    callerId: line(16),
  })
  .superRefine(({ target, pattern }, context) => {
    if (target !== 'pattern') return;
    const compiled = pattern === '' ? { problem: { code: 'pattern-empty' } as const } : compilePattern(pattern);
    if ('problem' in compiled)
      context.addIssue({ code: 'custom', path: ['pattern'], message: message(compiled.problem) });
  }) satisfies z.ZodType<DialRule>;

/** The fields of DialRules with the limits of what may be saved. */
export const dialRulesShape = {
  country: z.string(NOT_A_TEXT).regex(/^(?:[A-Z]{2})?$/, message({ code: 'country-invalid' })),
  areaCode: z.string(NOT_A_TEXT).regex(/^[0-9]{0,8}$/, message({ code: 'area-code-invalid' })),
  extensions: line(MAX_PATTERN).superRefine((pattern, context) => {
    const problem = extensionProblem(pattern);
    if (problem !== null) context.addIssue({ code: 'custom', message: message(problem) });
  }),
  rules: z
    .array(dialRuleSchema, message({ code: 'not-a-list' }))
    .max(MAX_RULES, message({ code: 'rules-too-many', params: { max: MAX_RULES } }))
    .superRefine((rules, context) => {
      const repeated = rules.findIndex(({ id }, index) => rules.findIndex((other) => other.id === id) < index);
      if (repeated >= 0)
        context.addIssue({ code: 'custom', path: [repeated, 'id'], message: message({ code: 'id-taken' }) });
    }),
};

export const dialRulesSchema = z.strictObject(dialRulesShape) satisfies z.ZodType<DialRules>;
