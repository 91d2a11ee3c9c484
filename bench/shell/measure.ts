import { setTimeout as wait } from 'node:timers/promises';
import type { TestPbx } from '../../test/pbx/test-pbx.ts';
import { activity, type Weight } from './processes.ts';
import { start, startAgain, type Program, type Started } from './program.ts';

/** The time, memory and processor time that a shell needs. Each figure is the median of several runs. */
export interface ShellCosts {
  /** From the start to the window on the screen, ms. */
  windowMs: number;
  /** From the start to the first frame with content, ms. */
  pageMs: number;
  /** From the start to the first request that reaches the PBX, ms. */
  requestMs: number;
  /** Duration of a second start with a `tel:` link while the program runs, ms. */
  linkMs: number;
  /** Memory (PSS) of all processes, with the window hidden after it was shown, MB. */
  pssMb: number;
  /** The share of the main process, MB. */
  mainPssMb: number;
  /** All processes, started with `--hidden` and never shown, MB. */
  neverShownPssMb: number;
  /** Processor time of all processes, signed in, with push and the window hidden, s. */
  hiddenCpuSecondsPerMinute: number;
  /** Wake-ups of the main process's main thread, under the same conditions. */
  wakeupsPerMinute: number;
  /** Processor time of all processes with ten calls and the window shown, s. */
  busyCpuSecondsPerMinute: number;
}

export interface Conditions {
  pbx: TestPbx;
  /** Number of sessions in which memory and processor time are measured. */
  sessions: number;
  /** Duration of each count of processor time and wake-ups, s. */
  seconds: number;
  /** Reads the memory of sandboxed processes, which only root may do. */
  weigh: (pid: number) => Promise<Weight>;
  /** Resolves when the program is signed in; at once for a program without sign-in. */
  signedIn: () => Promise<void>;
  say: (text: string) => void;
}

const LINK = 'tel:+12015550123';
/** Wait after a start until its work is done, ms. */
const SETTLE_MS = 10_000;

export type StartTimes = Pick<ShellCosts, 'windowMs' | 'pageMs' | 'requestMs' | 'linkMs'>;

/** Measures one program while it runs. If it has accounts, its profile must be signed in. */
export async function measureShell(
  program: Program,
  conditions: Conditions,
  starts: readonly StartTimes[],
): Promise<ShellCosts> {
  const { say } = conditions;
  const sessions = await repeated(conditions.sessions, async (round) => {
    say(`session ${round + 1}`);
    return { ...(await measureHidden(program, conditions)), ...(await measureBusy(program, conditions)) };
  });
  const hidden = await repeated(conditions.sessions, () => measureNeverShown(program, conditions));
  return {
    windowMs: median(starts, 'windowMs'),
    pageMs: median(starts, 'pageMs'),
    requestMs: median(starts, 'requestMs'),
    linkMs: median(starts, 'linkMs'),
    pssMb: median(sessions, 'pssMb'),
    mainPssMb: median(sessions, 'mainPssMb'),
    neverShownPssMb: median(hidden, 'pssMb'),
    hiddenCpuSecondsPerMinute: median(sessions, 'hiddenCpu'),
    wakeupsPerMinute: median(sessions, 'wakeUps'),
    busyCpuSecondsPerMinute: median(sessions, 'busyCpu'),
  };
}

export async function measureStart(program: Program, pbx: TestPbx): Promise<StartTimes> {
  const before = pbx.requests.length;
  const running = await start(program);
  try {
    const [windowMs, pageMs] = [await running.reached('window'), await running.reached('page')];
    const first = await waitUntil(() => pbx.requests[before]);
    await wait(1000);
    return { windowMs, pageMs, requestMs: first.at - running.at, linkMs: await startAgain(program, [LINK]) };
  } finally {
    await running.kill();
  }
}

async function measureHidden(program: Program, conditions: Conditions) {
  const running = await start(program, [], { BENCH_CLOSE: '3000' });
  try {
    await running.reached('page');
    await conditions.signedIn();
    await directoriesRead(conditions.pbx);
    const weight = await conditions.weigh(running.pid);
    const spent = await loadOf(running, conditions);
    return { ...weight, hiddenCpu: spent.cpuSeconds, wakeUps: spent.wakeUps };
  } finally {
    await running.kill();
  }
}

async function measureBusy(program: Program, conditions: Conditions) {
  const running = await start(program);
  const { pbx } = conditions;
  const calls: string[] = [];
  try {
    await running.reached('page');
    await conditions.signedIn();
    for (let call = 0; call < 10; call++) calls.push(pbx.addSession(busySession(call)));
    await wait(SETTLE_MS);
    return { busyCpu: (await loadOf(running, conditions)).cpuSeconds };
  } finally {
    for (const id of calls) pbx.endSession(id);
    await running.kill();
  }
}

/** Measures a start at login, which shows no window. */
async function measureNeverShown(program: Program, conditions: Conditions): Promise<Weight> {
  const running = await start(program, ['--hidden']);
  try {
    await conditions.signedIn();
    await wait(SETTLE_MS);
    return await conditions.weigh(running.pid);
  } finally {
    await running.kill();
  }
}

/** Session number `index` of ten: two calls of the user, the first one ringing, and eight of colleagues. */
function busySession(index: number) {
  const caller = `+1201555${String(1000 + index)}`;
  const callee = index < 2 ? '1001' : String(1010 + index);
  return {
    legs: [{ caller, callee, ...(index === 0 ? {} : { answeredSecondsAgo: 20 + index }) }],
    startedSecondsAgo: 60,
  };
}

/**
 * After a start the directories of the PBX are read in single requests, a few seconds apart. What an idle program costs is
 * measured after the last of them: when none has come for 15 s.
 */
async function directoriesRead(pbx: TestPbx): Promise<void> {
  for (let known = -1; known !== pbx.requests.length;) {
    known = pbx.requests.length;
    await wait(15_000);
  }
}

async function loadOf({ pid }: Started, { seconds }: Conditions) {
  const before = activity(pid);
  const from = performance.now();
  await wait(seconds * 1000);
  const after = activity(pid);
  const minutes = (performance.now() - from) / 60_000;
  return {
    cpuSeconds: (after.cpuSeconds - before.cpuSeconds) / minutes,
    wakeUps: (after.wakeUps - before.wakeUps) / minutes,
  };
}

async function repeated<T>(times: number, run: (round: number) => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (let round = 0; round < times; round++) all.push(await run(round));
  return all;
}

function median<K extends string>(runs: readonly Record<K, number>[], key: K): number {
  const sorted = runs.map((run) => run[key]).toSorted((a, b) => a - b);
  return Math.round((sorted[Math.floor(sorted.length / 2)] ?? NaN) * 100) / 100;
}

/** Waits until `find` returns a value, at most one minute. */
export async function waitUntil<T>(find: () => T | undefined): Promise<T> {
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    const found = find();
    if (found !== undefined) return found;
    await wait(5);
  }
  throw new Error('Nothing was found within a minute.');
}
