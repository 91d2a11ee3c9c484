import { app, dialog, protocol } from 'electron';
import { findLink } from '../core/dial/link-argument.ts';
import { registerAppScheme } from './app-scheme.ts';
import { startTraydial, type Traydial } from './app.ts';
import { APP_ID } from './app-id.ts';
import { readLaunchOptions } from './launch-options.ts';

// Everything here must happen before the app is ready: a link can arrive at any moment from the start on.
const launch = readLaunchOptions(process.argv);
let traydial: Traydial | null = null;
let waiting: string | null = launch.link;
let waitingShow = false;

function openLink(link: string): void {
  if (traydial === null) waiting = link;
  else traydial.openLink(link);
}

if (app.requestSingleInstanceLock({ link: launch.link })) {
  app.enableSandbox();
  app.setAppUserModelId(APP_ID);
  registerAppScheme(protocol);

  // macOS hands links over as an event, also the one that started the program.
  app.on('open-url', (event, url) => {
    event.preventDefault();
    openLink(url);
  });
  // Windows and Linux start a second program, which hands its link over and ends. Its argv may be reordered and
  // carry Chromium's switches; additionalData is ours.
  app.on('second-instance', (_event, argv, _directory, data) => {
    const link = linkOf(data) ?? findLink(argv);
    if (link !== null) openLink(link);
    else if (traydial === null) waitingShow = true;
    else traydial.show();
  });
  app.on('window-all-closed', () => {
    // The program lives in the tray.
  });

  app
    .whenReady()
    .then(() => {
      traydial = startTraydial(launch);
      if (waiting !== null) traydial.openLink(waiting);
      else if (waitingShow) traydial.show();
      waiting = null;
    })
    .catch((error: unknown) => {
      // Without this a program without a window would keep the next start from showing one.
      dialog.showErrorBox('Traydial could not start', String(error));
      app.exit(1);
    });
} else {
  app.exit(0);
}

function linkOf(data: unknown): string | null {
  if (typeof data !== 'object' || data === null || !('link' in data)) return null;
  return typeof data.link === 'string' ? findLink([data.link]) : null;
}
