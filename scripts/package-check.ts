/**
 * npm run package:check [-- --lane [--must]]: checks the contents of every package in dist/, then installs, uses, updates
 * and removes it in a root that is thrown away. `--lane` makes a package for this, around an Electron that npm has;
 * `--must` makes it a failure when any of that is not possible.
 */
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ordinaryUser } from '../test/electron/user.ts';
import { makeWorkspace } from '../test/electron/workspace.ts';
import { makeLanePackage } from '../test/packaging/lane-package.ts';
import { inThrowawayRoot, throwawayRootUnavailable } from '../test/packaging/throwaway-root.ts';
import { makeScratch } from '../test/support/scratch.ts';
import { buildWhenStale, ROOT } from './build-when-stale.ts';
import { close, notRun, runVitest, type Counts } from './run-vitest.ts';

/** Why other formats are not checked. */
const NOT_CHECKED: Record<string, string> = {
  rpm: 'it needs an rpm system',
  AppImage: 'it installs nothing and has no dependencies to compare',
  exe: 'it needs Windows; test/packaging checks the include on a registry of Wine',
  dmg: 'it needs macOS',
  zip: 'it needs macOS',
};

interface Job {
  file: string;
  lowered: boolean;
  /** Why it cannot be installed here; null when it can. */
  noRoot: string | null;
  must: boolean;
}

const must = process.argv.includes('--must');
const nothing: Counts = { passed: 0, failed: 0, skipped: 0 };
const add = (a: Counts, b: Counts): Counts => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/** Runs all checks on one .deb as an ordinary user, because Electron refuses to run as root. */
async function ask({ file, lowered, noRoot, must }: Job): Promise<Counts> {
  const user = ordinaryUser();
  if (user !== null && 'unavailable' in user) return notRun(file, user.unavailable, must);
  const workspace = makeWorkspace(ROOT, user);
  try {
    return await runVitest({
      root: workspace.root,
      args: ['--config', 'test/packaging/package/vitest.config.ts'],
      env: {
        FORCE_COLOR: process.stdout.isTTY ? '1' : '0',
        ...process.env,
        HOME: workspace.scratch,
        TMPDIR: workspace.scratch,
        TRAYDIAL_PACKAGE: file,
        TRAYDIAL_PACKAGE_LOWERED: lowered ? '1' : '0',
        TRAYDIAL_PACKAGE_MUST: must ? '1' : '0',
        ...(noRoot === null ? {} : { TRAYDIAL_NO_ROOT: noRoot }),
      },
      user,
    });
  } finally {
    workspace.remove();
  }
}

/** In a throw-away root if possible, otherwise only the checks that need none. */
async function check(file: string, lowered: boolean, scratch: string): Promise<Counts> {
  const noRoot = throwawayRootUnavailable(scratch);
  const job: Job = { file, lowered, noRoot, must };
  if (noRoot !== null) return ask(job);
  await inThrowawayRoot(ROOT, scratch, [
    process.execPath,
    import.meta.filename,
    '--inside',
    scratch,
    JSON.stringify(job),
  ]);
  const counts = join(scratch, 'counts.json');
  return existsSync(counts) ? (JSON.parse(readFileSync(counts, 'utf8')) as Counts) : { ...nothing, failed: 1 };
}

async function lanePackage(scratch: string): Promise<Counts> {
  if (!(await buildWhenStale())) return { ...nothing, failed: 1 };
  const made = await makeLanePackage(ROOT, scratch);
  if (!('unavailable' in made)) return check(made.path, true, scratch);
  return notRun('the package', made.unavailable, must);
}

async function finishedPackages(scratch: string): Promise<Counts> {
  const folder = join(ROOT, 'dist');
  const formats = ['deb', ...Object.keys(NOT_CHECKED)];
  const files = (existsSync(folder) ? readdirSync(folder) : []).filter((name) => formats.includes(formatOf(name)));
  if (files.length === 0) return notRun('everything', 'there is no package in dist/: npm run package', must);
  let counts = nothing;
  for (const name of files) {
    const why = NOT_CHECKED[formatOf(name)];
    console.log(`\n${name}`);
    counts = add(
      counts,
      why === undefined ? await check(join(folder, name), false, scratch) : notRun(name, why, false),
    );
  }
  return counts;
}

const formatOf = (name: string): string => name.split('.').at(-1) ?? '';

const [, , mode, given = '', job = ''] = process.argv;
if (mode === '--inside') {
  writeFileSync(join(given, 'counts.json'), JSON.stringify(await ask(JSON.parse(job) as Job)));
} else {
  const { path: scratch, remove } = makeScratch(tmpdir(), 'traydial-package');
  chmodSync(scratch, 0o755);
  try {
    close(await (mode === '--lane' ? lanePackage(scratch) : finishedPackages(scratch)));
  } finally {
    remove();
  }
}
