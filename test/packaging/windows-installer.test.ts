import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const script = fileURLToPath(new URL('windows-installer.nsi', import.meta.url));
const include = fileURLToPath(new URL('../../resources/installer/windows/installer.nsh', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'traydial-installer-'));
const installer = join(folder, 'traydial-installer.exe');

// The installer runs on a separate Windows registry, made by Wine in a temporary folder.
const wine = ['/usr/lib/wine/wine64', '/usr/bin/wine64'].find((path) => existsSync(path));
const wineServer = ['/usr/lib/wine/wineserver', '/usr/bin/wineserver'].find((path) => existsSync(path));
const stub64 = '/usr/share/nsis/Stubs/zlib-amd64-unicode';
const environment = {
  ...process.env,
  HOME: folder,
  WINEPREFIX: join(folder, 'prefix'),
  WINEDEBUG: '-all',
  WINEDLLOVERRIDES: 'mscoree,mshtml,winemenubuilder.exe=',
};

function inWine(...args: string[]): void {
  const { status } = spawnSync(wine ?? '', args, { env: environment, stdio: 'ignore' });
  if (status !== 0) throw new Error(`${args.join(' ')}: ${String(status)}`);
}

/** All entries of HKCU\Software and HKLM\Software about programs that open links, as `key: value` lines. */
function registry(): string[] {
  return ['HKCU', 'HKLM'].flatMap((root) => {
    inWine('reg', 'export', `${root}\\Software`, `Z:${folder}/dump.reg`, '/y');
    let key = '';
    return readFileSync(join(folder, 'dump.reg'), 'utf16le')
      .split(/\r?\n/)
      .flatMap((line) => {
        if (!line.startsWith('[')) return line === '' ? [] : [`${key}: ${line}`];
        key = line.slice(1, -1).replace('HKEY_CURRENT_USER', 'HKCU').replace('HKEY_LOCAL_MACHINE', 'HKLM');
        return [];
      })
      .filter((line) => /Traydial|RegisteredApplications|Classes\\(tel|callto|sips?|traydial)(\\|$|:)/i.test(line));
  });
}

/** The entry of the Start menu that Electron makes for the user who starts the program. */
function startMenuEntry(): string {
  const users = join(folder, 'prefix/drive_c/users');
  const user = readdirSync(users).find((name) => name !== 'Public') ?? '';
  return join(users, user, 'AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Traydial.lnk');
}

function compile(...defines: string[]): { status: number | null; output: string; missing: boolean } {
  const options = ['-V2', '-WX', '-INPUTCHARSET', 'UTF8', `-DINCLUDE=${include}`, `-DOUT=${installer}`];
  const run = spawnSync('makensis', [...options, ...defines, script], { encoding: 'utf8' });
  return { status: run.status, output: run.stdout + run.stderr, missing: run.error !== undefined };
}

afterAll(() => {
  if (wineServer !== undefined) spawnSync(wineServer, ['-k'], { env: environment });
  rmSync(folder, { recursive: true, force: true });
});

test('NSIS compiles the include without a warning', ({ skip }) => {
  const { status, output, missing } = compile();
  skip(missing, 'makensis is not installed');

  expect(output).toBe('');
  expect(status).toBe(0);
});

test('installing, updating and uninstalling on a Windows registry adds the program as a choice and removes it', ({
  skip,
}) => {
  skip(wine === undefined || !existsSync(stub64), 'wine64 or the 64-bit makensis is not installed');
  expect(compile('-DX64').status).toBe(0);
  const uninstaller = ['C:\\Programs\\Traydial\\uninstall.exe', '_?=C:\\Programs\\Traydial'] as const;
  inWine('wineboot', '-i');
  const setByProgram = 'HKCU\\Software\\Classes\\tel';
  const setByOther = 'HKCU\\Software\\Classes\\callto\\shell\\open\\command';
  inWine('reg', 'add', setByOther, '/ve', '/d', '"C:\\other\\phone.exe" "%1"', '/f');
  const before = registry();

  inWine(installer);
  const command = '@="\\"C:\\\\Programs\\\\Traydial\\\\Traydial.exe\\" -- \\"%1\\""';
  const installed = registry();
  expect(installed).toEqual(expect.arrayContaining(before));
  for (const scheme of ['tel', 'callto', 'sip', 'sips', 'traydial']) {
    expect(installed).toContain(`HKCU\\Software\\Classes\\Traydial.Url.${scheme}\\shell\\open\\command: ${command}`);
    expect(installed).toContain(
      `HKCU\\Software\\Traydial\\Capabilities\\URLAssociations: "${scheme}"="Traydial.Url.${scheme}"`,
    );
  }
  expect(installed).toContain(
    'HKCU\\Software\\RegisteredApplications: "Traydial"="Software\\\\Traydial\\\\Capabilities"',
  );

  // Written by app.setAsDefaultProtocolClient.
  inWine('reg', 'add', setByProgram, '/ve', '/d', 'URL:tel', '/f');
  inWine('reg', 'add', setByProgram, '/v', 'URL Protocol', '/d', '', '/f');
  // Written by Electron for the user who starts the program.
  const setByElectron = [
    ['HKCU\\Software\\Classes\\CLSID\\{DEF3D18E-F312-4865-B8D0-9742CE8613D1}\\LocalServer32', '/ve'],
    ['HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run', '/v', 'io.github.traydial.Traydial'],
  ];
  for (const [key = '', ...value] of setByElectron)
    inWine('reg', 'add', key, ...value, '/d', 'C:\\Programs\\Traydial\\Traydial.exe', '/f');
  mkdirSync(dirname(startMenuEntry()), { recursive: true });
  writeFileSync(startMenuEntry(), '');
  const own = '"C:\\Programs\\Traydial\\Traydial.exe" -- "%1"';
  inWine('reg', 'add', `${setByProgram}\\shell\\open\\command`, '/ve', '/d', own, '/f');

  inWine(uninstaller[0], '--updated', uninstaller[1]);
  expect(registry()).toContain(`${setByProgram}\\shell\\open\\command: ${command}`);
  expect(registry().filter((line) => /Traydial\.Url|Capabilities/.test(line))).toEqual([]);
  expect(registry().filter((line) => /CLSID|CurrentVersion.Run/.test(line))).toHaveLength(setByElectron.length);
  expect(existsSync(startMenuEntry())).toBe(true);

  inWine(installer);
  inWine(uninstaller[0], uninstaller[1]);
  expect(registry()).toEqual(before);
  expect(existsSync(startMenuEntry())).toBe(false);

  inWine(installer, '/allusers');
  const forAll = registry().filter((line) => !before.includes(line));
  expect(forAll).toHaveLength(installed.length - before.length);
  expect(forAll.filter((line) => !line.startsWith('HKLM\\'))).toEqual([]);
  inWine(uninstaller[0], '/allusers', uninstaller[1]);
  expect(registry()).toEqual(before);
});
