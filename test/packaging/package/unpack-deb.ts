import { execFileSync } from 'node:child_process';
import { lstatSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Deb {
  /** The .deb itself. */
  file: string;
  /** A folder with the files it would install, from / on. */
  root: string;
  /** Folder of the control file and the scripts. */
  control: string;
  /** Every file, symbolic link and folder in it, by path, e.g. /opt/Traydial/traydial. */
  paths: string[];
  field(name: string): string;
  /** The text of preinst, postinst, prerm or postrm; '' where there is none. */
  script(name: string): string;
}

/** The package that npm run package:check tests. */
export const PACKAGE = process.env['TRAYDIAL_PACKAGE'] ?? '';
/** Whether it contains the old Electron, for which the program was lowered. */
export const IS_LOWERED = process.env['TRAYDIAL_PACKAGE_LOWERED'] === '1';

/** Unpacks a .deb into a folder inside the scratch folder. */
export function unpackDeb(file: string): Deb {
  const root = mkdtempSync(join(tmpdir(), 'deb-'));
  const control = mkdtempSync(join(tmpdir(), 'deb-control-'));
  execFileSync('dpkg-deb', ['--extract', file, root]);
  execFileSync('dpkg-deb', ['--control', file, control]);
  return {
    file,
    root,
    control,
    paths: readdirSync(root, { recursive: true, encoding: 'utf8' }).map((path) => `/${path}`),
    field: (name) => execFileSync('dpkg-deb', ['--field', file, name], { encoding: 'utf8' }).trim(),
    script: (name) => (readdirSync(control).includes(name) ? readFileSync(join(control, name), 'utf8') : ''),
  };
}

export const isFolder = ({ root }: Deb, path: string): boolean => lstatSync(join(root, path)).isDirectory();
