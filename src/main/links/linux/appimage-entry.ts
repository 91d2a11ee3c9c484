import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LINK_SCHEMES } from '../../../shared/links.ts';
import { APP_ID } from '../../app-id.ts';
import { quoteExec } from '../../quote-exec.ts';
import { replaceFile, USUAL_RIGHTS } from '../../stores/replace-file.ts';
import { MAX_FILE_BYTES, readSmallFile } from '../../stores/small-file.ts';
import { runProgram } from '../../run-program.ts';
import { parseKeyFile } from './key-file.ts';
import { ENTRY_NAME } from './read-link.ts';

/** The key that marks an entry of ours, which the program may rewrite and remove. */
const MARK = 'X-Traydial-AppImage';
const TIMEOUT_MS = 5000;

export interface AppImageEntryOptions {
  /** The path of the AppImage's file; null when the program is no AppImage. */
  appImage: string | null;
  /** XDG_DATA_HOME. */
  data: string;
  /** A 256 x 256 PNG. */
  icon: string;
}

/**
 * The menu entry of an AppImage, without which it is in no menu and opens no links. The program writes it to the user's
 * folder and removes it when the user asks for that. It does not touch an entry of another program.
 */
export class AppImageEntry {
  readonly #options: AppImageEntryOptions;

  constructor(options: AppImageEntryOptions) {
    this.#options = options;
  }

  get #path(): string {
    return join(this.#options.data, 'applications', ENTRY_NAME);
  }

  get #iconPath(): string {
    return join(this.#options.data, 'icons/hicolor/256x256/apps', `${APP_ID}.png`);
  }

  get state(): 'no' | 'missing' | 'added' {
    const { appImage } = this.#options;
    if (appImage === null) return 'no';
    const { place, text } = this.#look();
    if (place === 'taken') return 'no';
    // If the text differs, the AppImage was moved since, so the entry does not start it.
    return text === entryText(appImage) ? 'added' : 'missing';
  }

  /** Throws file system errors. */
  async add(): Promise<void> {
    const { appImage, icon } = this.#options;
    if (appImage === null || this.#look().place === 'taken') return;
    replaceFile(this.#path, entryText(appImage), USUAL_RIGHTS);
    replaceFile(this.#iconPath, readFileSync(icon), USUAL_RIGHTS);
    await this.#refresh();
  }

  async remove(): Promise<void> {
    if (this.#look().place !== 'ours') return;
    rmSync(this.#path, { force: true });
    rmSync(this.#iconPath, { force: true });
    await this.#refresh();
  }

  /** What is at the place of the entry. What cannot be read may be another program's, so it counts as taken. */
  #look(): { place: 'free' | 'ours' | 'taken'; text: string } {
    const file = readSmallFile(this.#path, MAX_FILE_BYTES);
    if (file.found !== 'bytes') return { place: file.found === 'nothing' ? 'free' : 'taken', text: '' };
    const text = file.bytes.toString('utf8');
    return { place: isOwn(text) ? 'ours' : 'taken', text };
  }

  /** Updates the cache that desktops read. Without the tool for it they notice the new file later. */
  async #refresh(): Promise<void> {
    const folder = join(this.#options.data, 'applications');
    await runProgram('update-desktop-database', [folder], TIMEOUT_MS).catch(() => '');
  }
}

/** The path without quotes if possible, because xdg-open 1.1 takes quotes as part of the name. */
const asProgram = (path: string): string => (/^[\w./@+-]+$/.test(path) ? path : quoteExec(path));

const isOwn = (text: string): boolean => parseKeyFile(text).get('Desktop Entry')?.get(MARK) === 'true';

/** The same entry as in the packages (electron-builder.config.ts), with the AppImage's own place. */
export function entryText(appImage: string): string {
  return `[Desktop Entry]
Name=Traydial
Exec=${asProgram(appImage)} %U
Terminal=false
Type=Application
Icon=${APP_ID}
StartupWMClass=${APP_ID}
GenericName=Click-to-call
GenericName[de]=Anrufen per Klick
Keywords=phone;call;dial;telephone;tel;PBX;
Keywords[de]=Telefon;Anruf;anrufen;wählen;Telefonanlage;
X-KDE-Protocols=${LINK_SCHEMES.map((scheme) => `${scheme};`).join('')}
X-GNOME-UsesNotifications=true
StartupNotify=true
Comment=Click-to-call and caller notifications in the tray, for desk phones on a PortSIP PBX
Comment[de]=Anrufen per Klick und Anrufmeldungen im Infobereich, für Tischtelefone an einer PortSIP-Telefonanlage
MimeType=${LINK_SCHEMES.map((scheme) => `x-scheme-handler/${scheme};`).join('')}
Categories=Utility;TelephonyTools;
${MARK}=true
`;
}
