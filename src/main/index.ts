import { enableCompileCache } from 'node:module';
import { app, protocol } from 'electron';
import { readCommandLine } from '../core/cli/command-line.ts';
import { registerAppScheme } from './app-scheme.ts';
import { Arrivals } from './arrivals.ts';
import { keepCompiledCode } from './compiled-code.ts';
import { identify } from './identity.ts';
import { ownArguments, readLaunchOptions } from './launch-options.ts';

// This file is all that a second start loads, so it imports nothing heavy: docs/decisions/023-a-small-entry.md.
// Electron allows these calls only before the app is ready, and a link can arrive at any moment from the start on.
app.enableSandbox();
identify(app, process.platform);
registerAppScheme(protocol);
const arrivals = new Arrivals();
arrivals.listen(app);

const args = ownArguments(process.argv, process.defaultApp);
const launch = readLaunchOptions(args);
const line = readCommandLine(args);
// The app is not ready before this is answered, so a sub-command shows no window and needs no screen.
const answered = line.type !== 'start' && (await (await import('./cli/answer.ts')).answered(line));
if (!answered) {
  if (app.requestSingleInstanceLock({ wish: launch.wish })) void start();
  else app.exit(0);
}

async function start(): Promise<void> {
  const { platform } = process;
  const directory = app.getPath('userData');
  keepCompiledCode({ directory, version: app.getVersion(), platform, enable: enableCompileCache });
  const { runProgram } = await import('./program.ts');
  await runProgram(launch, arrivals);
}
