import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** A program that the benchmark starts: a folder with a package.json, run by one Electron. */
export interface Program {
  electron: string;
  folder: string;
  /** Its user data folder, kept between starts. */
  profile: string;
  env: NodeJS.ProcessEnv;
}

export interface Started {
  /** Of the main process. */
  pid: number;
  /** ms since 1970, just before the process was created. */
  at: number;
  /** Waits for a trace entry and returns its time in ms since the start. */
  reached(what: string): Promise<number>;
  /** Ends it with all its processes. */
  kill(): Promise<void>;
}

const TIMEOUT_MS = 60_000;
let traces = 0;

export async function start(program: Program, args: string[] = [], more: NodeJS.ProcessEnv = {}): Promise<Started> {
  mkdirSync(program.profile, { recursive: true });
  const trace = join(program.profile, `trace-${++traces}.jsonl`);
  const at = Date.now();
  const child = run(program, args, { ...more, BENCH_TRACE: trace });
  await once(child, 'spawn');
  return {
    pid: child.pid ?? 0,
    at,
    reached: async (what) => (await traced(trace, what)) - at,
    kill: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        const late = setTimeout(() => child.kill('SIGKILL'), 5000);
        await once(child, 'exit');
        clearTimeout(late);
      }
      rmSync(trace, { force: true });
    },
  };
}

/** A second start while the program runs: ms until its process has ended. */
export async function startAgain(program: Program, args: string[]): Promise<number> {
  const at = performance.now();
  const [code] = (await once(run(program, args, {}), 'exit')) as [number | null];
  if (code !== 0) throw new Error(`A second start ended with ${String(code)}.`);
  return performance.now() - at;
}

function run({ electron, folder, profile, env }: Program, args: string[], more: NodeJS.ProcessEnv): ChildProcess {
  return spawn(electron, [folder, `--user-data-dir=${profile}`, ...args], {
    stdio: process.env['BENCH_LOUD'] === undefined ? 'ignore' : 'inherit',
    env: { ...env, ...more },
  });
}

async function traced(file: string, what: string): Promise<number> {
  for (const end = Date.now() + TIMEOUT_MS; Date.now() < end;) {
    const entries = read(file);
    const refused = entries.find((entry) => entry.what.startsWith('refused'));
    if (refused !== undefined) throw new Error(`The window's command was ${refused.what}`);
    const found = entries.find((entry) => entry.what === what);
    if (found !== undefined) return found.at;
    await wait(20);
  }
  throw new Error(`"${what}" was not reached within ${TIMEOUT_MS / 1000} s.`);
}

function read(file: string): { what: string; at: number }[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  // The last line is empty or incomplete.
  return lines.slice(0, -1).map((line) => JSON.parse(line) as { what: string; at: number });
}
