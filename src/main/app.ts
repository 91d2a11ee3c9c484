import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { app, clipboard, dialog, ipcMain, shell } from 'electron';
import { systemClock } from '../core/clock.ts';
import { parseServerAddress } from '../core/pbx/server-address.ts';
import { dialRulesOf } from '../core/settings/dial-rules-of.ts';
import type { Command } from '../core/cli/command-line.ts';
import { chooseAuthorities } from './authorities.ts';
import { serveCommands } from './cli/serve-commands.ts';
import { copyText } from './copy-text.ts';
import { exportContacts, exportHistory } from './export-file.ts';
import { ContactFiles } from './contact-files.ts';
import { FileDialogs } from './file-dialogs.ts';
import { commandHandlers } from './ipc/handlers.ts';
import { routeCommands } from './ipc/router.ts';
import type { LaunchOptions } from './launch-options.ts';
import { logFile, openLog } from './log.ts';
import { readLicences } from './licences.ts';
import { openPage } from './open-page.ts';
import { showFile } from './show-file.ts';
import { openParts } from './parts.ts';
import { localAddressFinder } from './local-address.ts';
import { networkNeed, NetworkWatch } from './network-watch.ts';
import { onAway, onWake } from './power.ts';
import { exportRules, importRules } from './rule-files.ts';
import type { LastRun } from './trouble/last-run.ts';

/** What a link or a second start can do with the running program. */
export interface Traydial {
  openLink(link: string): void;
  /** Runs a sub-command that a second start handed over; that process then fetches the answer with the ticket. */
  runFor(ticket: string, command: Command): void;
  show(): void;
}

/** Starts the program: creates its parts, lets the window and sub-commands use them, and resumes the account. */
export function startTraydial(launch: LaunchOptions, lastRun: LastRun): Traydial {
  const clock = systemClock;
  const log = openLog(app);
  const parts = openParts(launch, log);
  const { changed, windowShown, desktop, stores, language, window, favourites, stored, desk, windowState } = parts;
  const { links, shortcut, pause, notifications, reasons, tray, changeSettings, refreshLoginItem } = parts;
  const { settings, memory } = stores;
  const dialogs = new FileDialogs({
    dialog,
    window: () => window.native,
    words: () => language.messages.dialogs,
    platform: process.platform,
  });

  routeCommands(
    ipcMain,
    commandHandlers(desk, {
      state: () => windowState.get(),
      changeSettings,
      chooseAuthorities: () =>
        chooseAuthorities(dialogs, (authoritiesFile) => changeSettings({ trust: { authoritiesFile } })),
      contactFiles: new ContactFiles({
        dialogs,
        people: () => desk.people,
        place: () => dialRulesOf(desk.settings),
      }),
      importRules: () => importRules(dialogs),
      exportRules: (rules) => exportRules(dialogs, rules),
      exportContacts: () => exportContacts(dialogs, () => desk.people.ownCards()),
      exportHistory: () => exportHistory(dialogs, () => desk.history.csv((calls) => desk.people.recents(calls))),
      pauseNotifications: (until) => pause.set(until),
      testNotification: () => notifications.test(),
      whyNotified: (call) => reasons.reasonsFor(call),
      forgetReasons: (ids) => {
        if (ids !== null) reasons.delete(ids);
        else reasons.deletePast(new Set(desk.calls.calls.map(({ id }) => id)));
      },
      numbersOf: (parties) => windowState.numbers.forParties(parties),
      favourites,
      links,
      shortcut,
      copyText: (text) => copyText(clipboard, text),
      copyError: (code, detail) => copyText(clipboard, language.messages.copiedError(code, detail)),
      openPage: (page) => openPage(shell, page, process.platform),
      licences: () => readLicences(join(import.meta.dirname, '..')),
      copyReport: () => copyText(clipboard, lastRun.report()),
      showFile: (id) => showFile(shell, app.getPath('userData'), desktop.state.notices, id),
      dismissNotice: (id) => {
        desktop.dismiss(id);
        if (id === 'links-taken') links.noticeDismissed();
      },
      finishSetup: () => {
        memory.setupDone = true;
        desktop.change({ setupDue: false });
      },
      hideWindow: () => window.hide(),
    }),
    log,
  );

  const commands = serveCommands({
    userData: app.getPath('userData'),
    desk,
    showWindow: () => window.show(),
    explainCalls: async (number) => (await import('./why.ts')).why(number, desk, reasons),
    language: () => language.language,
    onReachable: (isReachable) =>
      isReachable ? desktop.withdraw('command-line-off') : desktop.showNotice({ id: 'command-line-off' }),
    clock,
    log,
  });

  // Only the window shows which program opens links and whether Traydial starts at login, so they are read for it only.
  const readSystemSettings = (): void => {
    links.windowShown();
    void refreshLoginItem();
  };
  app.on('activate', () => window.show());
  app.on('before-quit', () => window.quitting());
  app.on('will-quit', () => {
    changed.close();
    windowShown.close();
    try {
      for (const part of [pause, notifications, network, links, shortcut]) part.stop();
      tray.destroy();
      commands.close();
      void desk.close();
    } finally {
      stored.close();
      stores.close();
    }
  });
  onWake(clock, () => {
    desk.wake();
    pause.check();
    notifications.checkQuietHours();
    notifications.checkReminders();
    tray.checkAgain();
  });
  onAway(
    (reason) => notifications.left(reason),
    (reason) => notifications.cameBack(reason),
  );
  const findLocalAddress = localAddressFinder();
  const network = new NetworkWatch({
    clock,
    interfaces: networkInterfaces,
    localAddress: async () => {
      const server = parseServerAddress(windowState.get().account.address);
      return server.ok ? findLocalAddress(server.value.host) : null;
    },
    onChange: () => desk.wake(),
  });

  changed.listen((slice) => {
    for (const push of windowState.pushes(slice)) window.push('state', push);
    tray.update(slice);
    network.setNeed(networkNeed(windowState.get()));
    notifications.changed(slice, desk);
  });
  windowShown.listen(readSystemSettings);
  if (logFile(app) === null) desktop.showNotice({ id: 'log-missing' });
  if (lastRun.notice !== null) desktop.showNotice(lastRun.notice);
  // A user who already has an account here has used Traydial before.
  const setupDue = !memory.setupDone && desk.account.saved.length === 0;
  desktop.change({ pausedUntil: pause.until, setupDue });
  shortcut.use(settings.get().shortcut.accelerator);
  tray.update();
  notifications.checkReminders();
  if (window.isVisible) readSystemSettings();
  stores.settle();
  void (launch.demo ? desk.accounts.startDemo() : desk.accounts.resume());
  log.info(`Traydial ${app.getVersion()} started on ${process.platform}, Node ${process.versions.node}`);

  return {
    openLink: (link) => void desk.dialCommands.dial(link, 'link'),
    runFor: (ticket, command) => commands.runFor(ticket, command),
    show: () => {
      commands.check();
      window.show();
    },
  };
}
