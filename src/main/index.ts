import { enableCompileCache } from 'node:module';
import { app, crashReporter, protocol } from 'electron';
import { readCommandLine } from '../core/cli/command-line.ts';
import { registerAppScheme } from './app-scheme.ts';
import { Arrivals } from './arrivals.ts';
import { keepCompiledCode } from './compiled-code.ts';
import { identify } from './identity.ts';
import { ownArguments, readLaunchOptions } from './launch-options.ts';
import { isProfileInUse } from './profile-in-use.ts';

// This file is all that a second start loads, so it imports nothing heavy: docs/decisions/023-a-small-entry.md.
// Without these listeners Electron shows the user a stack for an exception, and nothing for a rejection.
process.on('uncaughtException', (error) => void unexpected(error, 'Uncaught exception'));
process.on('unhandledRejection', (error) => void unexpected(error, 'Unhandled rejection'));

// Electron allows these calls only before the app is ready, and a link can arrive at any moment from the start on.
app.enableSandbox();
identify(app, process.platform);
registerAppScheme(protocol);
const arrivals = new Arrivals();
arrivals.listen(app);

const args = ownArguments(process.argv, process.defaultApp);
const launch = readLaunchOptions(args);
const line = readCommandLine(args);
// The app becomes ready only after this await, so a sub-command shows no window and needs no screen.
if (line.type !== 'start') await (await import('./cli/answer.ts')).answer(line);
else if (app.requestSingleInstanceLock({ wish: launch.wish })) void start();
else if (isProfileInUse(app.getPath('userData'), process.platform)) app.exit(0);
else void refused();

/** Electron also refuses the lock when it cannot write the profile; no running program would show a window then. */
async function refused(): Promise<void> {
  const [{ lockProblem }, { cannotStart }] = await Promise.all([
    import('./lock-problem.ts'),
    import('./trouble/trouble.ts'),
  ]);
  cannotStart(lockProblem(app.getPath('userData')));
}

async function start(): Promise<void> {
  try {
    const { platform } = process;
    keepCrashDumps();
    const directory = app.getPath('userData');
    keepCompiledCode({ directory, version: app.getVersion(), platform, enable: enableCompileCache });
    const { startProgram } = await import('./program.ts');
    await startProgram(launch, arrivals);
  } catch (error) {
    const { cannotStart } = await import('./trouble/trouble.ts');
    cannotStart(error);
  }
}

/** In the profile, never sent. Before Electron is ready, so that the processes of the windows are watched as well. */
function keepCrashDumps(): void {
  try {
    crashReporter.start({ uploadToServer: false });
  } catch {
    // Without a place for dumps the program runs all the same.
  }
}

async function unexpected(error: unknown, where: string): Promise<void> {
  try {
    const { happened } = await import('./trouble/trouble.ts');
    happened(error, where);
  } catch (failure) {
    // Not thrown again: that would call this function again.
    process.stderr.write(`${String(error)}\n${String(failure)}\n`);
  }
}
