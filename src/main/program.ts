import { flushCompileCache } from 'node:module';
import { app, powerMonitor } from 'electron';
import { systemClock } from '../core/clock.ts';
import { startTraydial, type Traydial } from './app.ts';
import type { Arrival, Arrivals } from './arrivals.ts';
import { handOverOf, type HandOver } from './cli/hand-over.ts';
import type { LaunchOptions } from './launch-options.ts';
import { logFile, openLog } from './log.ts';
import { startAgain } from './start-again.ts';
import { profileProblem } from './trouble/profile-folder.ts';
import { loginSession, readLastRun } from './trouble/last-run.ts';
import { PageErrors } from './trouble/page-errors.ts';
// Loaded at the start because the file may be gone when an error occurs later, for example after an update.
import { report } from './trouble/trouble.ts';

/**
 * Starts the program, in the process that holds the single-instance lock. Resolves once it runs, rejects when it cannot
 * start.
 */
export async function startProgram(launch: LaunchOptions, arrivals: Arrivals): Promise<void> {
  app.on('window-all-closed', () => {
    // Without a listener Electron would quit, but the program keeps running in the tray.
  });
  // Node flushes its compile cache at exit, but Electron skips that step.
  app.on('will-quit', () => flushCompileCache());
  await app.whenReady();
  const problem = profileProblem(app.getPath('userData'));
  if (problem !== null) throw problem;
  const { platform } = process;
  const session = loginSession(process.env, platform);
  const lastRun = readLastRun({
    app,
    powerMonitor,
    platform,
    now: new Date(),
    session,
    logFile: logFile(app),
    report,
  });
  new PageErrors(openLog(app), systemClock).listen(app);
  const traydial = startTraydial(launch, lastRun);
  if (launch.action !== null) handle(traydial, launch.action);
  arrivals.handTo((arrival) => receive(traydial, arrival));
  const { argv, defaultApp, execPath, env } = process;
  const again = startAgain({ app, argv, unpackaged: defaultApp, execPath, env });
  app.on('before-quit', () => arrivals.handTo(again));
}

function receive(traydial: Traydial, arrival: Arrival): void {
  const handOver = handOverOf(arrival);
  if (handOver === null) traydial.show();
  else handle(traydial, handOver);
}

function handle(traydial: Traydial, handOver: HandOver): void {
  if (handOver.type === 'link') traydial.openLink(handOver.link);
  else traydial.runFor(handOver.ticket, handOver.command);
}
