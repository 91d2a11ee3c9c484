import { z } from 'zod';
import { DEFAULT_EXTENSIONS, type DialRules } from '../../../shared/dial-rules.ts';
import { appError } from '../../../shared/errors.ts';
import { plainText } from '../../../shared/plain-text.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { dialRuleSchema, dialRulesShape } from './rule-schema.ts';

const FORMAT = 'traydial-dial-rules';
const VERSION = 1;
/** Bytes; a hundred rules with everything in them are a quarter of that. */
export const MAX_RULES_FILE = 256 * 1024;

/** Who writes such a file by hand may leave these two out. */
const head = z.looseObject({
  format: z.literal(FORMAT, `Write "${FORMAT}"; other files are no dial rules.`).default(FORMAT),
  version: z.int('Write 1.').min(1, 'Write 1.').default(VERSION),
});

/** What a rule leaves out is off, empty, or as it is; ids are this program's own affair. */
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
  'Write a rule in { }.',
);

const body = z.strictObject({
  ...head.shape,
  country: dialRulesShape.country.default(''),
  areaCode: dialRulesShape.areaCode.default(''),
  extensions: dialRulesShape.extensions.default(DEFAULT_EXTENSIONS),
  rules: z
    .array(ruleInFile, 'Write a list of rules.')
    .transform((rules) => rules.map((rule, index) => ({ ...rule, id: `rule-${index + 1}` })))
    .pipe(dialRulesShape.rules),
});

/**
 * Dial rules from the text of a file. Errors: rules-file-invalid; its detail names the rule, the field and what to do.
 */
export function readRulesFile(json: string): Result<DialRules> {
  if (Buffer.byteLength(json) > MAX_RULES_FILE) return refuse('The file is larger than 256 kB.');
  const file = parse(json);
  if (file === undefined) return refuse('It is not JSON: look for a missing comma, quote or bracket.');
  const known = head.safeParse(file);
  if (!known.success) return refuse(describe(known.error, file));
  if (known.data.version > VERSION) return refuse('It was written by a newer Traydial. Update this one first.');
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

/** "Rule 2 “Berlin”, pattern: Write the pattern." */
function describe(error: z.ZodError, file: unknown): string {
  const issue = error.issues[0];
  if (issue === undefined) return '';
  const extra = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const [first, index, ...rest] = [...issue.path, ...extra].map(String);
  const message = extra.length > 0 ? 'No such field. Correct its name, or leave it out.' : issue.message;
  if (first === undefined) return 'It holds no object { }.';
  if (first !== 'rules' || index === undefined) return `${plainText(first, 40)}: ${message}`;
  const place = `Rule ${Number(index) + 1}${nameOf(file, Number(index))}`;
  return `${place}${rest.length === 0 ? '' : `, ${plainText(rest.join('.'), 40)}`}: ${message}`;
}

const someName = z.object({ rules: z.array(z.unknown()) });

function nameOf(file: unknown, index: number): string {
  const rule = z.object({ name: z.string() }).safeParse(someName.safeParse(file).data?.rules[index]);
  return rule.success ? ` “${plainText(rule.data.name, 40)}”` : '';
}

const refuse = (detail: string): Result<never> => err(appError('rules-file-invalid', { detail }));
