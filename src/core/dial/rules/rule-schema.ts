import { z } from 'zod';
import type { DialRule, DialRules } from '../../../shared/dial-rules.ts';
import { ONE_LINE } from '../../../shared/plain-text.ts';
import { compilePattern, MAX_PATTERN } from '../../numbers/compile-pattern.ts';
import { extensionProblem } from '../../numbers/extension-pattern.ts';

export const MAX_RULES = 100;

/** One line: a control character in a SIP header, or an invisible one on the screen, could only deceive. */
const line = (max: number) =>
  z
    .string('Write a text in quotes.')
    .max(max, `Use at most ${max} characters.`)
    .regex(ONE_LINE, 'Write one line without invisible characters.');

const choice = <const T extends readonly string[]>(words: T) => z.enum(words, `Write one of ${words.join(', ')}.`);

/** Every message is a sentence that stands beside the field, or after its name. */
export const dialRuleSchema = z
  .strictObject({
    id: z.string('Write a text in quotes.').regex(/^[A-Za-z0-9_-]{1,64}$/, 'Use 1 to 64 letters, digits, _ or -.'),
    name: line(80).regex(/\S/, 'Give the rule a name.'),
    enabled: z.boolean('Write true or false.'),
    target: choice(['public', 'national', 'international', 'extension', 'short-code', 'pattern']),
    pattern: line(MAX_PATTERN),
    form: choice(['as-is', 'without-plus', 'international-prefix', 'national', 'national-without-zero', 'replacement']),
    replacement: line(64).regex(
      /^\+?(?:[0-9*#]|\$[0-9])*$/,
      'Use digits, * and #, $1 to $9 for groups, $0 for all of it, and a + only in front.',
    ),
    internationalPrefix: z
      .string('Write a text in quotes.')
      .regex(/^[0-9]{0,8}$/, 'Use up to 8 digits, such as 00 or 011.'),
    outsidePrefix: z.string('Write a text in quotes.').regex(/^[0-9*#]{0,8}$/, 'Use up to 8 digits, such as 0 or 9.'),
    trunk: line(64),
    callerId: line(16),
  })
  .superRefine(({ target, pattern }, context) => {
    if (target !== 'pattern') return;
    const compiled = pattern === '' ? { problem: 'Write the pattern.' } : compilePattern(pattern);
    if ('problem' in compiled) context.addIssue({ code: 'custom', path: ['pattern'], message: compiled.problem });
  }) satisfies z.ZodType<DialRule>;

/** The parts of DialRules, each as the settings keep it. */
export const dialRulesShape = {
  country: z
    .string('Write a text in quotes.')
    .regex(/^(?:[A-Z]{2})?$/, 'Write the two capitals of a country, such as DE.'),
  areaCode: z.string('Write a text in quotes.').regex(/^[0-9]{0,8}$/, 'Use up to 8 digits.'),
  extensions: line(MAX_PATTERN).superRefine((pattern, context) => {
    const message = extensionProblem(pattern);
    if (message !== null) context.addIssue({ code: 'custom', message });
  }),
  rules: z
    .array(dialRuleSchema, 'Write a list of rules.')
    .max(MAX_RULES, `Keep at most ${MAX_RULES} rules.`)
    .superRefine((rules, context) => {
      const twice = rules.findIndex(({ id }, index) => rules.findIndex((other) => other.id === id) < index);
      if (twice >= 0) context.addIssue({ code: 'custom', path: [twice, 'id'], message: 'Another rule has that id.' });
    }),
};

export const dialRulesSchema = z.strictObject(dialRulesShape) satisfies z.ZodType<DialRules>;
