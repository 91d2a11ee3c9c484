import { resolve } from 'node:path';
import type { App, Shell } from 'electron';
import { appError } from '../shared/errors.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { DesktopState } from '../shared/state.ts';

const SCHEMES = ['tel', 'callto'] as const;

type LinkApp = Pick<App, 'setAsDefaultProtocolClient' | 'isDefaultProtocolClient' | 'isPackaged'>;

/** Traydial as the system's program for tel: and callto: links. */
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
    if (this.#app.isPackaged || this.#platform !== 'win32') this.register();
  }

  /** Asking never changes anything. */
  get state(): DesktopState['telHandler'] {
    // Windows keeps what the user chose where no program may look; Electron reads only what programs registered.
    if (this.#platform === 'win32') return 'unknown';
    try {
      return this.#ask((path, args) => this.#app.isDefaultProtocolClient('tel', path, args)) ? 'ours' : 'other';
    } catch {
      return 'unknown';
    }
  }

  /** Offers Traydial to the system. Windows lets only the user choose; Linux needs the installed .desktop file. */
  register(): Result<null> {
    const refused = SCHEMES.filter(
      (scheme) => !this.#ask((path, args) => this.#app.setAsDefaultProtocolClient(scheme, path, args)),
    );
    if (refused.length === 0) return ok(null);
    return err(appError('action-failed', { detail: `The system did not accept Traydial for ${refused.join(', ')}.` }));
  }

  /** Unpackaged, the program is Electron with the application's folder as argument. */
  #ask(call: (path?: string, args?: string[]) => boolean): boolean {
    const entry = this.#argv[1];
    // Only Windows reads path and arguments; `--` keeps a link from being taken for a switch, as in the installer.
    if (this.#app.isPackaged || entry === undefined) return call(process.execPath, ['--']);
    return call(process.execPath, [resolve(entry), '--']);
  }
}

/** Windows' own page for choosing default programs: the only way there is. Does nothing elsewhere. */
export async function openDefaultApps(shell: Pick<Shell, 'openExternal'>, platform: NodeJS.Platform): Promise<void> {
  if (platform === 'win32') await shell.openExternal('ms-settings:defaultapps?registeredAppUser=Traydial');
}
