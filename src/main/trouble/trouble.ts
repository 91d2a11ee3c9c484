import { writeSync } from 'node:fs';
import { homedir, release } from 'node:os';
import { app, BrowserWindow, clipboard, session } from 'electron';
import { systemClock } from '../../core/clock.ts';
import { onBug } from '../../core/report-bug.ts';
import { openLog } from '../log.ts';
import { ownCommand } from '../own-command.ts';
import { writeReport } from './report.ts';
import { startFailed } from './start-failed.ts';
import type { TroubleAction, TroublePage } from './trouble-page.ts';
import { TROUBLE_PARTITION, TroubleWindow } from './trouble-window.ts';
import { Unexpected } from './unexpected.ts';

let window: TroubleWindow | null = null;
let ending = false;

/** A report of this computer's Traydial with these facts, fit to be sent to somebody. */
export function report(facts: readonly string[]): string {
  const { platform, arch, versions } = process;
  const place = { version: app.getVersion(), platform: `${platform} ${release()} ${arch}`, versions, home: homedir() };
  return writeReport(place, new Date(), facts);
}

const shared = {
  clock: systemClock,
  log: openLog(app),
  report,
  show: (page: Omit<TroublePage, 'copied'>, onAction: (action: TroubleAction) => void): void => {
    void app.whenReady().then(() => {
      window ??= new TroubleWindow({
        create: (options) => new BrowserWindow(options),
        protocol: session.fromPartition(TROUBLE_PARTITION).protocol,
        copy: (text) => void clipboard.writeText(text),
      });
      window.show(page, onAction);
    });
  },
};

app.on('before-quit', () => {
  ending = true;
});

const unexpected = new Unexpected({
  ...shared,
  print: printLine,
  restart: () => {
    const { program, args } = ownCommand(process.argv, process.defaultApp, process.execPath, process.env);
    app.relaunch({ execPath: program, args });
    app.quit();
  },
});

onBug((bug) => happened(bug, 'Internal error'));

/** Reports an error that nothing caught. While the program ends, it goes to the log only. */
export function happened(error: unknown, where: string): void {
  if (ending) shared.log.warn(`While ending, ${where}: ${String(error)}`);
  else unexpected.happened(error, where);
}

/**
 * Reports that the program cannot start: a StartProblem with its own sentence, any other error as one of the program.
 */
export function cannotStart(error: unknown): void {
  startFailed(error, { ...shared, print: printLine, exit: (code) => app.exit(code) });
  // Its window says what matters; another error must not replace that by "Traydial goes on".
  ending = true;
}

function printLine(line: string): void {
  try {
    writeSync(2, `${line}\n`);
  } catch {
    // There is no terminal; the error is in the log.
  }
}
