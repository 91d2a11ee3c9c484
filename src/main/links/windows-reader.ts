import { plainText } from '../../shared/plain-text.ts';
import type { LinkScheme } from '../../shared/links.ts';
import { BROKEN, NOBODY, OURS, UNKNOWN, type KnownProgram, type ReadLinkStatus } from './link-reader.ts';

export interface WindowsReaderOptions {
  /** Reads a value of a registry key; null if it is missing or cannot be read. `name`: null for the default value. */
  registry: (key: string, name: string | null) => Promise<string | null>;
  /** The program that Windows would start, from AssocQueryString; null if there is none. */
  programFor: (scheme: LinkScheme) => Promise<KnownProgram | null>;
  fileExists: (path: string) => boolean;
  ownPath: string;
}

/** The registry key with the user's choice for each scheme. */
const CHOICES = 'HKCU\\Software\\Microsoft\\Windows\\Shell\\Associations\\UrlAssociations';

/**
 * Finds out on Windows which program opens links. First it reads the ProgId that the user has chosen for the scheme; if
 * that is not Traydial's, it asks the system which program it would start. resources/installer/windows/installer.nsh
 * registers the ProgIds Traydial.Url.*.
 */
export function windowsReader({ registry, programFor, fileExists, ownPath }: WindowsReaderOptions): ReadLinkStatus {
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

/** Returns the program of a command such as `"C:\Programs\Traydial\Traydial.exe" -- "%1"`; null if there is none. */
const programIn = (command: string): string | null =>
  /^\s*(?:"([^"]+)"|(\S+))/.exec(command)?.slice(1).find(Boolean) ?? null;

/** Returns the value in the output of `reg query KEY /v NAME` (or /ve), in any language of Windows. */
export function readRegQuery(output: string): string | null {
  return /^ {4}.*? {4}REG_(?:EXPAND_)?SZ {4}(.*)$/m.exec(output.replaceAll('\r', ''))?.[1] ?? null;
}
