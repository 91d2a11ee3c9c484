/** A settings file as it was read, of whatever version. */
export type RawSettings = Record<string, unknown>;

/** Rewrites a file of one version as the next one would have written it. Pure; keeps what it does not know. */
export type Migration = (raw: RawSettings) => RawSettings;

/** Step n (from 0) leads from version n + 1 to n + 2. Steps are only ever added at the end. */
export const MIGRATIONS: readonly Migration[] = [confirmBySource];

/** Version 2: one switch for links became a choice for each source. What was no switch is passed on, to be named. */
function confirmBySource(raw: RawSettings): RawSettings {
  const { dialling } = raw;
  if (!isRecord(dialling) || !Object.hasOwn(dialling, 'confirmLinks')) return raw;
  const { confirmLinks, ...rest } = dialling;
  const link = typeof confirmLinks === 'boolean' ? (confirmLinks ? 'ask' : 'at-once') : confirmLinks;
  return { ...raw, dialling: { confirm: { link }, ...rest } };
}

const isRecord = (value: unknown): value is RawSettings =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export interface Migrated {
  raw: RawSettings;
  /** The file is of a later program: nothing was changed. */
  newer: boolean;
  /** The file's version could not be read, or a step failed over what it holds. */
  failed: boolean;
}

/** Brings a file up to the current version. A file without a version is of the first one. */
export function migrate(raw: RawSettings, steps: readonly Migration[] = MIGRATIONS): Migrated {
  const version = raw['version'] ?? 1;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    return { raw, newer: false, failed: true };
  }
  if (version > steps.length + 1) return { raw, newer: true, failed: false };
  try {
    return { raw: steps.slice(version - 1).reduce((file, step) => step(file), raw), newer: false, failed: false };
  } catch {
    return { raw, newer: false, failed: true };
  }
}
