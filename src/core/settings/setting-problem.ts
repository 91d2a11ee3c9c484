import { z } from 'zod';
import type { SettingProblem } from '../../shared/errors.ts';
import { settingsSchema } from './schema.ts';

/** Which setting was refused, and the limits of its value. */
export function settingProblem({ issues }: z.ZodError): SettingProblem {
  const issue = issues[0];
  const keys = (issue?.path ?? []).filter((key) => typeof key === 'string');
  return { setting: keys.join('.'), ...limitsOf(schemaAt(keys), issue) };
}

function limitsOf(schema: z.ZodType | undefined, issue?: z.core.$ZodIssue): Pick<SettingProblem, 'min' | 'max'> {
  if (schema instanceof z.ZodNumber && schema.minValue !== null && schema.maxValue !== null) {
    return { min: schema.minValue, max: schema.maxValue };
  }
  return issue?.code === 'too_big' ? { max: Number(issue.maximum) } : {};
}

function schemaAt(keys: readonly string[]): z.ZodType | undefined {
  let schema: unknown = settingsSchema;
  for (const key of keys)
    schema = schema instanceof z.ZodObject ? (schema.shape as Record<string, unknown>)[key] : null;
  return schema instanceof z.ZodType ? schema : undefined;
}
