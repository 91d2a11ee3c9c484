import { z } from 'zod';
import { appError, type AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Settings } from '../../shared/settings.ts';
import { DEFAULT_SETTINGS } from './defaults.ts';
import { settingProblem } from './setting-problem.ts';
import { migrate } from './migrations.ts';
import { settingsSchema } from './schema.ts';

export interface ReadSettings {
  settings: Settings;
  /** The keys whose values were replaced by defaults or left out, e.g. "polling.intervalSeconds". */
  problems: string[];
  /** A later version of the program wrote the file. `settings` has the values that this version knows. */
  newer: boolean;
}

/** The entry in `problems` for a file without any settings. */
const WHOLE_FILE = '(the whole file)';

/**
 * Reads the settings from a parsed file. A value that is not valid is replaced by its default and never resets another
 * value. Missing keys get their defaults and unknown keys are left out, both without a problem. `raw` is undefined at the
 * first start.
 */
export function readSettings(raw: unknown): ReadSettings {
  if (raw === undefined) return { settings: structuredClone(DEFAULT_SETTINGS), problems: [], newer: false };
  if (!isRecord(raw)) return { settings: structuredClone(DEFAULT_SETTINGS), problems: [WHOLE_FILE], newer: false };
  const { raw: current, newer, failed } = migrate(raw);
  const problems: string[] = failed ? ['version'] : [];
  const salvaged = settingsSchema.safeParse(salvage(settingsSchema, current, DEFAULT_SETTINGS, '', problems));
  if (salvaged.success) return { settings: salvaged.data, problems, newer };
  return { settings: structuredClone(DEFAULT_SETTINGS), problems: [WHOLE_FILE], newer };
}

/**
 * Returns the settings after a change from the window. Keys that are undefined change nothing.
 * Error: settings-invalid for an unknown key or a value that is not valid; its detail names the key.
 */
export function applyPatch(settings: Settings, patch: unknown): Result<Settings> {
  if (!isRecord(patch)) return err(appError('settings-invalid', { detail: 'not a set of settings' }));
  const groups: [string, unknown][] = Object.entries(settings);
  for (const [name, change] of Object.entries(patch)) {
    if (change === undefined) continue;
    const known = groups.find(([group]) => group === name);
    if (known === undefined || !isRecord(change)) return err(appError('settings-invalid', { detail: shortKey(name) }));
    known[1] = merge(known[1], change);
  }
  const checked = settingsSchema.safeParse(Object.fromEntries(groups));
  return checked.success ? ok(checked.data) : err(settingsInvalid(checked.error));
}

/** Merges records at every depth, so that two changes to one group do not undo each other. */
function merge(before: unknown, change: unknown): unknown {
  if (!isRecord(before) || !isRecord(change)) return change;
  const known = new Map(Object.entries(before));
  for (const [key, value] of Object.entries(change)) {
    if (value !== undefined) known.set(key, merge(known.get(key), value));
  }
  return Object.fromEntries(known);
}

/** Keeps the valid parts of `raw`, takes the others from `fallback`, and adds their paths to `problems`. */
function salvage(schema: z.ZodType, raw: unknown, fallback: unknown, path: string, problems: string[]): unknown {
  if (schema instanceof z.ZodObject) return salvageObject(schema, raw, fallback, path, problems);
  if (schema instanceof z.ZodArray && Array.isArray(raw)) return salvageList(schema, raw, path, problems);
  const value = schema.safeParse(raw);
  if (value.success) return value.data;
  problems.push(path);
  return fallback;
}

function salvageObject(
  schema: z.ZodObject<Record<string, z.ZodType>>,
  raw: unknown,
  fallback: unknown,
  path: string,
  problems: string[],
): unknown {
  if (!isRecord(raw)) {
    problems.push(path);
    return fallback;
  }
  const defaults = isRecord(fallback) ? fallback : {};
  return Object.fromEntries(
    Object.entries(schema.shape).map(([key, inner]) => {
      if (!Object.hasOwn(raw, key)) return [key, defaults[key]];
      return [key, salvage(inner, raw[key], defaults[key], path === '' ? key : `${path}.${key}`, problems)];
    }),
  );
}

/** Keeps the valid items of a list, up to its maximum length. */
function salvageList(schema: z.ZodArray, raw: readonly unknown[], path: string, problems: string[]): unknown[] {
  const kept: unknown[] = [];
  for (const [index, item] of raw.entries()) {
    if (schema.safeParse([...kept, item]).success) kept.push(item);
    else problems.push(`${path}.${index}`);
    // The user needs no list of thousands of problems.
    if (problems.length >= 100) break;
  }
  return kept;
}

/** The error for a value that a schema refused. The detail names its key, and the parameters its limits. */
export function settingsInvalid(error: z.ZodError): AppError {
  return appError('settings-invalid', { detail: keyOf(error), params: settingProblem(error) });
}

function keyOf(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return '';
  return shortKey([...issue.path, ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])].join('.'));
}

/** A key may come from outside and contain any text, so control characters are removed and it is shortened. */
const shortKey = (key: string): string => key.replace(/\p{C}/gu, '').slice(0, 80);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
