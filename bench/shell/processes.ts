import { readdirSync, readFileSync } from 'node:fs';

/** Counters of the kernel for one process. */
interface Counted {
  pid: number;
  parent: number;
  /** Processor time of user and kernel, in s. */
  cpuSeconds: number;
}

export interface Weight {
  /** All processes of the program, in MB of 1024² bytes: pages that several processes share count once. */
  pssMb: number;
  mainPssMb: number;
}

export interface Activity {
  /** Processor time of all processes so far, in s. */
  cpuSeconds: number;
  /**
   * How often the main process's own thread has slept and was woken again: voluntary_ctxt_switches of
   * /proc/PID/status, where PID names the main thread.
   */
  wakeUps: number;
}

/** Ticks of /proc/PID/stat are hundredths of a second on every Linux that Electron supports. */
const TICKS = 100;

/** Reads other processes' memory maps, which only root may do for sandboxed ones. */
export function weigh(main: number): Weight {
  const sizes = tree(main).map(({ pid }) => ({ pid, mb: pssOf(pid) }));
  const sum = sizes.reduce((total, { mb }) => total + mb, 0);
  return { pssMb: sum, mainPssMb: sizes.find(({ pid }) => pid === main)?.mb ?? 0 };
}

export function activity(main: number): Activity {
  const cpuSeconds = tree(main).reduce((total, process) => total + process.cpuSeconds, 0);
  const [, count = '0'] = /^voluntary_ctxt_switches:\s*(\d+)/m.exec(read(`/proc/${main}/status`)) ?? [];
  return { cpuSeconds, wakeUps: Number(count) };
}

/** Every process of a program that has not ended. */
export function tree(main: number): Counted[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => counted(Number(name)) ?? []);
  const inside = (pid: number): Counted[] => [
    ...all.filter((process) => process.pid === pid),
    ...all.filter(({ parent }) => parent === pid).flatMap((child) => inside(child.pid)),
  ];
  return inside(main);
}

function counted(pid: number): Counted | null {
  // The name in brackets may contain blanks and brackets; the numbers follow the last bracket.
  const fields = read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];
  if (fields.length < 13) return null;
  return { pid, parent: Number(fields[1]), cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS };
}

function pssOf(pid: number): number {
  const [, kilobytes = '0'] = /^Pss:\s*(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`)) ?? [];
  return Number(kilobytes) / 1024;
}

/** '' for a process that has ended meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
