import { execFile } from 'node:child_process';

/** Runs a program for at most that long (ms) and resolves with what it printed; rejects with a ProgramError. */
export type Run = (program: string, args: readonly string[], limitMs: number) => Promise<string>;

/** A program that is missing, failed or was stopped at its limit. */
export class ProgramError extends Error {
  readonly stderr: string;
  readonly timedOut: boolean;

  constructor(program: string, stderr: string, timedOut: boolean) {
    super(`${program}: ${timedOut ? 'no answer in time' : stderr.trim()}`);
    this.stderr = stderr;
    this.timedOut = timedOut;
  }
}

/** Runs a program without a shell and without a console window (Windows). It prints English (LC_ALL=C). */
export const runProgram: Run = (program, args, limitMs) =>
  new Promise((resolve, reject) => {
    const env = { ...process.env, LC_ALL: 'C' };
    const options = { timeout: limitMs, killSignal: 'SIGKILL', windowsHide: true, env } as const;
    execFile(program, [...args], options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new ProgramError(program, stderr === '' ? String(error.code) : stderr, error.killed === true));
    });
  });
