import { enableCompileCache } from 'node:module';
import { app, crashReporter, protocol } from 'electron';
import { readCommandLine } from '../core/cli/command-line.ts';
import { registerAppScheme } from './app-scheme.ts';
import { Arrivals } from './arrivals.ts';
import { keepCompiledCode } from './compiled-code.ts';
import { setWindowsIdentity } from './identity.ts';
import { ownArguments, readLaunchOptions } from './launch-options.ts';
import { isProfileInUse } from './profile-in-use.ts';

// A second start loads only this file and its imports, so they are small: docs/decisions/023-a-small-entry.md.

// Without these listeners, Electron shows the user a stack trace for an uncaught exception, and nothing for a rejection.
process.on('uncaughtException', (error) => void unexpected(error, 'Uncaught exception'));
process.on('unhandledRejection', (error) => void unexpected(error, 'Unhandled rejection'));

// Electron allows these calls only before `ready`, and a link can arrive at any time after the process has started.
app.enableSandbox();
setWindowsIdentity(app, process.platform);
registerAppScheme(protocol);
const arrivals = new Arrivals();
arrivals.listen(app);

const args = ownArguments(process.argv, process.defaultApp);
const launch = readLaunchOptions(args);
const line = readCommandLine(args);
// Electron emits `ready` only after this await, so a sub-command opens no window and needs no display.
if (line.type !== 'start') await (await import('./cli/answer.ts')).answer(line);
else if (takeLock()) void start();
else if (isProfileInUse(app.getPath('userData'), process.platform)) app.exit(0);
else void explainRefusedLock();

/**
 * Electron also refuses the lock when it cannot write to the profile. Then no other instance can report the problem, so
 * this one does.
 */
async function explainRefusedLock(): Promise<void> {
  // The program that held the lock may have exited in the meantime.
  if (takeLock()) return start();
  const [{ lockProblem }, { cannotStart }] = await Promise.all([
    import('./trouble/profile-folder.ts'),
    import('./trouble/trouble.ts'),
  ]);
  cannotStart(lockProblem(app.getPath('userData')));
}

/** Takes the lock, or hands this start's link over to the program that holds it. */
function takeLock(): boolean {
  return app.requestSingleInstanceLock({ action: launch.action });
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

/** Writes crash dumps to the profile and never uploads them. Call before `ready`, so that renderers are covered too. */
function keepCrashDumps(): void {
  try {
    crashReporter.start({ uploadToServer: false });
  } catch {
    // The folder for dumps may not be writable. The program works without dumps.
  }
}

async function unexpected(error: unknown, where: string): Promise<void> {
  try {
    const { happened } = await import('./trouble/trouble.ts');
    happened(error, where);
  } catch (failure) {
    // Rethrowing would call this function again.
    process.stderr.write(`${String(error)}\n${String(failure)}\n`);
  }
}
