import { z } from 'zod';
import type { DialRules } from '../../../shared/dial-rules.ts';
import { appError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';

const rule = z.strictObject({
  id: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  target: z.enum(['public', 'national', 'international', 'extension', 'short-code', 'pattern']),
  pattern: z.string(),
  form: z.enum(['as-is', 'without-plus', 'international-prefix', 'national', 'national-without-zero', 'replacement']),
  replacement: z.string(),
  internationalPrefix: z.string().regex(/^[0-9]*$/),
  outsidePrefix: z.string().regex(/^[0-9]*$/),
  trunk: z.string(),
  callerId: z.string(),
});
const file = z.strictObject({
  country: z.string().regex(/^(?:[A-Z]{2})?$/),
  areaCode: z.string().regex(/^[0-9]*$/),
  extensions: z.string().refine(isPattern),
  rules: z.array(rule),
}) satisfies z.ZodType<DialRules>;

/** Rules from the JSON of an export. Error: settings-invalid, with the place in the detail. */
export function readRulesFile(json: string): Result<DialRules> {
  try {
    const read = file.safeParse(JSON.parse(json));
    if (read.success) return ok(read.data);
    return err(appError('settings-invalid', { detail: read.error.issues[0]?.path.join('.') ?? '' }));
  } catch {
    return err(appError('settings-invalid', { detail: 'not JSON' }));
  }
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern).source !== '';
  } catch {
    return false;
  }
}
