/**
 * npm run -s bench:shell [-- --json]: measures starts, memory, processor time and wake-ups of the program on a real
 * Electron, beside the smallest tray program (bench/shell/bare), in a desk session of its own. Takes twenty minutes;
 * `--starts`, `--sessions` and `--seconds` shorten it. `--json` prints one line instead of a table. When a part is missing,
 * it prints which one and ends with exit code 1. Only root can read the memory of sandboxed processes, so run it as root.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { weigh } from '../bench/shell/processes.ts';
import type { Found } from '../bench/shell/run-shell.ts';
import { costsTable } from '../bench/shell/table.ts';
import { deskUnavailable } from '../test/electron/desk.ts';
import { lowerProgram } from '../test/electron/lower.ts';
import { OLD_ELECTRON, oldElectron } from '../test/electron/old-electron.ts';
import { ordinaryUser, type User } from '../test/electron/user.ts';
import { makeWorkspace } from '../test/electron/workspace.ts';
import { endsWithUs } from '../test/support/scratch.ts';
import { buildWhenStale, ROOT } from './build-when-stale.ts';

type Message = { weigh: number } | { say: string } | { found: Found };

const isJson = process.argv.includes('--json');
const passedOn = process.argv.slice(2).filter((argument) => argument !== '--json');

async function main(): Promise<Found | string> {
  const desk = deskUnavailable();
  if (desk !== null) return desk;
  const user = ordinaryUser();
  if (user !== null && 'unavailable' in user) return user.unavailable;
  const electron = await chooseElectron();
  if ('unavailable' in electron) return electron.unavailable;
  if (!(await buildWhenStale())) return 'The build failed.';
  const workspace = makeWorkspace(ROOT, user);
  const { scratch } = workspace;
  try {
    console.error(`On Electron ${electron.version}`);
    // A copy that no other program runs, because memory shared with another program counts only in part.
    spawnSync('cp', ['-a', electron.dist, join(scratch, 'electron')]);
    const programs = { ours: layOutOurs(join(scratch, 'ours')), bare: layOutBare(join(scratch, 'bare')) };
    for (const [name, source] of Object.entries(programs)) {
      const entry = join(source, 'out/main/index.js');
      copyFileSync(join(ROOT, 'bench/shell/trace.js'), join(source, 'out/main/trace.js'));
      writeFileSync(entry, `import './trace.js';\n${readFileSync(entry, 'utf8')}`);
      // Both programs are lowered, so that both have the extra cost of the old Electron.
      if (electron.old) await lowerProgram(source, join(scratch, 'lowered', name));
    }
    const runs = (name: keyof typeof programs) => (electron.old ? join(scratch, 'lowered', name) : programs[name]);
    return await measure(workspace.root, user, [
      `--electron=${join(scratch, 'electron/electron')}`,
      `--ours=${runs('ours')}`,
      `--bare=${runs('bare')}`,
      `--scratch=${scratch}`,
      ...passedOn,
    ]);
  } finally {
    workspace.remove();
  }
}

async function chooseElectron(): Promise<{ dist: string; version: string; old: boolean } | { unavailable: string }> {
  const current = join(ROOT, 'node_modules/electron/dist');
  if (existsSync(join(current, 'electron'))) {
    return { dist: current, version: readFileSync(join(current, 'version'), 'utf8').trim(), old: false };
  }
  const old = await oldElectron();
  return 'unavailable' in old ? old : { dist: join(old.path, 'run'), version: OLD_ELECTRON.version, old: true };
}

/** A copy of the finished build that can be changed. */
function layOutOurs(folder: string): string {
  mkdirSync(folder, { recursive: true });
  for (const part of ['out', 'resources', 'package.json'])
    cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** The bare program in the folders of a finished build. */
function layOutBare(folder: string): string {
  const files = {
    'package.json': 'package.json',
    'main.js': 'out/main/index.js',
    'index.html': 'out/renderer/index.html',
    'page.js': 'out/renderer/page.js',
  };
  for (const part of ['out/main', 'out/preload', 'out/renderer', 'resources']) {
    mkdirSync(join(folder, part), { recursive: true });
  }
  for (const [from, to] of Object.entries(files)) copyFileSync(join(ROOT, 'bench/shell/bare', from), join(folder, to));
  writeFileSync(join(folder, 'out/preload/index.cjs'), '');
  return folder;
}

/** Sandboxed Electron cannot run as root, but only root can read the memory of sandboxed processes. */
async function measure(root: string, user: User | null, args: readonly string[]): Promise<Found | string> {
  const home = join(root, '..');
  const child = spawn(process.execPath, [join(root, 'bench/shell/run-shell.ts'), ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...(user === null ? {} : { HOME: home, TMPDIR: home }) },
    ...user,
  });
  endsWithUs(child);
  const result: { found: Found | null } = { found: null };
  child.on('message', (message: Message) => {
    if ('weigh' in message) child.send(weigh(message.weigh));
    else if ('say' in message) console.error(message.say);
    else result.found = message.found;
  });
  await once(child, 'exit');
  return result.found ?? 'The measurement ended early. The output above says why.';
}

const found = await main();
if (typeof found === 'string') {
  console.error(found);
  process.exitCode = 1;
} else console.log(isJson ? JSON.stringify(found) : costsTable(found));
