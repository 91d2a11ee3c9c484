import { setTimeout as wait } from 'node:timers/promises';
import type { TestPbx } from '../../test/pbx/test-pbx.ts';
import { activity, type Weight } from './processes.ts';
import { start, startAgain, type Program, type Started } from './program.ts';

/** What a shell costs, each figure the median of several runs. */
export interface ShellCosts {
  /** From the start to the window on the screen, ms. */
  windowMs: number;
  /** From the start to the first picture with something in it, ms. */
  pageMs: number;
  /** From the start to the first request that reaches the PBX, ms. */
  requestMs: number;
  /** A second start with a `tel:` link while the program runs, until it has ended, ms. */
  linkMs: number;
  /** All processes, with the window hidden after it was shown, MB. */
  pssMb: number;
  /** The main process of that, MB. */
  mainPssMb: number;
  /** All processes, started with `--hidden` and never shown, MB. */
  neverShownPssMb: number;
  /** Processor time of all processes, signed in, with push and the window hidden, s. */
  hiddenCpuSecondsPerMinute: number;
  /** How often main's own thread was woken in that minute. */
  wakeupsPerMinute: number;
  /** Processor time of all processes with ten calls and the window shown, s. */
  busyCpuSecondsPerMinute: number;
}

export interface Conditions {
  pbx: TestPbx;
  /** How many sessions memory and processor time are taken from. */
  sessions: number;
  /** For how long processor time and wake-ups are counted, s. */
  seconds: number;
  /** Reads the memory of sandboxed processes; only root may. */
  weigh: (pid: number) => Promise<Weight>;
  /** Says that the program is signed in; a program without push is so at once. */
  signedIn: () => Promise<void>;
  say: (text: string) => void;
}

const LINK = 'tel:+12015550123';
/** How long to wait until the work of a start is over, ms. */
const SETTLE_MS = 10_000;

export type Start = Pick<ShellCosts, 'windowMs' | 'pageMs' | 'requestMs' | 'linkMs'>;

/** Measures what one program costs once it runs. Its profile is signed in already, where it has such a thing. */
export async function measureShell(
  program: Program,
  conditions: Conditions,
  starts: readonly Start[],
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

export async function measureStart(program: Program, pbx: TestPbx): Promise<Start> {
  const before = pbx.requests.length;
  const running = await start(program);
  try {
    const [windowMs, pageMs] = [await running.reached('window'), await running.reached('page')];
    const first = await until(() => pbx.requests[before]);
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
    await wait(SETTLE_MS);
    const weight = await conditions.weigh(running.pid);
    const spent = await spentBy(running, conditions);
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
    for (let call = 0; call < 10; call++) calls.push(pbx.addSession(tenthCall(call)));
    await wait(SETTLE_MS);
    return { busyCpu: (await spentBy(running, conditions)).cpuSeconds };
  } finally {
    for (const id of calls) pbx.endSession(id);
    await running.kill();
  }
}

/** As after signing in to the computer, when the program is started with it. */
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

/** Two calls of the user, one of them ringing, and eight of colleagues. */
function tenthCall(index: number) {
  const caller = `+1201555${String(1000 + index)}`;
  const callee = index < 2 ? '1001' : String(1010 + index);
  return {
    legs: [{ caller, callee, ...(index === 0 ? {} : { answeredSecondsAgo: 20 + index }) }],
    startedSecondsAgo: 60,
  };
}

async function spentBy({ pid }: Started, { seconds }: Conditions) {
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

/** Waits for something, a minute at most. */
export async function until<T>(look: () => T | undefined): Promise<T> {
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    const found = look();
    if (found !== undefined) return found;
    await wait(5);
  }
  throw new Error('It did not happen within a minute.');
}
