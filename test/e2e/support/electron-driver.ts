import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication } from 'playwright-core';
import { buildWhenStale, ROOT } from '../../../scripts/build-when-stale.ts';
import { findElectron } from '../../../scripts/electron-binary.ts';
import type { Act, AppDriver, LaunchOptions, WindowState } from './app-driver.ts';
import { finish } from './command-line.ts';
import { watchPage } from './watch-page.ts';

/** Why the specs cannot run on real Electron here, or null when they can. */
export function electronUnavailable(): string | null {
  if (findElectron() === null)
    return 'Electron’s program is not in node_modules/electron (npx install-electron fetches it).';
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  const screen =
    process.platform !== 'linux' || [DISPLAY, WAYLAND_DISPLAY].some((value) => value !== undefined && value !== '');
  return screen ? null : 'Electron needs a screen: neither DISPLAY nor WAYLAND_DISPLAY is set (xvfb-run gives one).';
}

/** Starts the same build in real Electron, with a profile of its own. */
export async function launchOnElectron(options: LaunchOptions = {}): Promise<AppDriver> {
  const executablePath = findElectron();
  if (executablePath === null || !(await buildWhenStale()))
    throw new Error(electronUnavailable() ?? 'The build failed.');
  const profile = options.profile ?? mkdtempSync(join(tmpdir(), 'electron-profile-'));
  const args = electronArgs(options, profile);
  const env = { ...environment(), ...options.env };
  const electron = await _electron.launch({ executablePath, args, env, cwd: ROOT });
  let printed = '';
  for (const stream of [electron.process().stdout, electron.process().stderr]) {
    stream?.on('data', (text: Buffer) => {
      printed += text.toString();
    });
  }
  const ended = once(electron.process(), 'exit').then(([code]) => code as number | null);
  const page = await electron.firstWindow();
  const complaints = watchPage(page);
  if (options.colorScheme !== undefined) await page.emulateMedia({ colorScheme: options.colorScheme });

  let stopped: Promise<number | null> | null = null;
  const stop = async () => {
    await electron.close();
    const code = await ended;
    if (options.profile === undefined) rmSync(profile, { recursive: true, force: true });
    return code;
  };
  return {
    kind: 'electron',
    profile,
    page,
    complaints,
    output: () => printed,
    windows: () => readWindows(electron),
    state: () =>
      Promise.reject(
        new Error('Real Electron cannot be asked for its tray, notifications and dialogs: ask for windows().'),
      ),
    act: (act) =>
      act.type === 'second-instance' ? startAgain(executablePath, profile, act.argv) : perform(electron, act),
    command: (...argv) => finish(spawn(executablePath, electronArgs({ argv }, profile), { env: environment() })),
    reload: async () => {
      await page.reload();
    },
    exited: () => ended,
    stop: () => (stopped ??= stop()),
  };
}

function electronArgs({ demo = false, seed, link, argv = [] }: LaunchOptions, profile: string): string[] {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const args = [ROOT, ...asRoot, `--user-data-dir=${profile}`];
  if (demo) args.push('--demo');
  if (seed !== undefined) args.push(`--seed=${seed}`);
  if (link !== undefined) args.push(link);
  args.push(...argv);
  return args;
}

/** Without the switches that would turn Electron into a plain Node, or hide its program. */
function environment(): Record<string, string> {
  const hidden = ['ELECTRON_RUN_AS_NODE', 'NODE_OPTIONS'];
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (pair): pair is [string, string] => pair[1] !== undefined && !hidden.includes(pair[0]),
    ),
  );
}

function readWindows(electron: ElectronApplication): Promise<WindowState[]> {
  return electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => ({
      id: window.id,
      title: window.getTitle(),
      url: window.webContents.getURL(),
      visible: window.isVisible(),
      focused: window.isFocused(),
      bounds: window.getBounds(),
    })),
  );
}

async function startAgain(program: string, profile: string, argv: string[]): Promise<void> {
  await once(spawn(program, [...electronArgs({}, profile), ...argv], { stdio: 'ignore' }), 'exit');
}

async function perform(electron: ElectronApplication, act: Act): Promise<void> {
  if (act.type === 'open-url') {
    await electron.evaluate(({ app }, url) => void app.emit('open-url', { preventDefault: () => {} }, url), act.url);
  } else if (act.type === 'power') {
    await electron.evaluate(
      ({ powerMonitor }, event) => void (powerMonitor as NodeJS.EventEmitter).emit(event),
      act.event,
    );
  } else if (act.type === 'window') {
    await electron.evaluate(({ BrowserWindow }, action) => BrowserWindow.getAllWindows()[0]?.[action](), act.action);
  } else if (act.type === 'clipboard') {
    await electron.evaluate(({ clipboard }, text) => clipboard.writeText(text), act.text);
  } else if (act.type === 'quit') {
    await electron.evaluate(({ app }) => app.quit());
  } else throw new Error(`Real Electron gives a test no hold on "${act.type}".`);
}
