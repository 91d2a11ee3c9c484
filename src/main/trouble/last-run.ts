import type { App, PowerMonitor } from 'electron';
import type { Notice } from '../../shared/notice.ts';
import { readSmallFile } from '../stores/small-file.ts';
import { badEndFacts, endOfFile } from './bad-end.ts';
import { limitCrashDumps } from './crash-dumps.ts';
import { RunMarker, type RunMark } from './run-marker.ts';

type LoginSession = Pick<RunMark, 'boot' | 'session'>;

export interface LastRunOptions {
  app: Pick<App, 'on' | 'getPath' | 'getVersion'>;
  powerMonitor: Pick<PowerMonitor, 'on'>;
  platform: NodeJS.Platform;
  now: Date;
  /** The login session. */
  session: LoginSession;
  /** null when the program runs without a log. */
  logFile: string | null;
  /** Masks lines so that they can be sent to somebody. */
  report: (facts: readonly string[]) => string;
}

/** How the run before this one ended. */
export interface LastRun {
  /** The notice for the user; null after a proper end. */
  notice: Notice | null;
  /** Writes a text for the user to send to somebody. */
  report: () => string;
}

const LOG_BYTES = 32 * 1024;

/** Finds out how the last run ended and marks this run as running. Call it only while holding the profile lock. */
export function readLastRun(options: LastRunOptions): LastRun {
  const { app, powerMonitor, platform, now, session, logFile, report } = options;
  const dumps = limitCrashDumps(crashDumpsOf(app));
  const marker = new RunMarker(app.getPath('userData'));
  const left = marker.read();
  const run = `${app.getVersion()} since ${now.toISOString()}`;
  const write = (): void => marker.write({ run, ...session });
  const remove = (): void => marker.remove();
  // `exit` also fires after app.exit(), which emits no other event.
  app.on('quit', remove);
  if (platform === 'win32') {
    // The end of a Windows session ends the program without `quit`; only windows get an event.
    remove();
    app.on('browser-window-created', (_event, window) => {
      write();
      window.on('session-end', remove);
    });
  } else write();
  // The display may be gone before the program is asked to end.
  if (platform === 'linux') powerMonitor.on('shutdown', remove);
  const hasCrashed = left !== null && dumps.some(({ at }) => at >= startOf(left));
  if (left === null || (!hasCrashed && endedWithSession(left, session)))
    return { notice: null, report: () => report(['The last run ended properly.']) };
  // Read it now, because this run is about to write to it.
  const logEnd = logFile === null ? '' : endOfFile(logFile, LOG_BYTES);
  return { notice: { id: 'ended-badly' }, report: () => report(badEndFacts({ run: left.run, dumps, logEnd })) };
}

/**
 * When a session of Linux ends, its display often ends before the program is asked to quit, and Electron then stops
 * without an event. So a mark of another login session of the same boot does not count as a bad end, unless the run
 * left a crash dump.
 */
function endedWithSession(left: LoginSession, { boot, session }: LoginSession): boolean {
  return left.boot !== '' && left.boot === boot && left.session !== session;
}

/** When the run started, in ms since 1970; without a time no dump counts as its own. */
function startOf({ run }: RunMark): number {
  const at = Date.parse(run.split(' since ')[1] ?? '');
  return Number.isNaN(at) ? Infinity : at;
}

/** The login session of this process; '' for unknown parts. */
export function loginSession(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): LoginSession {
  const boot = platform === 'linux' ? readSmallFile('/proc/sys/kernel/random/boot_id', 256) : null;
  return {
    boot: boot?.found === 'bytes' ? boot.bytes.toString().trim() : '',
    session: (env['XDG_SESSION_ID'] ?? '').replaceAll('\n', ''),
  };
}

function crashDumpsOf(app: Pick<App, 'getPath'>): string {
  try {
    return app.getPath('crashDumps');
  } catch {
    return '';
  }
}
