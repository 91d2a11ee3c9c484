import { spawnSync } from 'node:child_process';
import { readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { desktop } from './desktop.ts';

/** The data that a second start passes to the first: its arguments and its additionalData. */
export interface HandOver {
  argv: string[];
  data: unknown;
}

const SENDER = join(import.meta.dirname, 'second-start/hand-over.ts');
let server: Server | null = null;

/**
 * Chromium's lock: a symbolic link that names the process, and a socket for the data of later starts. False when
 * another process has the lock and received the data, or when the lock cannot be written (`--sim lock=refused`).
 */
export function takeLock(handOver: HandOver, onSecondStart: (handed: HandOver) => void): boolean {
  if (desktop.sim.lock === 'refused') return false;
  if (server !== null) return true;
  if (isHeld() && deliver(handOver)) return false;
  release();
  symlinkSync(`${hostname()}-${process.pid}`, lockPath());
  server = createServer({ allowHalfOpen: true }, (socket) => {
    const pieces: Buffer[] = [];
    socket.on('data', (piece: Buffer) => pieces.push(piece));
    socket.on('error', () => {});
    socket.on('end', () => {
      onSecondStart(deserialize(Buffer.concat(pieces)) as HandOver);
      socket.end('ACK');
    });
  });
  server.listen(socketPath()).unref();
  process.on('exit', release);
  return true;
}

export function releaseLock(): void {
  server?.close();
  server = null;
  release();
}

/** The lock of another living process. */
function isHeld(): boolean {
  try {
    const pid = Number(readlinkSync(lockPath()).split('-').at(-1));
    return pid !== process.pid && process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Electron's call is synchronous, so a helper process sends the data. */
function deliver(handOver: HandOver): boolean {
  return spawnSync(process.execPath, [SENDER, socketPath()], { input: serialize(handOver) }).status === 0;
}

function release(): void {
  rmSync(lockPath(), { force: true });
  rmSync(socketPath(), { force: true });
}

const lockPath = (): string => join(desktop.profile, 'SingletonLock');
const socketPath = (): string => join(desktop.profile, 'SingletonSocket');
