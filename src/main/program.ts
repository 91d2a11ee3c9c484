import { flushCompileCache } from 'node:module';
import { app, powerMonitor } from 'electron';
import { systemClock } from '../core/clock.ts';
import { findLink } from '../core/dial/link-argument.ts';
import { startTraydial, type Traydial } from './app.ts';
import type { Arrival, Arrivals } from './arrivals.ts';
import { handedOver, type HandedOver } from './cli/hand-over.ts';
import type { LaunchOptions } from './launch-options.ts';
import { logFile, openLog } from './log.ts';
import { profileProblem } from './stores/profile-folder.ts';
import { loginSession, lookAtLastRun } from './trouble/last-run.ts';
import { PageErrors } from './trouble/page-errors.ts';
import { StartProblem } from './trouble/start-problem.ts';
// Loaded at the start: when an error occurs later, the file may be gone, for example after an update.
import { report } from './trouble/trouble.ts';

/**
 * Starts the program, in the process that holds the single-instance lock. Resolves once it runs, rejects when it cannot
 * start.
 */
export async function startProgram(launch: LaunchOptions, arrivals: Arrivals): Promise<void> {
  app.on('window-all-closed', () => {
    // Without a listener Electron would quit, but the program keeps running in the tray.
  });
  // Node does this when a process exits, but Electron skips that step.
  app.on('will-quit', () => flushCompileCache());
  await app.whenReady();
  const problem = profileProblem(app.getPath('userData'));
  if (problem !== null) throw new StartProblem(problem);
  const { platform } = process;
  const session = loginSession(process.env, platform);
  const lastRun = lookAtLastRun({
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
  if (launch.wish !== null) handle(traydial, launch.wish);
  arrivals.handTo((arrival) => receive(traydial, arrival));
}

function receive(traydial: Traydial, arrival: Arrival): void {
  const request = requestIn(arrival);
  if (request === null) traydial.show();
  else handle(traydial, request);
}

function requestIn(arrival: Arrival): HandedOver | null {
  if (arrival.type === 'link') return { type: 'link', link: arrival.url };
  // Chromium may reorder argv and add switches to it, so the additionalData of our own second start comes first.
  const link = findLink(arrival.argv);
  return handedOver(arrival.data) ?? (link === null ? null : { type: 'link', link });
}

function handle(traydial: Traydial, request: HandedOver): void {
  if (request.type === 'link') traydial.openLink(request.link);
  else traydial.runFor(request.ticket, request.command);
}
