import { z } from 'zod';
import { DEFAULT_EXTENSIONS, type DialRules } from '../../../shared/dial-rules.ts';
import { appError } from '../../../shared/errors.ts';
import { plainText } from '../../../shared/plain-text.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { RuleFault, RulesFileFault } from '../../../shared/rule-fault.ts';
import { dialRuleSchema, dialRulesShape, faultOf, message } from '../../settings/rule-schema.ts';

const FORMAT = 'traydial-dial-rules';
const VERSION = 1;
/** Bytes; a hundred rules with everything in them are a quarter of that. */
export const MAX_RULES_FILE = 256 * 1024;

const VERSION_WANTED = message({ code: 'version-wanted' });

/** These two may be missing, for people who write the file by hand. */
const head = z.looseObject({
  format: z.literal(FORMAT, message({ code: 'format-unknown', params: { format: FORMAT } })).default(FORMAT),
  version: z.int(VERSION_WANTED).min(1, VERSION_WANTED).default(VERSION),
});

/** Missing fields of a rule are off, empty or unchanged; the program assigns missing ids. */
const ruleInFile = z.strictObject(
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
  message({ code: 'rule-wanted' }),
);

const body = z.strictObject({
  ...head.shape,
  country: dialRulesShape.country.default(''),
  areaCode: dialRulesShape.areaCode.default(''),
  extensions: dialRulesShape.extensions.default(DEFAULT_EXTENSIONS),
  rules: z
    .array(ruleInFile, message({ code: 'rules-wanted' }))
    .transform((rules) => rules.map((rule, index) => ({ ...rule, id: `rule-${index + 1}` })))
    .pipe(dialRulesShape.rules),
});

/**
 * Dial rules from the text of a file. Errors: rules-file-invalid, which names the rule and the field.
 */
export function readRulesFile(json: string): Result<DialRules> {
  if (Buffer.byteLength(json) > MAX_RULES_FILE) return refuse({ fault: { code: 'file-too-large' } });
  const file = parse(json);
  if (file === undefined) return refuse({ fault: { code: 'file-not-json' } });
  const known = head.safeParse(file);
  if (!known.success) return refuse(describe(known.error, file));
  if (known.data.version > VERSION) return refuse({ fault: { code: 'file-newer' } });
  const read = body.safeParse(file);
  if (!read.success) return refuse(describe(read.error, file));
  const { country, areaCode, extensions, rules } = read.data;
  return ok({ country, areaCode, extensions, rules });
}

/** The text of such a file, to be read by people as well. Ids stay at home. */
export function writeRulesFile({ country, areaCode, extensions, rules }: DialRules): string {
  const bare = rules.map((rule) => Object.fromEntries(Object.entries(rule).filter(([key]) => key !== 'id')));
  return `${JSON.stringify({ format: FORMAT, version: VERSION, country, areaCode, extensions, rules: bare }, null, 2)}\n`;
}

function parse(json: string): unknown {
  try {
    // Windows' editors put a byte order mark in front.
    return JSON.parse(json.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    return undefined;
  }
}

/** The first fault and its place, such as the pattern of rule 2, "Berlin". */
function describe(error: z.ZodError, file: unknown): RulesFileFault {
  const issue = error.issues[0];
  const extra = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const [first, index, ...rest] = [...(issue?.path ?? []), ...extra].map(String);
  if (issue === undefined || first === undefined) return { fault: { code: 'object-wanted' } };
  const fault: RuleFault = extra.length > 0 ? { code: 'field-unknown' } : faultOf(issue);
  if (first !== 'rules' || index === undefined) return { fault, field: plainText(first, 40) };
  const rule = { place: Number(index) + 1, name: nameOf(file, Number(index)) };
  return { fault, rule, ...(rest.length === 0 ? {} : { field: plainText(rest.join('.'), 40) }) };
}

const someName = z.object({ rules: z.array(z.unknown()) });

function nameOf(file: unknown, index: number): string {
  const rule = z.object({ name: z.string() }).safeParse(someName.safeParse(file).data?.rules[index]);
  return rule.success ? plainText(rule.data.name, 40) : '';
}

const refuse = (params: RulesFileFault): Result<never> => err(appError('rules-file-invalid', { params }));
