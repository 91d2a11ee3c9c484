/** The contents of a settings file of any version. */
export type RawSettings = Record<string, unknown>;

/** Rewrites a file of one version as the next one would have written it. Pure; keeps what it does not know. */
export type Migration = (raw: RawSettings) => RawSettings;

/** Step n (from 0) leads from version n + 1 to n + 2. Steps are only ever added at the end. */
export const MIGRATIONS: readonly Migration[] = [confirmBySource, confirmByProvenance];

/** Version 2: one switch for links became a choice for each source. A value that is not a switch is passed on, so that it is reported. */
function confirmBySource(raw: RawSettings): RawSettings {
  const { dialling } = raw;
  if (!isRecord(dialling) || !Object.hasOwn(dialling, 'confirmLinks')) return raw;
  const { confirmLinks, ...rest } = dialling;
  const link = typeof confirmLinks === 'boolean' ? (confirmLinks ? 'ask' : 'at-once') : confirmLinks;
  return { ...raw, dialling: { confirm: { link }, ...rest } };
}

/**
 * Version 3: who chose the number decides, not where it was clicked. Numbers in the window's lists were dialled as
 * typed ones, those in the tray by `redial` and `menu`. Only the user's own numbers may still be dialled at once.
 */
function confirmByProvenance(raw: RawSettings): RawSettings {
  const { dialling } = raw;
  if (!isRecord(dialling) || !isRecord(dialling['confirm'])) return raw;
  const { redial, menu, ...rest } = dialling['confirm'];
  const typed = rest['typed'];
  const confirm = {
    ...stricter('dialled', redial, typed),
    ...stricter('favourite', menu, typed),
    ...Object.fromEntries(
      Object.entries(rest).map(([key, value]) => [key, FOREIGN.has(key) && value === 'at-once' ? 'undo' : value]),
    ),
  };
  return { ...raw, dialling: { ...dialling, confirm } };
}

const FOREIGN: ReadonlySet<string> = new Set(['link', 'clipboard', 'command']);

function stricter(key: string, inTray: unknown, inWindow: unknown): RawSettings {
  if (inTray === 'ask') return { [key]: inTray };
  return inWindow === undefined ? {} : { [key]: inWindow };
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
