import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
} from 'electron';
import { systemClock } from '../core/clock.ts';
import type { Command } from '../core/cli/command-line.ts';
import type { CommandAnswer } from '../core/cli/exit-codes.ts';
import { runCommand } from '../core/cli/run-command.ts';
import { Desk } from '../core/desk.ts';
import { FavouriteList } from '../core/people/favourite-list.ts';
import type { Pushes } from '../shared/ipc.ts';
import type { SliceName, State } from '../shared/state.ts';
import { serveApp } from './app-scheme.ts';
import { Authorities } from './authorities.ts';
import { chooseAuthorities } from './choose-file.ts';
import { startCommandServer } from './cli/command-server.ts';
import { Tickets } from './cli/tickets.ts';
import { copyText } from './copy-text.ts';
import { openDemo } from './demo.ts';
import { Desktop } from './desktop-state.ts';
import { loginItemRefresher } from './login-item.ts';
import { commandHandlers } from './ipc/handlers.ts';
import { routeCommands } from './ipc/router.ts';
import type { LaunchOptions } from './launch-options.ts';
import { openLinks } from './links/open-links.ts';
import { openLog } from './log.ts';
import { openNotifications } from './notifications/open-notifications.ts';
import { readLicences } from './licences.ts';
import { openPage } from './open-page.ts';
import { Pause } from './pause.ts';
import { networkNeed, NetworkWatch } from './network-watch.ts';
import { onWake } from './power.ts';
import { presenceOf } from './presence.ts';
import { denyPermissions, lockDownPages, setApplicationMenu } from './security.ts';
import { settingsChanges } from './settings-changes.ts';
import { RuleFiles } from './rule-files.ts';
import { runProgram } from './run-program.ts';
import { isWayland } from './shortcut/clipboard-text.ts';
import { copiedDialler } from './shortcut/dial-copied.ts';
import { GlobalShortcut } from './shortcut/global-shortcut.ts';
import { openStores } from './stores/open-stores.ts';
import type { LastRun } from './trouble/last-run.ts';
import { openTray } from './tray/open-tray.ts';
import { runTrayAction } from './tray/tray-actions.ts';
import { boundsToOpen, workAreas } from './window-place.ts';
import { MainWindow, preloadPath, WINDOW_SIZE } from './window.ts';

/** What a link or a second start can ask of the running program. */
export interface Traydial {
  openLink(link: string): void;
  /** Runs a sub-command that a second start handed over; that process then fetches the answer with the ticket. */
  runFor(ticket: string, command: Command): void;
  show(): void;
}

/** Composition root: creates the parts, connects them and starts the program. Call once, after `ready`. */
export function startTraydial(launch: LaunchOptions, lastRun: LastRun): Traydial {
  const clock = systemClock;
  const log = openLog(app);
  const resources = join(app.getAppPath(), 'resources');
  lockDownPages(app, log);
  denyPermissions(session.defaultSession);
  setApplicationMenu(Menu, process.platform, () => app.quit());
  serveApp(protocol, join(import.meta.dirname, '../renderer'));

  // Some parts report changes while they are being created, before the parts that listen exist.
  let running = false;
  const desktop = new Desktop(
    {
      version: app.getVersion(),
      platform: process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux',
      tray: 'unknown',
      secrets: 'strong',
      notifier: 'none',
      pausedUntil: null,
      links: [],
      linksEntry: 'no',
      loginItem: 'no',
      shortcut: { state: 'off', selection: false },
      notices: [],
    },
    () => changed('desktop'),
  );
  const stores = openStores({
    directory: app.getPath('userData'),
    safeStorage,
    platform: process.platform,
    clock,
    log,
    board: desktop,
  });
  const { settings, memory, accounts } = stores;
  // Before the window is made: it takes its first colour from the theme.
  nativeTheme.themeSource = settings.get().appearance.theme;
  const window = new MainWindow({
    create: (options) => new BrowserWindow(options),
    clock,
    log,
    background: () => (nativeTheme.shouldUseDarkColors ? '#17191b' : '#fcfcfb'),
    devTools: !app.isPackaged,
    preload: preloadPath(import.meta.dirname),
    icon: join(resources, 'app/256x256.png'),
    bounds: () => boundsToOpen(memory.windowBounds(), workAreas(screen), WINDOW_SIZE),
    framed: process.platform === 'linux',
    onBounds: (bounds) => memory.saveWindowBounds(bounds),
    mayHide: () => desktop.state.tray !== 'missing',
    onShow: () => {
      if (running) readSystemSettings();
    },
    // Hiding a window gives the keyboard focus back to the previous program; on macOS only hiding the whole app does.
    onHide: () => {
      if (process.platform === 'darwin') app.hide();
      tray.checkAgain();
    },
  });
  // macOS passes no arguments to login items; it sets this flag instead.
  const atLogin = process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
  // As early as possible: the page loads in its own process while this one creates the other parts.
  if (!launch.hidden && !atLogin && !settings.get().startup.startHidden) window.show();

  const authorities = new Authorities();
  authorities.use(settings.get().trust.authoritiesFile);

  const favourites = new FavouriteList({
    load: (account) => memory.favourites(account),
    save: (account, list) => memory.saveFavourites(account, list),
    forget: (account) => memory.forgetFavourites(account),
    onChange: () => changed('favourites'),
  });
  const desk = new Desk({
    clock,
    log,
    accounts,
    openDemo: () => openDemo(launch.seed),
    proxyFor: (url) => session.defaultSession.resolveProxy(url),
    authorities: () => authorities.pem,
    settings: () => settings.get(),
    presence: () => presenceOf(powerMonitor, () => window.isVisible),
    recents: {
      load: (account) => memory.recents(account),
      save: (account, recents) => memory.saveRecents(account, recents),
    },
    favourites,
    onChange: (slice) => changed(slice),
    onEvents: (events) => notifications.happened(events),
    onDisconnected: () => notifications.clear(),
    onAttention: () => window.show('dial'),
  });
  const state = (): State => ({
    account: desk.account,
    trust: { certificates: desk.accounts.trusted, ...authorities.state },
    calls: desk.calls,
    dial: desk.dial,
    recents: desk.recents,
    favourites: favourites.all,
    settings: settings.get(),
    desktop: desktop.state,
  });
  function changed(slice: SliceName): void {
    if (!running) return;
    window.push('state', { slice, value: state()[slice] } as Pushes['state']);
    tray.update();
    network.needs(networkNeed(state()));
    if (slice === 'calls') notifications.callsChanged(desk.calls.calls);
  }

  const refreshLoginItem = loginItemRefresher(app, process.platform, desktop);
  // Only the window shows which program opens links and whether Traydial starts at login, so they are read for it only.
  const readSystemSettings = (): void => {
    links.windowShown();
    void refreshLoginItem();
  };
  const links = openLinks({ resources, memory, desktop, clock, log });
  const wayland = process.platform === 'linux' && isWayland(process.env, app.commandLine);
  const dialCopied = copiedDialler({
    reading: { clipboard, platform: process.platform, wayland, run: runProgram, window },
    desktop,
    dial: (text) => desk.request(text, 'clipboard'),
  });
  const shortcut = new GlobalShortcut({
    electron: globalShortcut,
    platform: process.platform,
    wayland,
    clock,
    onPress: () => void dialCopied(settings.get().shortcut.from),
    onChange: () => desktop.change({ shortcut: shortcut.status }),
  });
  const pause = new Pause(clock, memory.pausedUntil, (until) => {
    memory.pausedUntil = until;
    desktop.change({ pausedUntil: until });
  });
  const { notifier, notifications } = openNotifications({
    settings: () => settings.get(),
    extension: () => desk.account.extension,
    pausedUntil: () => pause.until,
    onClick: () => window.show('calls'),
    resources,
    clock,
    log,
    desktop,
  });
  const tray = openTray({
    resources,
    state,
    clock,
    log,
    desktop,
    onAction: (action) =>
      runTrayAction(action, {
        show: (view) => window.show(view),
        request: (number, source) => void desk.request(number, source),
        dialCopied: () => void dialCopied('clipboard'),
        pause: (until) => pause.set(until),
        quit: () => app.quit(),
      }),
    onLost: () => window.park(),
    onFound: () => window.unpark(),
  });

  const changeSettings = settingsChanges({
    app,
    log,
    settings,
    authorities,
    desk,
    notifier,
    shortcut,
    tray,
    refreshLoginItem,
    changed,
  });
  const ruleFiles = new RuleFiles(dialog, () => window.native);

  routeCommands(
    ipcMain,
    commandHandlers(desk, {
      state,
      changeSettings,
      chooseAuthorities: () =>
        chooseAuthorities(dialog, process.platform, (file) => changeSettings({ trust: { authoritiesFile: file } })),
      importRules: () => ruleFiles.read(),
      exportRules: (rules) => ruleFiles.write(rules),
      pauseNotifications: (until) => pause.set(until),
      testNotification: () => notifications.test(),
      favourites,
      links,
      shortcut,
      copyText: (text) => copyText(clipboard, text),
      openPage: (page) => openPage(shell, page, process.platform),
      licences: () => readLicences(join(import.meta.dirname, '..')),
      copyReport: () => copyText(clipboard, lastRun.report()),
      dismissNotice: (id) => {
        desktop.dismiss(id);
        if (id === 'links-taken') links.noticeDismissed();
      },
      hideWindow: () => window.hide(),
    }),
    log,
  );

  const run = (command: Command): Promise<CommandAnswer> => runCommand(command, { desk, show: () => window.show() });
  const tickets = new Tickets(clock);
  const listening = startCommandServer({
    userData: app.getPath('userData'),
    run,
    answerOf: (ticket) => tickets.take(ticket),
    clock,
    log,
  });

  app.on('activate', () => window.show());
  app.on('before-quit', () => window.quitting());
  app.on('will-quit', () => {
    running = false;
    try {
      for (const part of [pause, network, links, shortcut]) part.stop();
      tray.destroy();
      void listening.then((server) => server.close());
      void desk.close();
    } finally {
      stores.close();
    }
  });
  onWake(clock, () => {
    desk.wake();
    tray.checkAgain();
  });
  const network = new NetworkWatch({ clock, interfaces: networkInterfaces, onChange: () => desk.wake() });

  running = true;
  if (lastRun.notice !== null) desktop.notice(lastRun.notice);
  desktop.change({ pausedUntil: pause.until });
  shortcut.use(settings.get().shortcut.accelerator);
  tray.update();
  if (window.isVisible) readSystemSettings();
  void stores.settle().then((strength) => desktop.change({ secrets: strength }));
  void (launch.demo ? desk.accounts.startDemo() : desk.accounts.resume());
  log.info(`Traydial ${app.getVersion()} started on ${process.platform}, Node ${process.versions.node}`);

  return {
    openLink: (link) => void desk.request(link, 'link'),
    runFor: (ticket, command) => tickets.give(ticket, run(command)),
    show: () => window.show(),
  };
}
