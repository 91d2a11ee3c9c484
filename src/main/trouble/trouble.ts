import { writeSync } from 'node:fs';
import { homedir, release } from 'node:os';
import { app, BrowserWindow, clipboard, session } from 'electron';
import { systemClock } from '../../core/clock.ts';
import { onBug } from '../../core/report-bug.ts';
import { ENGLISH, loadTroubleMessages, type TroubleMessages } from '../../messages/trouble.ts';
import { openLog } from '../log.ts';
import { ownCommand } from '../own-command.ts';
import { ownLanguage } from '../own-language.ts';
import { writeReport } from './report.ts';
import { startFailed } from './start-failed.ts';
import type { ShowTrouble } from './trouble-page.ts';
import { TROUBLE_PARTITION, TroubleWindow } from './trouble-window.ts';
import { Unexpected } from './unexpected.ts';

let window: TroubleWindow | null = null;
let ending = false;

/** A report with these facts that is safe to send. */
export function report(facts: readonly string[]): string {
  const { platform, arch, versions } = process;
  const place = { version: app.getVersion(), platform: `${platform} ${release()} ${arch}`, versions, home: homedir() };
  return writeReport(place, new Date(), facts);
}

/** In the language of the program, as far as settings and files can still be read. */
const loadMessages = async (): Promise<TroubleMessages> => loadTroubleMessages(ownLanguage(app)).catch(() => ENGLISH);

// Loaded now, because an update may have replaced the file when an error occurs later.
void loadMessages();

const show: ShowTrouble = (content, onAction) => {
  void Promise.all([loadMessages(), app.whenReady()]).then(([messages]) => {
    window ??= new TroubleWindow({
      create: (options) => new BrowserWindow(options),
      protocol: session.fromPartition(TROUBLE_PARTITION).protocol,
      copy: (text) => void clipboard.writeText(text),
    });
    window.show({ messages, ...content(messages) }, onAction);
  });
};

const shared = {
  clock: systemClock,
  log: openLog(app),
  report,
  show,
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
 * Reports that the program cannot start: a StartProblem with its own text, any other error as a bug of the program.
 */
export function cannotStart(error: unknown): void {
  void loadMessages().then((messages) =>
    startFailed(error, { ...shared, messages, print: printLine, exit: (code) => app.exit(code) }),
  );
  // Its window shows the real problem; a later error must not replace it by "Traydial keeps running".
  ending = true;
}

function printLine(line: string): void {
  try {
    writeSync(2, `${line}\n`);
  } catch {
    // There is no terminal; the error is in the log.
  }
}
