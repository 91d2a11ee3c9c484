import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

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

/** One method call on the session bus of Linux. */
export interface BusCall {
  destination: string;
  path: string;
  interface: string;
  method: string;
  /** Every argument is a string. */
  args?: readonly string[];
}

/**
 * `answered`: the reply in the notation of whichever program asked; look for what you need in it and expect nothing
 * of its punctuation. `absent`: nobody owns the name and nothing can be started for it. `silent`: somebody owns it and
 * did not answer in time. `unknown`: there is no bus or no program to ask it with.
 */
export type BusAnswer = { state: 'answered'; text: string } | { state: 'absent' | 'silent' | 'unknown' };

/** Long enough for a service that the bus starts at the first call, too short to be noticed. */
const LIMIT_MS = 1_500;
/** Each program ends by its own limit; this stops one that hangs itself. */
const GRACE_MS = 1_000;

/** Asks in a child process, because a D-Bus call inside Electron's main process blocks it until the reply comes. */
export async function askSessionBus(call: BusCall, run: Run = runOnBus, limitMs = LIMIT_MS): Promise<BusAnswer> {
  for (const [program, args] of commandsFor(call, limitMs)) {
    try {
      return { state: 'answered', text: await run(program, args, limitMs + GRACE_MS) };
    } catch (error) {
      const state = stateOf(error);
      if (state !== 'unknown') return { state };
      // Not installed, or no bus: another program may know an address of its own.
    }
  }
  return { state: 'unknown' };
}

/** Does anyone own this name on the session bus? null when that cannot be found out. */
export async function busNameOwned(name: string, run?: Run): Promise<boolean | null> {
  const answer = await askSessionBus({ ...BUS, method: 'NameHasOwner', args: [name] }, run);
  const owned = answer.state === 'answered' ? /\b(true|false)\b/.exec(answer.text)?.[1] : undefined;
  return owned === undefined ? null : owned === 'true';
}

const BUS = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
};

function commandsFor(call: BusCall, limitMs: number): [program: string, args: string[]][] {
  const { destination, path, interface: face, method, args = [] } = call;
  const seconds = Math.max(1, Math.round(limitMs / 1000));
  return [
    [
      'gdbus',
      [
        ...['call', '--session', `--timeout=${seconds}`, '--dest', destination, '--object-path', path],
        ...['--method', `${face}.${method}`, ...args],
      ],
    ],
    [
      'dbus-send',
      [
        ...['--session', '--print-reply=literal', `--reply-timeout=${limitMs}`, `--dest=${destination}`, path],
        ...[`${face}.${method}`, ...args.map((text) => `string:${text}`)],
      ],
    ],
    [
      'busctl',
      [
        ...['--user', `--timeout=${seconds}`, 'call', destination, path, face, method],
        ...(args.length === 0 ? [] : ['s'.repeat(args.length), ...args]),
      ],
    ],
  ];
}

/** gdbus starts a bus of its own where there is none, which nobody asked for. */
const runOnBus: Run = (program, args, limitMs) =>
  hasBus() ? runProgram(program, args, limitMs) : Promise.reject(new ProgramError(program, 'no session bus', false));

function hasBus(): boolean {
  const { DBUS_SESSION_BUS_ADDRESS: address = '', XDG_RUNTIME_DIR: runtime = '' } = process.env;
  return address !== '' || (runtime !== '' && existsSync(join(runtime, 'bus')));
}

/** The three programs word the same D-Bus errors differently; runProgram makes them speak English. */
function stateOf(error: unknown): 'absent' | 'silent' | 'unknown' {
  if (!(error instanceof ProgramError)) return 'unknown';
  if (error.timedOut || /Timeout was reached|\.NoReply|timed out/i.test(error.stderr)) return 'silent';
  return /ServiceUnknown|NameHasNoOwner|not provided by any|no owner/i.test(error.stderr) ? 'absent' : 'unknown';
}

/** Runs a program without a shell, speaking English. */
export const runProgram: Run = (program, args, limitMs) =>
  new Promise((resolve, reject) => {
    const options = { timeout: limitMs, killSignal: 'SIGKILL', env: { ...process.env, LC_ALL: 'C' } } as const;
    execFile(program, [...args], options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new ProgramError(program, stderr === '' ? String(error.code) : stderr, error.killed === true));
    });
  });
