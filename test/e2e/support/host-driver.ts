import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { openBrowser } from './browser.ts';
import { WAIT_TIMEOUT_MS, type Act, type AppDriver, type HostState, type LaunchOptions } from './app-driver.ts';
import { COMPILED, runOnHost } from './command-line.ts';
import { watchPage } from './watch-page.ts';

const PREVIEW = join(import.meta.dirname, '../../../scripts/preview.ts');
const UNCAUGHT = /^(?:Uncaught exception|Unhandled rejection): .*$/gm;
const SIZE = { width: 380, height: 620 };
/** Longer than any quit may take. */
const STOP_TIMEOUT_MS = 30_000;

/** Starts `npm run preview` and opens its page in a real browser. */
export async function launchOnHost(options: LaunchOptions = {}): Promise<AppDriver> {
  const token = randomBytes(16).toString('hex');
  const { child, url, output } = await startPreview(options, token);
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const origin = new URL(url).origin;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };

  const state = async () => (await (await fetch(`${origin}/__host/state`, { headers })).json()) as HostState;
  const act = async (body: Act) => {
    const response = await fetch(`${origin}/__host/act`, { method: 'POST', headers, body: JSON.stringify(body) });
    const answer = (await response.json()) as { ok: boolean; error?: string; value?: unknown };
    if (!answer.ok) throw new Error(answer.error);
    return answer.value;
  };

  const browser = await openBrowser();
  const context = await browser.newContext({
    viewport: SIZE,
    // For a sharp picture on any screen.
    deviceScaleFactor: process.env['TRAYDIAL_SCREENSHOTS'] === undefined ? 1 : 2,
    colorScheme: options.colorScheme ?? 'light',
    locale: 'en-US',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT_TIMEOUT_MS);
  const complaints: string[] = [];
  let stopped: Promise<number | null> | null = null;
  if (options.mayFail !== true) watchPage(page, complaints, () => stopped !== null);
  const uncaught: string[] = [];
  // Nothing caught it: the program goes on, but the spec must fail.
  child.stderr?.on('data', (text: Buffer) => {
    if (options.mayFail !== true) uncaught.push(...(text.toString().match(UNCAUGHT) ?? []));
  });
  await page.goto(url);

  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    const code = await ended;
    clearTimeout(timer);
    await context.close();
    return code;
  };
  const { profile } = (await state()).app;
  return {
    kind: 'host',
    profile,
    page,
    get complaints() {
      return [...complaints, ...uncaught];
    },
    output,
    windows: async () => (await state()).windows,
    pageAt: async (address) => {
      const window = (await state()).windows.find((one) => one.url.startsWith(address));
      const other = await context.newPage();
      await other.goto(`${origin}/?window=${window?.id ?? 0}`);
      return other;
    },
    state,
    act,
    command: (...argv) => runOnHost(profile, argv, options.env),
    reload: async () => {
      await page.goto(origin);
    },
    signal: (name) => void child.kill(name),
    exited: () => ended,
    stop: () => (stopped ??= stop()),
  };
}

async function startPreview(options: LaunchOptions, token: string) {
  const { demo = false, seed, link, argv = [], profile, sim = [], env = {} } = options;
  const args = ['--no-open', '--port', '0'];
  if (demo) args.push('--demo');
  if (seed !== undefined) args.push('--seed', String(seed));
  if (link !== undefined) args.push(`--link=${link}`);
  if (profile !== undefined) args.push('--profile', profile);
  for (const pair of sim) args.push('--sim', pair);
  if (argv.length > 0) args.push('--', ...argv);

  const child = spawn(process.execPath, [PREVIEW, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Not in the arguments, which every user of the computer can read.
    env: { ...process.env, ...COMPILED, ...env, TRAYDIAL_CONTROL_TOKEN: token },
  });
  let printed = '';
  const url = await new Promise<string>((resolve, reject) => {
    const collect = (text: Buffer) => {
      printed += text.toString();
      const found = /^Preview ready: (\S+)$/m.exec(printed)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.on('exit', (code) =>
      reject(new Error(`The preview ended with ${code ?? 'a signal'} before it was ready:\n${printed}`)),
    );
  });
  return { child, url, output: () => printed };
}
