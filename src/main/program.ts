import { flushCompileCache } from 'node:module';
import { app, dialog } from 'electron';
import { findLink } from '../core/dial/link-argument.ts';
import { startTraydial, type Traydial } from './app.ts';
import type { Arrival, Arrivals } from './arrivals.ts';
import { handedOver } from './cli/hand-over.ts';
import type { LaunchOptions, Wish } from './launch-options.ts';
import { profileProblem } from './stores/profile-folder.ts';

/** The program itself, in the one process that holds the lock. Resolves once it runs. */
export async function runProgram(launch: LaunchOptions, arrivals: Arrivals): Promise<void> {
  app.on('window-all-closed', () => {
    // The program lives in the tray.
  });
  // Electron ends without the steps in which Node would do it.
  app.on('will-quit', () => flushCompileCache());
  try {
    await app.whenReady();
    const problem = profileProblem(app.getPath('userData'));
    if (problem !== null) {
      dialog.showErrorBox('Traydial could not start', problem);
      app.exit(1);
      return;
    }
    const traydial = startTraydial(launch);
    if (launch.wish !== null) fulfil(traydial, launch.wish);
    arrivals.handTo((arrival) => receive(traydial, arrival));
  } catch (error) {
    // Without this a program without a window would keep the next start from showing one.
    dialog.showErrorBox('Traydial could not start', String(error));
    app.exit(1);
  }
}

function receive(traydial: Traydial, arrival: Arrival): void {
  const wish = wishOf(arrival);
  if (wish === null) traydial.show();
  else fulfil(traydial, wish);
}

function wishOf(arrival: Arrival): Wish | null {
  if (arrival.type === 'link') return { type: 'link', link: arrival.url };
  // Its argv may be reordered and carry Chromium's switches; the data is ours.
  const link = findLink(arrival.argv);
  return handedOver(arrival.data) ?? (link === null ? null : { type: 'link', link });
}

function fulfil(traydial: Traydial, wish: Wish): void {
  if (wish.type === 'link') traydial.openLink(wish.link);
  else void traydial.run(wish.command);
}
