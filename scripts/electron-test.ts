/**
 * npm run electron:test [-- files]: the end-to-end specs on a real Electron, in a desk session of their own, as an
 * ordinary user. Uses the current Electron in node_modules/electron when its program is there, else the old one that npm
 * has, for which it lowers the build. When a part is missing, it prints which one and runs nothing; with `--must` and in
 * CI that is a failure. `--pictures` takes the pictures of docs/screenshots that show a real panel instead.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DESK_PROGRAMS, deskUnavailable } from '../test/electron/desk.ts';
import { lowerProgram } from '../test/electron/lower.ts';
import { OLD_ELECTRON, oldElectron } from '../test/electron/old-electron.ts';
import { ordinaryUser, type User } from '../test/electron/user.ts';
import { makeWorkspace, type Workspace } from '../test/electron/workspace.ts';
import { XFCE_PROGRAMS } from '../test/electron/xfce.ts';
import { missingPrograms } from '../test/support/children.ts';
import { endsWithUs } from '../test/support/scratch.ts';
import { buildWhenStale, ROOT } from './build-when-stale.ts';
import { close, runVitest } from './run-vitest.ts';

const flags = ['--must', '--pictures'];
const args = process.argv.slice(2).filter((argument) => !flags.includes(argument));
const pictures = process.argv.includes('--pictures');
const must = process.argv.includes('--must') || !['', '0', 'false', undefined].includes(process.env['CI']);

function giveUp(reason: string): never {
  console.log(`skipped: the specs on a real Electron. ${reason}`);
  console.log(`0 passed, ${must ? 1 : 0} failed, 1 skipped`);
  process.exit(must ? 1 : 0);
}

interface Electron {
  /** Its name for messages. */
  name: string;
  /** The folder with its program. */
  dist: string;
  /** Brings the program into the workspace in the form that this Electron runs; its folder. */
  bring: (workspace: Workspace) => Promise<string>;
}

async function chooseElectron(): Promise<Electron | string> {
  const current = join(ROOT, 'node_modules/electron/dist');
  if (existsSync(join(current, 'electron'))) {
    const version = readFileSync(join(current, 'version'), 'utf8').trim();
    return { name: `Electron ${version} of node_modules`, dist: current, bring: ({ root }) => Promise.resolve(root) };
  }
  const old = await oldElectron();
  if ('unavailable' in old) return old.unavailable;
  return {
    name: `Electron ${OLD_ELECTRON.version} of the npm registry`,
    dist: join(old.path, 'run'),
    bring: async ({ scratch }) => {
      const app = join(scratch, 'app');
      await lowerProgram(ROOT, app);
      return app;
    },
  };
}

/** The specs that also run on a real Electron. */
function specs(): string[] {
  return readdirSync(join(ROOT, 'test/e2e'))
    .filter((name) => name.endsWith('.e2e.ts'))
    .map((name) => `test/e2e/${name}`)
    .filter((file) => readFileSync(join(ROOT, file), 'utf8').includes('describe.each(TARGETS'));
}

/** Takes the pictures in a folder where the user may write, and copies them. */
async function takePictures({ root, scratch }: Workspace, env: NodeJS.ProcessEnv, as: User | null): Promise<void> {
  const folder = join(scratch, 'pictures');
  const script = join(root, 'test/electron/take-pictures.ts');
  const child = spawn(process.execPath, [script, folder], { cwd: root, stdio: 'inherit', env, ...as });
  endsWithUs(child);
  const [code] = (await once(child, 'exit')) as [number | null];
  process.exitCode = code ?? 1;
  if (code === 0) cpSync(folder, join(ROOT, 'docs/screenshots'), { recursive: true });
}

const desk = pictures ? missingPrograms({ ...DESK_PROGRAMS, ...XFCE_PROGRAMS }) : deskUnavailable();
if (desk !== null) giveUp(desk);
const user = ordinaryUser();
if (user !== null && 'unavailable' in user) giveUp(user.unavailable);
const electron = await chooseElectron();
if (typeof electron === 'string') giveUp(electron);
if (!(await buildWhenStale())) giveUp('The build failed.');

const workspace = makeWorkspace(ROOT, user);
try {
  const app = await electron.bring(workspace);
  console.log(`${electron.name}${user === null ? '' : `, as the user with number ${user.uid}`}`);
  const env = {
    FORCE_COLOR: process.stdout.isTTY ? '1' : '0',
    ...process.env,
    HOME: workspace.scratch,
    TMPDIR: workspace.scratch,
    ELECTRON_OVERRIDE_DIST_PATH: electron.dist,
    TRAYDIAL_ELECTRON_APP: app,
    TRAYDIAL_E2E_TARGET: 'electron',
  };
  const named = args.some((argument) => argument.endsWith('.ts'));
  const chosen = ['--project', 'e2e', ...args, ...(named ? [] : specs())];
  if (pictures) await takePictures(workspace, env, user);
  else close(await runVitest({ root: workspace.root, args: chosen, env, user }));
} finally {
  workspace.remove();
}
