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
import { WAIT_TIMEOUT_MS, type AppDriver, type LaunchOptions } from './app-driver.ts';
import { finish } from './command-line.ts';
import { performOnDesk } from './electron-acts.ts';
import { readDesk, readWindows } from './electron-desktop.ts';
import { watchPage } from './watch-page.ts';

/** The app that Electron starts: the checkout with its build, or a lowered copy for an old Electron. */
const LOWERED = process.env['TRAYDIAL_ELECTRON_APP'];
const APP = LOWERED ?? ROOT;
/** A program that has not quit after this time is killed, in ms. */
const STOP_TIMEOUT_MS = 30_000;

/** Why the specs cannot run on real Electron here, or null when they can. */
export function electronUnavailable(): string | null {
  if (process.platform !== 'linux') return 'These specs need Linux: they run in a desktop session of their own.';
  if (findElectron() === null)
    return 'The Electron binary is not in node_modules/electron; `npm run electron:test` fetches one.';
  if (process.getuid?.() === 0)
    return 'Electron refuses to start as root; `npm run electron:test` runs it as an ordinary user.';
  return deskUnavailable();
}

let opened: Promise<Desk> | null = null;

/** The desktop session that all specs of a worker share. */
export function theDesk(): Promise<Desk> {
  opened ??= openDesk();
  return opened;
}

export async function closeDesk(): Promise<void> {
  (await opened)?.close();
  opened = null;
}

/** Starts the build on a real Electron, by default with a new profile. */
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
  let stopped: Promise<number | null> | null = null;
  const complaints: string[] = [];
  const page = watchWindows(electron, (page) => {
    if (options.mayFail !== true) watchPage(page, complaints, () => stopped !== null);
  });
  if (options.argv?.includes('--hidden') !== true) await electron.firstWindow();
  if (options.colorScheme !== undefined) await page().emulateMedia({ colorScheme: options.colorScheme });

  const stop = async () => {
    const timer = setTimeout(() => electron.process().kill('SIGKILL'), STOP_TIMEOUT_MS);
    await electron.close().catch(() => undefined);
    const code = await ended;
    clearTimeout(timer);
    if (options.profile === undefined) rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
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
      // Removes Chromium's own log lines, e.g. about a missing system bus.
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
 * Sets up the desktop session for `sim` and returns the switches to start the program with. Throws for what a real
 * session cannot do. `bounds=framed` needs nothing: its window manager always draws frames.
 */
async function arrange(desk: Desk, sim: readonly string[]): Promise<string[]> {
  const possible = [
    'bounds=framed',
    'tray=missing',
    'notifications=absent',
    'notifications=hanging',
    'notificationClick=stays',
    'safeStorage=basic_text',
  ];
  const other = sim.find((pair) => !possible.includes(pair));
  if (other !== undefined)
    throw new Error(`A real desktop session does not support "${other}", only ${possible.join(', ')}.`);
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

/** Watches every window from its first moment; returns how to find the first one, which is the main one. */
function watchWindows(electron: ElectronApplication, watch: (page: Page) => void): () => Page {
  const pages: Page[] = [];
  const add = (page: Page): void => {
    pages.push(page);
    page.setDefaultTimeout(WAIT_TIMEOUT_MS);
    watch(page);
  };
  electron.windows().forEach(add);
  electron.on('window', add);
  return () => {
    const [first] = pages;
    if (first === undefined) throw new Error('The program has no window yet.');
    return first;
  };
}

/** Waits for the window with this URL: Playwright reports windows and their URLs with a delay. */
async function pageAt(electron: ElectronApplication, address: string): Promise<Page> {
  const find = () => electron.windows().find((page) => page.url().startsWith(address));
  const deadline = performance.now() + WAIT_TIMEOUT_MS;
  for (;;) {
    const page = find();
    if (page !== undefined) return page;
    if (performance.now() > deadline) break;
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

/**
 * This process's environment without the variables that make Electron run as plain Node, that change its Node, or that
 * open windows in the developer's own Wayland session.
 */
function environment(): Record<string, string> {
  const removed = ['ELECTRON_RUN_AS_NODE', 'NODE_OPTIONS', 'WAYLAND_DISPLAY'];
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (pair): pair is [string, string] => pair[1] !== undefined && !removed.includes(pair[0]),
    ),
  );
}

async function startAgain(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  await once(spawn(program, args, { stdio: 'ignore', env }), 'exit');
}
