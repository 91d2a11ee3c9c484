import { resolve } from 'node:path';
import type { App, Shell } from 'electron';
import { appError } from '../../shared/errors.ts';
import type { LinkScheme } from '../../shared/links.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** What a first start offers itself for. SIP links are a softphone's until the user says otherwise. */
const OFFERED: readonly LinkScheme[] = ['tel', 'callto', 'traydial'];

type LinkApp = Pick<App, 'setAsDefaultProtocolClient' | 'isPackaged'>;

/** Makes Traydial the system's program for links. */
export class LinkRegistration {
  readonly #app: LinkApp;
  readonly #argv: readonly string[];
  readonly #platform: NodeJS.Platform;

  constructor(app: LinkApp, argv: readonly string[], platform: NodeJS.Platform) {
    this.#app = app;
    this.#argv = argv;
    this.#platform = platform;
  }

  /**
   * At the first start. A checkout that somebody tries for two minutes must not stay in Windows' registry; elsewhere
   * an unpackaged program cannot become the default anyway.
   */
  offerOnce(): void {
    if (this.#app.isPackaged || this.#platform !== 'win32') this.register(OFFERED);
  }

  /** Offers Traydial to the system. Windows lets only the user choose; Linux needs the installed .desktop file. */
  register(schemes: readonly LinkScheme[]): Result<null> {
    const refused = schemes.filter((scheme) => !this.#set(scheme));
    if (refused.length === 0) return ok(null);
    return err(appError('links-not-accepted', { detail: refused.map((scheme) => `${scheme}:`).join(' ') }));
  }

  /** Unpackaged, the program is Electron with the application's folder as argument. */
  #set(scheme: LinkScheme): boolean {
    const entry = this.#argv[1];
    const path = this.#app.isPackaged || entry === undefined ? [] : [resolve(entry)];
    // Only Windows reads path and arguments; `--` keeps a link from being taken for a switch, as in the installer.
    return this.#app.setAsDefaultProtocolClient(scheme, process.execPath, [...path, '--']);
  }
}

/** Windows' own page for choosing default programs: the only way there is. Does nothing elsewhere. */
export async function openDefaultApps(shell: Pick<Shell, 'openExternal'>, platform: NodeJS.Platform): Promise<void> {
  if (platform === 'win32') await shell.openExternal('ms-settings:defaultapps?registeredAppUser=Traydial');
}
