import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { dialling } from '../../../src/messages/en/dialling.ts';
import { english as signIn } from '../../../src/messages/en/sign-in.ts';
import { deskUnavailable, openDesk, type Desk } from '../../electron/desk.ts';
import { untilWorks } from '../../support/children.ts';
import { AS_ROOT } from '../throwaway-root.ts';
import { DebuggedPage } from './debugged-page.ts';
import { makeNextVersion } from './next-version.ts';
import { isLeftOut } from './needed.ts';
import { PACKAGE } from './unpack-deb.ts';

const run = promisify(execFile);
const PROGRAM = '/opt/Traydial/traydial';
const ENTRY = `/usr/share/applications/${packageJson.desktopName}`;
const SYSTEM = ['/etc', '/opt', '/usr', '/var'];
const LINKS = { tel: 'x-scheme-handler/tel', page: 'text/html' };

const reason = process.env['TRAYDIAL_NO_ROOT'] ?? deskUnavailable();
let desk: Desk;
let port: number;
let browser: string;
/** Files with our name before the installation: caches of the checks. */
let others: string[];

/** Runs a command as root inside the throw-away root. */
const asRoot = (...command: string[]): string =>
  execFileSync(AS_ROOT[0], [...AS_ROOT.slice(1), ...command], {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const asUser = async (program: string, ...args: string[]): Promise<string> =>
  (await run(program, args, { env: { ...process.env, ...desk.env } })).stdout.trim();

/** Starts a program as a desktop does, without waiting for it. */
function start(program: string, ...args: string[]): void {
  spawn(program, args, { env: { ...process.env, ...desk.env }, stdio: 'ignore', detached: true }).unref();
}

const handlerOf = (type: string): Promise<string> => asUser('xdg-mime', 'query', 'default', type).catch(() => '');

/** Ids of the processes of the installed program, the main process first. */
function processes(): number[] {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return ids.filter((id) => runsProgram(id)).map(Number);
}

function runsProgram(id: string): boolean {
  try {
    return readlinkSync(`/proc/${id}/exe`).replace(' (deleted)', '') === PROGRAM;
  } catch {
    return false;
  }
}

async function quit(): Promise<void> {
  const [first] = processes();
  if (first !== undefined) process.kill(first);
  await untilWorks(() => (processes().length === 0 ? Promise.resolve() : Promise.reject(new Error('It still runs.'))));
}

/** The only change to the installed files: the entry starts the program with a debugging port. */
function openDebuggingPort(): void {
  asRoot('sed', '-i', `s#^Exec=.*#Exec=${PROGRAM} --remote-debugging-port=${port} %U#`, ENTRY);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address() as AddressInfo;
      server.close(() => resolve(free));
    });
  });
}

/** Paths with our name in the given folders. */
const named = (...folders: string[]): string[] =>
  asRoot('find', ...folders, '-xdev', '-iname', '*traydial*')
    .split('\n')
    .filter(Boolean);

/** Files of the package on the system that were not there before. */
const left = (): string[] => named(...SYSTEM).filter((path) => !others.includes(path));

describe.skipIf(isLeftOut(reason))(
  `installed in a throw-away root${reason === null ? '' : ` (not run: ${reason})`}`,
  () => {
    beforeAll(async () => {
      desk = await openDesk();
      port = await freePort();
      browser = await handlerOf(LINKS.page);
      others = named(...SYSTEM);
    });
    afterAll(async () => {
      await quit();
      desk.close();
    });

    test('apt installs it with its dependencies, and it only becomes a candidate for links', async () => {
      asRoot('apt-get', 'install', '--yes', '--no-install-recommends', PACKAGE);

      expect(realpathSync('/usr/bin/traydial')).toBe(PROGRAM);
      expect(await asUser('traydial', '--version')).toContain(packageJson.version);
      expect(await handlerOf(LINKS.tel)).toBe(packageJson.desktopName);
      expect(await handlerOf(LINKS.page)).toBe(browser);
    });

    test('the program starts as an ordinary user, shows its window and keeps Chromium in its sandbox', async () => {
      start('traydial', `--remote-debugging-port=${port}`);
      const page = await DebuggedPage.open(port);
      await page.shows(signIn.title);
      page.close();

      const lines = processes().map((id) => readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' '));
      const renderer = processes().find((_, i) => lines[i]?.includes('--type=renderer'));
      expect(lines.filter((line) => line.includes('--no-sandbox'))).toEqual([]);
      expect(readFileSync(`/proc/${String(renderer)}/status`, 'utf8')).toMatch(/^Seccomp:\t2$/m);
      expect(await asUser('wmctrl', '-l')).toContain('Traydial');
      expect(await handlerOf(LINKS.page)).toBe(browser);
    });

    test('its window shows the licence of each package from the archive', async () => {
      const page = await DebuggedPage.open(port);
      const names = `traydial.invoke('desktop.licences', null).then(({ value }) => value.map(({ name }) => name))`;

      expect(await page.evaluate(names)).toEqual(expect.arrayContaining(['zod', 'svelte', 'node-notifier']));
      page.close();
    });

    test('a click on a link starts it, and the number waits until it can be called', async () => {
      await quit();
      openDebuggingPort();
      start('xdg-open', 'tel:+1-201-555-0123');
      const page = await DebuggedPage.open(port);

      await page.shows(signIn.title);
      expect(
        processes()
          .map((id) => readFileSync(`/proc/${id}/cmdline`, 'utf8'))
          .join(),
      ).toContain('tel:+1-201-555-0123');
      page.close();
    });

    test('an update does not end the running program, which can still load all its parts', async () => {
      const [before] = processes();
      asRoot(
        'apt-get',
        'install',
        '--yes',
        '--no-install-recommends',
        makeNextVersion(PACKAGE, `${packageJson.version}+next`),
      );

      expect(await asUser('dpkg-query', '--show', '--showformat=${Version}', 'traydial')).toBe(
        `${packageJson.version}+next`,
      );
      expect(realpathSync('/usr/bin/traydial')).toBe(PROGRAM);
      expect(processes()[0]).toBe(before);
      // The demo is loaded only now, from the replaced archive.
      const page = await DebuggedPage.open(port);
      await page.click(signIn.demo.start);
      await page.shows('+1 201 555 0123');
      page.close();
    });

    test('a click on a link reaches the running program, also when that is the version before the update', async () => {
      const [before] = processes();
      start('xdg-open', 'tel:+44-20-7946-0018');
      const page = await DebuggedPage.open(port);
      await page.shows(dialling.waiting(1));
      await page.click(dialling.cancel);
      await page.shows('+44 20 7946 0018');
      expect(processes()[0]).toBe(before);
      page.close();
    });

    test('after the update the new version starts, and a link reaches it', async () => {
      await quit();
      openDebuggingPort();
      start('xdg-open', 'tel:+1-201-555-0199');
      const page = await DebuggedPage.open(port);
      await page.shows('+1 201 555 0199');
      page.close();
    });

    test('removing it while it runs ends it and leaves only the user’s files', async () => {
      const page = await DebuggedPage.open(port);
      await page.evaluate(`traydial.invoke('settings.change', { startup: { openAtLogin: true } })`);
      await page.evaluate(`traydial.invoke('links.make-default', { scheme: 'tel' })`);
      page.close();
      const home = desk.env['HOME'] ?? '';
      const autostart = join(home, '.config/autostart', packageJson.desktopName);
      await untilWorks(() => Promise.resolve(readFileSync(autostart)));

      asRoot('dpkg', '--remove', 'traydial');

      expect(processes()).toEqual([]);
      expect(left().filter((path) => !path.startsWith('/var/lib/dpkg/info/'))).toEqual([]);
      expect(existsSync('/usr/bin/traydial')).toBe(false);
      expect(readFileSync('/usr/share/applications/mimeinfo.cache', 'utf8')).not.toContain('traydial');
      expect(readdirSync(desk.env['XDG_RUNTIME_DIR'] ?? '').filter((name) => /traydial/i.test(name))).toEqual([]);
      // Settings and Chromium's profile, and the autostart entry, which is ignored without the program.
      expect(
        named(home)
          .filter((path) => !path.startsWith(`${home}/.config/Traydial/`))
          .sort(),
      ).toEqual([`${home}/.config/Traydial`, autostart]);
      expect(readFileSync(autostart, 'utf8')).toContain(`TryExec=${PROGRAM}\n`);
      expect(await handlerOf(LINKS.page)).toBe(browser);
    });

    test('purging it removes every file of it from the system', () => {
      asRoot('dpkg', '--purge', 'traydial');

      expect(left()).toEqual([]);
    });
  },
);
