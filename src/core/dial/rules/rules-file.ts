import { z } from 'zod';
import { DEFAULT_EXTENSIONS, type DialRules } from '../../../shared/dial-rules.ts';
import { appError } from '../../../shared/errors.ts';
import { plainText } from '../../../shared/plain-text.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { RuleProblem, RulesFileProblem } from '../../../shared/rule-problem.ts';
import { dialRuleSchema, dialRulesShape, problemOf, message } from '../../settings/rule-schema.ts';

const FORMAT = 'traydial-dial-rules';
const VERSION = 1;
/** In bytes. A hundred rules with the longest possible fields need a quarter of it. */
export const MAX_RULES_FILE = 256 * 1024;

// The messages of these schemas are problems as JSON; see rule-schema.ts.
const VERSION_PROBLEM = message({ code: 'version-invalid' });

/** Both fields may be missing, so that people can write the file by hand. */
const headSchema = z.looseObject({
  format: z.literal(FORMAT, message({ code: 'format-unknown', params: { format: FORMAT } })).default(FORMAT),
  version: z.int(VERSION_PROBLEM).min(1, VERSION_PROBLEM).default(VERSION),
});

/** A rule is on unless the file says otherwise, and missing texts are empty. Its id is replaced by its place in the list. */
const ruleInFileSchema = z.strictObject(
  {
    ...dialRuleSchema.shape,
    id: z.string().max(64).optional(),
    enabled: dialRuleSchema.shape.enabled.default(true),
    pattern: dialRuleSchema.shape.pattern.default(''),
    replacement: dialRuleSchema.shape.replacement.default(''),
    internationalPrefix: dialRuleSchema.shape.internationalPrefix.default(''),
    outsidePrefix: dialRuleSchema.shape.outsidePrefix.default(''),
    trunk: dialRuleSchema.shape.trunk.default(''),
    callerId: dialRuleSchema.shape.callerId.default(''),
  },
  message({ code: 'not-a-rule' }),
);

const fileSchema = z.strictObject({
  ...headSchema.shape,
  country: dialRulesShape.country.default(''),
  areaCode: dialRulesShape.areaCode.default(''),
  extensions: dialRulesShape.extensions.default(DEFAULT_EXTENSIONS),
  rules: z
    .array(ruleInFileSchema, message({ code: 'not-a-list' }))
    .transform((rules) => rules.map((rule, index) => ({ ...rule, id: `rule-${index + 1}` })))
    .pipe(dialRulesShape.rules),
});

/** Reads dial rules from the text of a file. Error: rules-file-invalid, which names the rule and the field. */
export function readRulesFile(json: string): Result<DialRules> {
  if (Buffer.byteLength(json) > MAX_RULES_FILE) return refuse({ problem: { code: 'file-too-large' } });
  const file = parse(json);
  if (file === undefined) return refuse({ problem: { code: 'file-not-json' } });
  const head = headSchema.safeParse(file);
  if (!head.success) return refuse(firstProblem(head.error, file));
  if (head.data.version > VERSION) return refuse({ problem: { code: 'file-newer' } });
  const read = fileSchema.safeParse(file);
  if (!read.success) return refuse(firstProblem(read.error, file));
  const { country, areaCode, extensions, rules } = read.data;
  return ok({ country, areaCode, extensions, rules });
}

/** Writes dial rules as the text of a file, in a form that people can read. The file contains no ids. */
export function writeRulesFile({ country, areaCode, extensions, rules }: DialRules): string {
  const withoutIds = rules.map((rule) => Object.fromEntries(Object.entries(rule).filter(([key]) => key !== 'id')));
  const file = { format: FORMAT, version: VERSION, country, areaCode, extensions, rules: withoutIds };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function parse(json: string): unknown {
  try {
    // Some editors on Windows write a byte order mark at the start.
    return JSON.parse(json.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    return undefined;
  }
}

/** The first problem and where it is, for example the pattern of rule 2, "Berlin". */
function firstProblem(error: z.ZodError, file: unknown): RulesFileProblem {
  const issue = error.issues[0];
  const extra = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const [first, index, ...rest] = [...(issue?.path ?? []), ...extra].map(String);
  if (issue === undefined || first === undefined) return { problem: { code: 'not-an-object' } };
  const problem: RuleProblem = extra.length > 0 ? { code: 'field-unknown' } : problemOf(issue);
  if (first !== 'rules' || index === undefined) return { problem, field: plainText(first, 40) };
  const rule = { place: Number(index) + 1, name: nameOf(file, Number(index)) };
  return { problem, rule, ...(rest.length === 0 ? {} : { field: plainText(rest.join('.'), 40) }) };
}

const ruleListSchema = z.object({ rules: z.array(z.unknown()) });
const ruleNameSchema = z.object({ name: z.string() });

/** The name of a rule in a file that is not valid; '' if it has none. */
function nameOf(file: unknown, index: number): string {
  const rule = ruleNameSchema.safeParse(ruleListSchema.safeParse(file).data?.rules[index]);
  return rule.success ? plainText(rule.data.name, 40) : '';
}

const refuse = (params: RulesFileProblem): Result<never> => err(appError('rules-file-invalid', { params }));
