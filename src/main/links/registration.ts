import { resolve } from 'node:path';
import type { App, Shell } from 'electron';
import { appError } from '../../shared/errors.ts';
import type { LinkScheme } from '../../shared/links.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { ReadLinkStatus } from './link-reader.ts';

/** The schemes that a first start registers if no program opens their links. SIP links are left to a softphone unless the user changes that. */
const FIRST_START_SCHEMES: readonly LinkScheme[] = ['tel', 'callto', 'traydial'];

type LinkApp = Pick<App, 'setAsDefaultProtocolClient' | 'isPackaged'>;

/** Makes Traydial the default program for links of these schemes. Errors: links-not-accepted. */
export type RegisterLinks = (schemes: readonly LinkScheme[]) => Promise<Result<null>>;

/** Registers Traydial through Electron, on Windows and macOS. On Windows the user must then choose it. */
export function registerByElectron(app: LinkApp, argv: readonly string[]): RegisterLinks {
  const entry = argv[1];
  // Unpackaged, the program is Electron with the application's folder as argument.
  const path = app.isPackaged || entry === undefined ? [] : [resolve(entry)];
  return (schemes) => {
    // Only Windows reads path and arguments; `--` keeps Electron from reading a link as a switch, as in the installer.
    const refused = schemes.filter(
      (scheme) => !app.setAsDefaultProtocolClient(scheme, process.execPath, [...path, '--']),
    );
    return Promise.resolve(refused.length === 0 ? ok(null) : notAccepted(refused));
  };
}

export function notAccepted(schemes: readonly LinkScheme[]): Result<never> {
  return err(appError('links-not-accepted', { detail: schemes.map((scheme) => `${scheme}:`).join(' ') }));
}

/**
 * Registers Traydial for those schemes that no program opens yet; called at the first start only. Does nothing on Linux,
 * where the desktop entry of an installed Traydial already offers it. A program that runs from its source is not
 * registered: on Windows it would leave entries in the registry, and elsewhere it cannot become the default.
 */
export async function registerForFreeSchemes(
  app: Pick<App, 'isPackaged'>,
  platform: NodeJS.Platform,
  readStatus: ReadLinkStatus,
  register: RegisterLinks,
): Promise<void> {
  if (platform === 'linux' || !app.isPackaged) return;
  const states = await Promise.all(
    FIRST_START_SCHEMES.map(async (scheme) => ({ scheme, state: (await readStatus(scheme)).state })),
  );
  const free = states.filter(({ state }) => state === 'none').map(({ scheme }) => scheme);
  if (free.length > 0) await register(free);
}

/** Opens the page on which Windows lets the user choose default programs. Does nothing on other systems. */
export async function openDefaultApps(shell: Pick<Shell, 'openExternal'>, platform: NodeJS.Platform): Promise<void> {
  if (platform === 'win32') await shell.openExternal('ms-settings:defaultapps?registeredAppUser=Traydial');
}
