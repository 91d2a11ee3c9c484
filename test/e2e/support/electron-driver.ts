import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { buildWhenStale, ROOT } from '../../../scripts/build-when-stale.ts';
import { findElectron } from '../../../scripts/electron-binary.ts';
import { deskUnavailable, openDesk, type Desk } from '../../electron/desk.ts';
import type { AppDriver, LaunchOptions } from './app-driver.ts';
import { finish } from './command-line.ts';
import { performOnDesk } from './electron-acts.ts';
import { readDesk, readWindows } from './electron-desktop.ts';
import { watchPage } from './watch-page.ts';

/** The program in the form that this Electron runs; the build itself, unless an old Electron needs it lowered. */
const LOWERED = process.env['TRAYDIAL_ELECTRON_APP'];
const APP = LOWERED ?? ROOT;
/** Longer than any quit may take. */
const STOP_PATIENCE_MS = 15_000;
/** How long a window that is shown may take to be known with its address. */
const PAGE_PATIENCE_MS = 20_000;

/** Why the specs cannot run on real Electron here, or null when they can. */
export function electronUnavailable(): string | null {
  if (process.platform !== 'linux') return 'The specs drive a desk of Linux.';
  if (findElectron() === null)
    return 'Electron’s program is not in node_modules/electron; `npm run electron:test` fetches one.';
  if (process.getuid?.() === 0)
    return 'Electron refuses to start as root; `npm run electron:test` takes an ordinary user.';
  return deskUnavailable();
}

let opened: Promise<Desk> | null = null;

/** One desk for all specs of a worker. */
export function theDesk(): Promise<Desk> {
  opened ??= openDesk();
  return opened;
}

export async function closeDesk(): Promise<void> {
  (await opened)?.close();
  opened = null;
}

/** Starts the same build in real Electron, with a profile of its own. */
export async function launchOnElectron(options: LaunchOptions = {}, given?: Desk): Promise<AppDriver> {
  const executablePath = findElectron();
  if (executablePath === null || (LOWERED === undefined && !(await buildWhenStale())))
    throw new Error(electronUnavailable() ?? 'The build failed.');
  const desk = given ?? (await theDesk());
  const switches = await arrange(desk, options.sim ?? []);
  const profile = options.profile ?? mkdtempSync(join(tmpdir(), 'profile-'));
  const args = [...electronArgs(options, profile), ...switches];
  const env = { ...environment(), ...desk.env, ...options.env };
  const electron = await _electron.launch({ executablePath, args, env, cwd: ROOT, chromiumSandbox: true });
  const printed = collect(electron);
  const ended = once(electron.process(), 'exit').then(([code]) => code as number | null);
  const { page, complaints } = watchWindows(electron, options.mayFail === true);
  if (options.argv?.includes('--hidden') !== true) await electron.firstWindow();
  if (options.colorScheme !== undefined) await page().emulateMedia({ colorScheme: options.colorScheme });

  let stopped: Promise<number | null> | null = null;
  const stop = async () => {
    const timer = setTimeout(() => electron.process().kill('SIGKILL'), STOP_PATIENCE_MS);
    await electron.close().catch(() => undefined);
    const code = await ended;
    clearTimeout(timer);
    if (options.profile === undefined) rmSync(profile, { recursive: true, force: true });
    return code;
  };
  return {
    kind: 'electron',
    profile,
    get page() {
      return page();
    },
    complaints,
    output: printed,
    windows: () => readWindows(electron, desk),
    pageAt: (address) => pageAt(electron, address),
    state: () => readDesk(electron, desk),
    act: (act) =>
      act.type === 'second-instance'
        ? startAgain(executablePath, electronArgs({ argv: act.argv }, profile), env)
        : performOnDesk(electron, desk, act),
    command: async (...argv) => {
      const { code, output } = await finish(spawn(executablePath, electronArgs({ argv }, profile), { env }));
      // Chromium's own complaints, of a computer without a system bus for example.
      return { code, output: output.replace(/^\[\d+:\d+\/[\d.]+:[A-Z]+:.*\n/gm, '') };
    },
    reload: async () => {
      await page().reload();
    },
    signal: (name) => void electron.process().kill(name),
    exited: () => ended,
    stop: () => (stopped ??= stop()),
  };
}

/**
 * Sets up the desk as the options say, as far as a real one can be; returns the program's switches for the rest. Frames
 * around windows it always has.
 */
async function arrange(desk: Desk, sim: readonly string[]): Promise<string[]> {
  const made = [
    'bounds=framed',
    'tray=missing',
    'notifications=absent',
    'notifications=hanging',
    'notificationClick=stays',
    'safeStorage=basic_text',
  ];
  const strange = sim.find((pair) => !made.includes(pair));
  if (strange !== undefined) throw new Error(`A real desk cannot be made "${strange}"; it can be ${made.join(', ')}.`);
  await desk.arrange({
    tray: !sim.includes('tray=missing'),
    keepsClicked: sim.includes('notificationClick=stays'),
    notifications: sim.includes('notifications=absent')
      ? 'absent'
      : sim.includes('notifications=hanging')
        ? 'hanging'
        : 'shown',
  });
  return sim.includes('safeStorage=basic_text') ? ['--password-store=basic'] : [];
}

/** The first window is the program's own. */
function watchWindows(electron: ElectronApplication, mayFail: boolean): { page: () => Page; complaints: string[] } {
  const pages: Page[] = [];
  const complaints: string[] = [];
  const take = (page: Page): void => {
    pages.push(page);
    if (!mayFail) watchPage(page, complaints);
  };
  electron.windows().forEach(take);
  electron.on('window', take);
  const page = (): Page => {
    const [first] = pages;
    if (first === undefined) throw new Error('The program has no window yet.');
    return first;
  };
  return { page, complaints };
}

/** Playwright hears of a window and of its address later than the program has them, so this waits for it. */
async function pageAt(electron: ElectronApplication, address: string): Promise<Page> {
  const find = () => electron.windows().find((page) => page.url().startsWith(address));
  const deadline = performance.now() + PAGE_PATIENCE_MS;
  for (let page = find(); performance.now() < deadline; page = find()) {
    if (page !== undefined) return page;
    await delay(50);
  }
  throw new Error(`No window shows ${address}.`);
}

function collect(electron: ElectronApplication): () => string {
  let printed = '';
  for (const stream of [electron.process().stdout, electron.process().stderr]) {
    stream?.on('data', (text: Buffer) => {
      printed += text.toString();
    });
  }
  return () => printed;
}

function electronArgs({ demo = false, seed, link, argv = [] }: LaunchOptions, profile: string): string[] {
  const args = [APP, `--user-data-dir=${profile}`];
  if (demo) args.push('--demo');
  if (seed !== undefined) args.push(`--seed=${seed}`);
  if (link !== undefined) args.push(link);
  args.push(...argv);
  return args;
}

/** Without the switches that would turn Electron into a plain Node, or hide its program. */
function environment(): Record<string, string> {
  const hidden = ['ELECTRON_RUN_AS_NODE', 'NODE_OPTIONS', 'WAYLAND_DISPLAY'];
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (pair): pair is [string, string] => pair[1] !== undefined && !hidden.includes(pair[0]),
    ),
  );
}

async function startAgain(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  await once(spawn(program, args, { stdio: 'ignore', env }), 'exit');
}
