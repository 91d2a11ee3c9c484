import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ProgramError, runProgram, type Run } from './run-program.ts';

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
 * `answered`: the reply in the notation of the program that asked; punctuation differs from program to program.
 * `absent`: no service owns the name and none can be started for it. `silent`: a service owns it and did not answer in
 * time. `unknown`: there is no bus, or no program to ask it with.
 */
export type BusAnswer = { state: 'answered'; text: string } | { state: 'absent' | 'silent' | 'unknown' };

/** Long enough for a service that the bus starts at the first call, too short for the user to notice. */
const LIMIT_MS = 1_500;
/** Each program has its own time limit; it is killed this much later if it ignores the limit. */
const GRACE_MS = 1_000;

/** Asks in a child process, because a D-Bus call inside Electron's main process blocks it until the reply comes. */
export async function askSessionBus(call: BusCall, run: Run = runOnBus, limitMs = LIMIT_MS): Promise<BusAnswer> {
  for (const [program, args] of commandsFor(call, limitMs)) {
    try {
      return { state: 'answered', text: await run(program, args, limitMs + GRACE_MS) };
    } catch (error) {
      const state = stateOf(error);
      if (state !== 'unknown') return { state };
      // Not installed, or no bus: another program may find a bus at another address.
    }
  }
  return { state: 'unknown' };
}

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

/** Runs no program when there is no bus, because gdbus would start one. */
const runOnBus: Run = (program, args, limitMs) =>
  hasBus() ? runProgram(program, args, limitMs) : Promise.reject(new ProgramError(program, 'no session bus', false));

function hasBus(): boolean {
  const { DBUS_SESSION_BUS_ADDRESS: address = '', XDG_RUNTIME_DIR: runtime = '' } = process.env;
  return address !== '' || (runtime !== '' && existsSync(join(runtime, 'bus')));
}

/** The three programs word the same D-Bus errors differently; runProgram makes them print English. */
function stateOf(error: unknown): 'absent' | 'silent' | 'unknown' {
  if (!(error instanceof ProgramError)) return 'unknown';
  if (error.timedOut || /Timeout was reached|\.NoReply|timed out/i.test(error.stderr)) return 'silent';
  return /ServiceUnknown|NameHasNoOwner|not provided by any|no owner/i.test(error.stderr) ? 'absent' : 'unknown';
}
