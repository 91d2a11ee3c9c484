/** Marks the fuses in Electron's program; a version byte and a length byte follow. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** The fuses in wire order, with electron-builder's names. */
const FUSES = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const;

export type Fuse = (typeof FUSES)[number];

/** The state of a program's fuses. Fuses that this Electron lacks are missing; throws when there are none. */
export function readFuses(program: Buffer): Partial<Record<Fuse, boolean>> {
  const at = program.indexOf(SENTINEL);
  if (at < 0) throw new Error('This program has no fuses: it is no Electron.');
  const length = program.readUInt8(at + SENTINEL.length + 1);
  const start = at + SENTINEL.length + 2;
  const states = program.toString('latin1', start, start + length);
  // "0" off, "1" on; "r" is a fuse that a newer Electron has removed.
  return Object.fromEntries(
    FUSES.flatMap((name, i) => (/[01]/.test(states[i] ?? '') ? [[name, states[i] === '1']] : [])),
  );
}
