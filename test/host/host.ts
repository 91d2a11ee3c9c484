import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join, resolve as absolute } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { app, leave } from './electron/app.ts';
import { launchApp } from './launch-app.ts';
import { windowFor } from './server/app-pages.ts';
import { bundled } from './server/page-script.ts';
import { openServer } from './server/server.ts';
import { closeSockets } from './server/sockets.ts';
import type { Sim } from './sim.ts';

export interface HostOptions {
  /** The folder with the app's package.json. */
  appPath: string;
  argv: string[];
  /** A tel: link that starts the app. */
  link: string | null;
  /** 0: any. */
  port: number;
  /** null: a temporary folder, removed at the end. */
  profile: string | null;
  /** For programs that control the host; null: a random one. */
  token: string | null;
  sim: Sim;
  /** Called when a browser has opened an address, which works only once; `address` is for another browser. */
  onOpened?: (address: string) => void;
  /** The app has ended, by itself or by a signal; the process ends right after. */
  onExit: (code: number) => void;
}

export interface RunningHost {
  /** The app's page, for one browser. */
  url: string;
  /** A new address of the app's page. */
  newAddress: () => string;
  /** A page with tray, notifications and more; for a browser that has opened the app's page. */
  desktopUrl: string;
}

/** How long a page may take to show that the app ended, and how long the app may take to quit after a signal. */
const FAREWELL_MS = 300;
const QUIT_TIMEOUT_MS = 10_000;
const ECHO_MS = 500;
/** An app that starts hidden may never open a window. */
const WINDOW_TIMEOUT_MS = 2_000;

/** Runs a built Electron app in this process. Once per process; rejects when the port is taken or main throws. */
export async function startHost(options: HostOptions): Promise<RunningHost> {
  const profile = prepareProfile(options.profile);
  leaveCookie(profile);
  const { server, access } = await openServer(options.port, options.token ?? randomBytes(24).toString('hex'));
  leave.with = (code) => {
    options.onExit(code);
    server.close();
    void Promise.race([closeSockets('The app has quit.'), wait(FAREWELL_MS)]).then(() => process.exit(code));
  };
  quitOnSignals();

  const { link, sim } = options;
  const early = link !== null && sim.coldLink === 'open-url';
  const argv = link === null || early ? options.argv : [...options.argv, link];
  // Built while the app starts, so that the first page need not wait.
  void bundled('start.ts').catch(() => {});
  await launchApp({ appPath: options.appPath, profile, argv, sim, earlyLink: early ? link : undefined });
  await firstWindow();

  const origin = `http://127.0.0.1:${access.port}`;
  access.onUsed = () => options.onOpened?.(access.newAddress());
  return { url: access.newAddress(), newAddress: () => access.newAddress(), desktopUrl: `${origin}/__host/desktop` };
}

function prepareProfile(given: string | null): string {
  if (given !== null) return absolute(given);
  const made = mkdtempSync(join(tmpdir(), 'host-profile-'));
  process.on('exit', () => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** Chromium keeps dangling symbolic links in the profile; code that reads the folder must accept them. */
function leaveCookie(profile: string): void {
  if (process.platform === 'win32') return;
  mkdirSync(profile, { recursive: true });
  const link = join(profile, 'SingletonCookie');
  rmSync(link, { force: true });
  symlinkSync(`${hostname()}-${process.pid}`, link);
}

function quitOnSignals(): void {
  let askedAt: number | null = null;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (askedAt !== null) {
        // Libraries that handle signals send them to the process again; a user takes longer.
        if (Date.now() - askedAt > ECHO_MS) process.exit(1);
        return;
      }
      askedAt = Date.now();
      setTimeout(() => process.exit(1), QUIT_TIMEOUT_MS).unref();
      app.quit();
    });
  }
  // The host ends with its test, even if that is killed.
  process.once('disconnect', () => app.quit());
}

async function firstWindow(): Promise<void> {
  const deadline = Date.now() + WINDOW_TIMEOUT_MS;
  while (Date.now() < deadline && windowFor(null)?.webContents.isLoading() !== false) await wait(20);
}
