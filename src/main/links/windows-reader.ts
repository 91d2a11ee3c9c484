import { plainText } from '../../shared/plain-text.ts';
import type { LinkScheme } from '../../shared/links.ts';
import { BROKEN, NOBODY, OURS, UNKNOWN, type KnownProgram, type ReadLink } from './link-reader.ts';

export interface WindowsReaderOptions {
  /** One value of the registry as text, null when it is not there or cannot be read. `name` null: the default one. */
  registry: (key: string, name: string | null) => Promise<string | null>;
  /** The program that Windows would start, from AssocQueryString; null if there is none. */
  programFor: (scheme: LinkScheme) => Promise<KnownProgram | null>;
  fileExists: (path: string) => boolean;
  ownPath: string;
}

const CHOICES = 'HKCU\\Software\\Microsoft\\Windows\\Shell\\Associations\\UrlAssociations';

/**
 * Windows: what the user chose (its ProgId can be read, not written), then whom the system would start. The classes
 * Traydial.Url.* are those of resources/installer/windows/installer.nsh.
 */
export function windowsReader({ registry, programFor, fileExists, ownPath }: WindowsReaderOptions): ReadLink {
  return async (scheme) => {
    const progId = await registry(`${CHOICES}\\${scheme}\\UserChoice`, 'ProgId');
    if (progId === `Traydial.Url.${scheme}`) {
      const command = await registry(`HKCR\\${progId}\\shell\\open\\command`, null);
      const program = command === null ? null : programIn(command);
      return program !== null && fileExists(program) ? OURS : BROKEN;
    }
    const found = await programFor(scheme);
    if (found === null) return progId === null ? NOBODY : UNKNOWN;
    if (found.path.toLowerCase() === ownPath.toLowerCase()) return OURS;
    if (/\\Traydial\.exe$/i.test(found.path) && !fileExists(found.path)) return BROKEN;
    return { state: 'other', program: plainText(found.name, 60) };
  };
}

/** `"C:\Programs\Traydial\Traydial.exe" -- "%1"` */
const programIn = (command: string): string | null =>
  /^\s*(?:"([^"]+)"|(\S+))/.exec(command)?.slice(1).find(Boolean) ?? null;

/** The value in what `reg query KEY /v NAME` (or /ve) prints, whatever language it speaks. */
export function readRegQuery(output: string): string | null {
  return /^ {4}.*? {4}REG_(?:EXPAND_)?SZ {4}(.*)$/m.exec(output.replaceAll('\r', ''))?.[1] ?? null;
}
