/** The contents of a settings file of any version. */
export type RawSettings = Record<string, unknown>;

/** Turns the contents of a file into the form of the next version. Pure; keeps keys that it does not know. */
export type Migration = (raw: RawSettings) => RawSettings;

/** Step n (from 0) leads from version n + 1 to n + 2. A released step never changes; new ones are added at the end. */
export const MIGRATIONS: readonly Migration[] = [confirmBySource, confirmByProvenance];

/**
 * To version 2: one switch for links became a choice for each source. A value that is not true or false stays, so that
 * readSettings reports it.
 */
function confirmBySource(raw: RawSettings): RawSettings {
  const { dialling } = raw;
  if (!isRecord(dialling) || !Object.hasOwn(dialling, 'confirmLinks')) return raw;
  const { confirmLinks, ...rest } = dialling;
  const link = typeof confirmLinks === 'boolean' ? (confirmLinks ? 'ask' : 'at-once') : confirmLinks;
  return { ...raw, dialling: { confirm: { link }, ...rest } };
}

/**
 * To version 3: the choice depends on who chose the number, no longer on where it was clicked. Before, `typed` applied to
 * the window's lists, and `redial` and `menu` to the tray. Only numbers that the user chose may still be dialled at once.
 */
function confirmByProvenance(raw: RawSettings): RawSettings {
  const { dialling } = raw;
  if (!isRecord(dialling) || !isRecord(dialling['confirm'])) return raw;
  const { redial, menu, ...rest } = dialling['confirm'];
  const typed = rest['typed'];
  const confirm = {
    ...stricterChoice('dialled', redial, typed),
    ...stricterChoice('favourite', menu, typed),
    ...Object.fromEntries(
      Object.entries(rest).map(([key, value]) => [key, FOREIGN.has(key) && value === 'at-once' ? 'undo' : value]),
    ),
  };
  return { ...raw, dialling: { ...dialling, confirm } };
}

const FOREIGN: ReadonlySet<string> = new Set(['link', 'clipboard', 'command']);

/** Sets `key` to the stricter of the two old choices; {} if neither is set. */
function stricterChoice(key: string, inTray: unknown, inWindow: unknown): RawSettings {
  if (inTray === 'ask') return { [key]: inTray };
  return inWindow === undefined ? {} : { [key]: inWindow };
}

const isRecord = (value: unknown): value is RawSettings =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export interface Migrated {
  raw: RawSettings;
  /** A later version of the program wrote the file, so nothing was changed. */
  newer: boolean;
  /** The version could not be read, or a step failed because of the contents. */
  failed: boolean;
}

/** Brings the contents of a file up to the current version. A file without a version has the first one. */
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
