import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import packageJson from '../../package.json' with { type: 'json' };
import { isInstalled } from './children.ts';

const ROOT = join(import.meta.dirname, '../..');
const TOKEN = 'xdg-test-token';
const run = promisify(execFile);

/** Why xdg-open cannot be tried here, with what to do; null when it can. */
export function xdgUnavailable(): string | null {
  if (process.platform !== 'linux') return 'xdg-open is of Linux';
  const missing = ['xdg-mime', 'xdg-open'].filter((program) => !isInstalled(program));
  if (missing.length === 0) return null;
  return `${missing.join(', ')} not installed: apt-get install xdg-utils`;
}

/** A home of its own, in which the packaged desktop entry is installed and starts the built program on the host. */
export interface XdgHome {
  profile: string;
  entry: string;
  xdgMime(...args: string[]): Promise<string>;
  /** A click on a link, as any program on this desktop would do it. */
  xdgOpen(link: string): Promise<void>;
  /** The running program's page, token included; null while none runs. */
  url(): string | null;
  /** Quits the program, too. */
  remove(): Promise<void>;
}

export function makeXdgHome(): XdgHome {
  const home = mkdtempSync(join(tmpdir(), 'traydial-xdg-'));
  const profile = join(home, 'profile');
  // The same folders as the host gives the program, so that both read the same lists.
  const data = join(profile, 'data');
  const config = join(profile, 'appData');
  const entry = join(data, 'applications', packageJson.desktopName);
  const program = join(home, 'traydial');
  for (const folder of [join(data, 'applications'), config]) mkdirSync(folder, { recursive: true });
  const starter = join(import.meta.dirname, 'xdg-starter.ts');
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${starter}" "${home}" "$@"\n`);
  chmodSync(program, 0o755);
  const start = { preview: join(ROOT, 'scripts/preview.ts'), profile, token: TOKEN };
  writeFileSync(join(home, 'start.json'), JSON.stringify(start));
  const packaged = readFileSync(join(ROOT, 'resources/installer/linux', packageJson.desktopName), 'utf8');
  writeFileSync(entry, packaged.replace('/opt/Traydial/traydial', program));

  writeFileSync(
    join(data, 'applications/browser.desktop'),
    '[Desktop Entry]\nType=Application\nName=Browser\nExec=false %u\nMimeType=text/html;\n',
  );

  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    XDG_CONFIG_HOME: config,
    XDG_DATA_HOME: data,
    XDG_CONFIG_DIRS: join(home, 'none'),
    XDG_DATA_DIRS: join(home, 'none'),
    XDG_RUNTIME_DIR: home,
    // xdg-open asks only whether there is one.
    DISPLAY: ':traydial',
    // The program that opens a link for which no other is registered.
    BROWSER: 'false',
  };
  const url = (): string | null => {
    const log = join(home, 'preview.log');
    return existsSync(log) ? (/^Preview ready: (\S+)$/m.exec(readFileSync(log, 'utf8'))?.[1] ?? null) : null;
  };
  /** It quits at this signal as at any other end of a session; false when it is not there. */
  const signal = (name: NodeJS.Signals | 0): boolean => {
    try {
      return process.kill(Number(readFileSync(join(home, 'pid'), 'utf8')), name);
    } catch {
      return false;
    }
  };
  // A test run that is cut short must not leave the program behind.
  const quit = (): void => void signal('SIGTERM');
  process.on('exit', quit);
  const remove = async (): Promise<void> => {
    quit();
    const end = Date.now() + 60_000;
    // As long as it runs it may write, which would create the folder again.
    while (signal(0) && Date.now() < end) await wait(25);
    process.off('exit', quit);
    rmSync(home, { recursive: true, force: true });
  };
  return {
    profile,
    entry,
    xdgMime: async (...args) => (await run('xdg-mime', args, { env })).stdout.trim(),
    xdgOpen: async (link) => {
      await run('xdg-open', [link], { env, timeout: 60_000 });
    },
    url,
    remove,
  };
}
