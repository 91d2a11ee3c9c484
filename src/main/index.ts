import { app, dialog, protocol } from 'electron';
import { systemClock } from '../core/clock.ts';
import { readCommandLine } from '../core/cli/command-line.ts';
import { EXIT, type CommandAnswer } from '../core/cli/exit-codes.ts';
import { findLink } from '../core/dial/link-argument.ts';
import { registerAppScheme } from './app-scheme.ts';
import { startTraydial, type Traydial } from './app.ts';
import { APP_ID } from './app-id.ts';
import { answerHere, print } from './cli/answer-here.ts';
import { askRunning } from './cli/ask-running.ts';
import { handedOver } from './cli/hand-over.ts';
import { ownArguments, readLaunchOptions, type Wish } from './launch-options.ts';
import { isWayland } from './shortcut/clipboard-text.ts';

// Everything here must happen before the app is ready: a link can arrive at any moment from the start on.
const args = ownArguments(process.argv, process.defaultApp);
const launch = readLaunchOptions(args);
let traydial: Traydial | null = null;
let waiting: Wish | null = launch.wish;
let waitingShow = false;

function fulfil(wish: Wish): void {
  if (traydial === null) waiting = wish;
  else if (wish.type === 'link') traydial.openLink(wish.link);
  else void traydial.run(wish.command);
}

const answer = await answerWithoutStart();
if (answer !== null) {
  await print(answer);
  app.exit(answer.exit);
} else if (app.requestSingleInstanceLock({ wish: launch.wish })) start();
else app.exit(0);

/** What to say instead of starting: a sub-command of the running program, or one that needs none. */
async function answerWithoutStart(): Promise<CommandAnswer | null> {
  const here = answerHere(readCommandLine(args), app);
  if (here !== null || launch.wish?.type !== 'command') return here;
  const { command } = launch.wish;
  const running = await askRunning(app.getPath('userData'), command, systemClock);
  if (running !== null) return running;
  return command.name === 'hangup' ? { exit: EXIT.notReady, text: 'Traydial is not running.' } : null;
}

function start(): void {
  app.enableSandbox();
  app.setAppUserModelId(APP_ID);
  registerAppScheme(protocol);
  // Without it Wayland desktops hear of no global shortcut.
  if (process.platform === 'linux' && isWayland(process.env)) {
    const features = app.commandLine.getSwitchValue('enable-features');
    app.commandLine.appendSwitch('enable-features', [features, 'GlobalShortcutsPortal'].filter(Boolean).join(','));
  }

  // macOS hands links over as an event, also the one that started the program.
  app.on('open-url', (event, url) => {
    event.preventDefault();
    fulfil({ type: 'link', link: url });
  });
  // Windows and Linux start a second program, which hands its wish over and ends. Its argv may be reordered and
  // carry Chromium's switches; additionalData is ours.
  app.on('second-instance', (_event, argv, _directory, data) => {
    const link = findLink(argv);
    const wish = handedOver(data) ?? (link === null ? null : { type: 'link', link });
    if (wish !== null) fulfil(wish);
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
      if (waiting !== null) fulfil(waiting);
      else if (waitingShow) traydial.show();
      waiting = null;
    })
    .catch((error: unknown) => {
      // Without this a program without a window would keep the next start from showing one.
      dialog.showErrorBox('Traydial could not start', String(error));
      app.exit(1);
    });
}
