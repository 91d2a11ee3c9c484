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
// Loaded with the program: when an error occurs later, files may be missing, for example during an update.
import { report } from './trouble/trouble.ts';

/** Starts the program, in the process that holds the lock. Resolves once it runs; rejects when it cannot. */
export async function startProgram(launch: LaunchOptions, arrivals: Arrivals): Promise<void> {
  app.on('window-all-closed', () => {
    // The program lives in the tray.
  });
  // Electron skips the steps at the end of a process in which Node does this.
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
  if (launch.wish !== null) fulfil(traydial, launch.wish);
  arrivals.handTo((arrival) => receive(traydial, arrival));
}

function receive(traydial: Traydial, arrival: Arrival): void {
  const wish = wishOf(arrival);
  if (wish === null) traydial.show();
  else fulfil(traydial, wish);
}

function wishOf(arrival: Arrival): HandedOver | null {
  if (arrival.type === 'link') return { type: 'link', link: arrival.url };
  // Its argv may be reordered and carry Chromium's switches; the data is ours.
  const link = findLink(arrival.argv);
  return handedOver(arrival.data) ?? (link === null ? null : { type: 'link', link });
}

function fulfil(traydial: Traydial, wish: HandedOver): void {
  if (wish.type === 'link') traydial.openLink(wish.link);
  else traydial.runFor(wish.ticket, wish.command);
}
