import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { firstLine, missingPrograms, untilWorks } from './children.ts';

const run = promisify(execFile);

/** One notification as a real server received it. */
export interface ShownNotification {
  summary: string;
  body: string;
  appname: string;
  /** How long it stays, in ms; 0 for ever. */
  timeoutMs: number;
}

/** dunst on a display and a session bus of its own. */
export interface NotificationDaemon {
  /** The environment for programs that show their notifications there. */
  env: { DISPLAY: string; DBUS_SESSION_BUS_ADDRESS: string };
  /** Everything shown so far, oldest first; a replaced notification counts once. Removes what is on the screen. */
  shown(): Promise<ShownNotification[]>;
  /** How many are on the screen now. */
  onScreen(): Promise<number>;
  /** From now on it takes calls and answers none, like a daemon that hangs. */
  freeze(): void;
  /** It answers again, also the calls that came in the meantime. */
  thaw(): void;
  stop(): void;
}

const PACKAGES: Record<string, string> = {
  dunst: 'dunst',
  dunstctl: 'dunst',
  Xvfb: 'xvfb',
  'dbus-daemon': 'dbus',
  'notify-send': 'libnotify-bin',
};

/** Why no real notification daemon can be started here, with what to do; null when it can. */
export function notificationDaemonUnavailable(): string | null {
  return missingPrograms(PACKAGES);
}

/** Starts the three programs and waits until notifications arrive. Ask notificationDaemonUnavailable() before. */
export async function startNotificationDaemon(): Promise<NotificationDaemon> {
  const folder = mkdtempSync(join(tmpdir(), 'traydial-dunst-'));
  const children: ChildProcess[] = [];
  const stop = (): void => {
    // Xvfb takes its lock file along when it may; the bus must not tidy up the folder that is being removed.
    for (const child of children.reverse()) child.kill(child.spawnfile === 'Xvfb' ? 'SIGTERM' : 'SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    process.off('exit', stop);
  };
  // A test run that is cut short must not leave an X server behind.
  process.on('exit', stop);
  try {
    return await start(folder, children, stop);
  } catch (error) {
    stop();
    throw error;
  }
}

/** Starts the daemon and makes its session bus the one of this process until it is stopped. */
export async function startDaemonForThisProcess(): Promise<NotificationDaemon> {
  const daemon = await startNotificationDaemon();
  const before = process.env['DBUS_SESSION_BUS_ADDRESS'];
  process.env['DBUS_SESSION_BUS_ADDRESS'] = daemon.env.DBUS_SESSION_BUS_ADDRESS;
  const stop = (): void => {
    if (before === undefined) delete process.env['DBUS_SESSION_BUS_ADDRESS'];
    else process.env['DBUS_SESSION_BUS_ADDRESS'] = before;
    daemon.stop();
  };
  return { ...daemon, stop };
}

async function start(folder: string, children: ChildProcess[], stop: () => void): Promise<NotificationDaemon> {
  const display = `:${await firstLine(children, 'Xvfb', ['-displayfd', '3', '-noreset', '-screen', '0', '800x600x24', '-nolisten', 'tcp'], 3)}`;
  const bus = `unix:path=${join(folder, 'bus')}`;
  await firstLine(children, 'dbus-daemon', ['--session', '--nofork', '--print-address=3', `--address=${bus}`], 3);

  const env = { DISPLAY: display, DBUS_SESSION_BUS_ADDRESS: bus };
  const options = { env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 };
  const rules = join(folder, 'dunstrc');
  // Nothing is hidden, merged, timed out or forgotten before a test has read it.
  writeFileSync(
    rules,
    '[global]\nnotification_limit = 0\nhistory_length = 10000\nstack_duplicates = false\nmarkup = full\n' +
      'idle_threshold = 0\nshow_age_threshold = -1\n',
  );
  const dunst = spawn('dunst', ['-conf', rules], { ...options, stdio: 'ignore' });
  children.push(dunst);
  await untilWorks(
    () => run('dunstctl', ['is-paused'], options),
    () => dunst.exitCode === null,
  );

  return {
    env,
    stop,
    freeze: () => void dunst.kill('SIGSTOP'),
    thaw: () => void dunst.kill('SIGCONT'),
    shown: async () => {
      await run('dunstctl', ['close-all'], options);
      const { stdout } = await run('dunstctl', ['history'], options);
      return readHistory(stdout);
    },
    onScreen: async () => Number((await run('dunstctl', ['count', 'displayed'], options)).stdout),
  };
}

interface DunstEntry extends Record<'summary' | 'body' | 'appname', { data: string }> {
  /** In µs. */
  timeout: { data: number };
}

/** `dunstctl history`: a D-Bus value as JSON, newest first: { data: [[{ summary: { type, data }, … }]] }. */
function readHistory(json: string): ShownNotification[] {
  const history = JSON.parse(json) as { data: DunstEntry[][] };
  return (history.data[0] ?? [])
    .map(({ summary, body, appname, timeout }) => ({
      summary: summary.data,
      body: body.data,
      appname: appname.data,
      timeoutMs: timeout.data / 1000,
    }))
    .reverse();
}
