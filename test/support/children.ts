import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Starts a program and returns the first line that it writes to a file descriptor. */
export function firstLine(
  children: ChildProcess[],
  program: string,
  args: string[],
  fd: number,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'], env });
  children.push(child);
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdio[fd]?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve(text.trim());
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${program} ended with code ${String(code)}`)));
  });
}

/** Repeats the attempt until it works, for ten seconds at most, and only while `again` allows it. */
export async function untilWorks<T>(
  attempt: () => Promise<T>,
  again: (error: unknown) => boolean = () => true,
): Promise<T> {
  const end = Date.now() + 60_000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!again(error) || Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

/** Whether there is such a program in PATH. */
export function isInstalled(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Which of these programs are not installed, with what to do; null when all are. Values are Debian's packages. */
export function missingPrograms(packages: Record<string, string>): string | null {
  const missing = Object.keys(packages).filter((program) => !isInstalled(program));
  const wanted = [...new Set(missing.map((program) => packages[program]))].join(' ');
  if (missing.length === 0) return null;
  return `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not installed: apt-get install ${wanted}`;
}
