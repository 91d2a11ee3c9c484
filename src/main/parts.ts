import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  clipboard,
  globalShortcut,
  Menu,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
} from 'electron';
import { systemClock } from '../core/clock.ts';
import { Desk } from '../core/desk.ts';
import type { Log } from '../core/log-port.ts';
import { NETWORK } from '../core/pbx/transport.ts';
import { FavouriteList } from '../core/people/favourite-list.ts';
import type { SliceName } from '../shared/state.ts';
import { serveApp } from './app-scheme.ts';
import { Authorities } from './authorities.ts';
import { openDemo } from './demo.ts';
import { Desktop, desktopAtStart } from './desktop-state.ts';
import { loginItemRefresher } from './login-item.ts';
import { ProgramLanguage } from './language.ts';
import type { LaunchOptions } from './launch-options.ts';
import { openLinks } from './links/open-links.ts';
import { openNotifications } from './notifications/open-notifications.ts';
import { Pause } from './pause.ts';
import { userActivityOf } from './user-activity.ts';
import { denyPermissions, lockDownPages, setApplicationMenu } from './security.ts';
import { settingsChanges } from './settings-changes.ts';
import { runProgram } from './run-program.ts';
import { isWayland } from './shortcut/clipboard-text.ts';
import { copiedDialler } from './shortcut/dial-copied.ts';
import { GlobalShortcut } from './shortcut/global-shortcut.ts';
import { Signal } from './signal.ts';
import { openHistories } from './stores/open-histories.ts';
import { openStores } from './stores/open-stores.ts';
import { peopleFiles } from './stores/people-files.ts';
import { showPeopleNotice } from './people-notice.ts';
import { openTray } from './tray/open-tray.ts';
import { runTrayAction } from './tray/tray-actions.ts';
import { boundsToOpen, workAreas } from './window-place.ts';
import { WindowState } from './window-state.ts';
import { MainWindow, preloadPath, WINDOW_SIZE } from './window.ts';

/**
 * Creates the parts of the program and connects them. What they report meanwhile reaches nobody: `startTraydial` shows
 * everything once they are complete. Call once, after `ready`.
 */
export function openParts(launch: LaunchOptions, log: Log) {
  const clock = systemClock;
  const resources = join(app.getAppPath(), 'resources');
  lockDownPages(app, log);
  denyPermissions(session.defaultSession);
  serveApp(protocol, join(import.meta.dirname, '../renderer'));

  const changed = new Signal<SliceName>();
  const windowShown = new Signal<null>();
  const desktop = new Desktop(desktopAtStart(app.getVersion(), process.platform), () => changed.emit('desktop'));
  const stores = openStores({
    directory: app.getPath('userData'),
    safeStorage,
    platform: process.platform,
    clock,
    log,
    board: desktop,
    onSecrets: (secrets) => {
      const couldNot = desktop.state.secrets === 'none' || desktop.state.secrets === 'no-answer';
      desktop.change({ secrets });
      if (couldNot && (secrets === 'strong' || secrets === 'weak')) void desk.accounts.keyStoreAnswers();
    },
  });
  const { settings, memory, accounts } = stores;
  const language = new ProgramLanguage(
    () => app.getPreferredSystemLanguages(),
    () => {
      setMenu();
      desktop.change({ language: language.language });
    },
  );
  const setMenu = (): void => setApplicationMenu(Menu, process.platform, language.messages.tray.quit, () => app.quit());
  setMenu();
  void language.use(settings.get().appearance.language);
  // The theme is set before the window is made, because it decides the window's first colour.
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
    onShow: () => windowShown.emit(null),
    // Hiding a window gives the keyboard focus back to the previous program; on macOS only hiding the whole app does.
    onHide: () => {
      if (process.platform === 'darwin') app.hide();
      tray.checkAgain();
    },
  });
  // macOS passes no arguments to login items; it sets this flag instead.
  const atLogin = process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
  // The window is shown first, because its page loads in another process while this one creates the other parts.
  if (!launch.hidden && !atLogin && !settings.get().startup.startHidden) window.show();

  const authorities = new Authorities();
  authorities.use(settings.get().trust.authoritiesFile);

  const favourites = new FavouriteList({
    load: (account) => memory.favourites(account),
    save: (account, list) => memory.saveFavourites(account, list),
    forget: (account) => memory.forgetFavourites(account),
    onChange: () => changed.emit('favourites'),
  });
  const stored = openHistories({
    directory: app.getPath('userData'),
    state: memory,
    keepDays: () => settings.get().history.keepDays,
    clock,
    log,
    board: desktop,
  });
  const desk = new Desk({
    clock,
    log,
    accounts,
    openDemo: () => openDemo(launch.seed),
    transport: NETWORK,
    proxyFor: (url) => session.defaultSession.resolveProxy(url),
    authorities: () => authorities.pem,
    settings: () => settings.get(),
    userActivity: () => userActivityOf(powerMonitor, () => window.isVisible),
    histories: stored.histories,
    favourites,
    people: peopleFiles(app.getPath('userData'), log),
    onChange: (slice) => changed.emit(slice),
    onEvents: (events) => notifications.happened(events),
    onSignedOut: () => notifications.clear(),
    onAttention: () => window.show('dial'),
    onPeopleNotice: (notice) => showPeopleNotice(desktop, notice),
    country: { system: app.getLocaleCountryCode(), memory },
  });
  const windowState = new WindowState({ desk, authorities, favourites, settings, desktop });
  const refreshLoginItem = loginItemRefresher(app, process.platform, desktop);
  const links = openLinks({ resources, memory, desktop, clock, log });
  const wayland = process.platform === 'linux' && isWayland(process.env, app.commandLine);
  const dialCopied = copiedDialler({
    reading: { clipboard, platform: process.platform, wayland, run: runProgram, window },
    desktop,
    dial: (text) => desk.dialCommands.dial(text, 'clipboard'),
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
    memory.pausedSince = until === null ? null : (memory.pausedSince ?? clock.now());
    desktop.change({ pausedUntil: until });
    if (until === null) notifications.cameBack('pause');
    else notifications.left('pause', memory.pausedSince ?? clock.now());
  });
  const { notifier, notifications, reasons } = openNotifications({
    settings: () => desk.settings,
    extension: () => desk.account.extension,
    pausedUntil: () => pause.until,
    favourites: () => favourites.all,
    isSamePerson: (a, b) => desk.people.isSamePerson(a, b),
    unseenMissed: (since) => desk.people.recents(desk.history.unseenMissed(since)),
    isHistoryBehind: () => desk.isHistoryBehind,
    reminders: {
      next: () => desk.history.callBacks?.nextReminder ?? null,
      announced: () => desk.history.callBacks?.announced ?? [],
      take: () => desk.people.recents(desk.history.callBacks?.takeDue() ?? []),
    },
    onClick: (view, call) => window.show(view, call),
    messages: () => language.messages,
    reasons: () => desk.history.reasons,
    resources,
    clock,
    log,
    desktop,
  });
  // A pause of the last run goes on, or ended meanwhile.
  const { pausedSince } = memory;
  if (pausedSince !== null || pause.until !== null) notifications.left('pause', pausedSince ?? clock.now());
  if (pausedSince !== null && pause.until === null) {
    memory.pausedSince = null;
    notifications.cameBack('pause');
  }
  notifications.checkQuietHours();
  const tray = openTray({
    resources,
    state: () => windowState.get(),
    missed: () => desk.history.missed,
    messages: () => language.messages,
    clock,
    log,
    desktop,
    onAction: (action) =>
      runTrayAction(action, {
        show: (view) => window.show(view),
        desk,
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
    notifications,
    shortcut,
    tray,
    language,
    refreshLoginItem,
    changed: (slice) => changed.emit(slice),
  });

  return {
    changed,
    windowShown,
    desktop,
    stores,
    language,
    window,
    authorities,
    favourites,
    stored,
    desk,
    windowState,
    links,
    shortcut,
    pause,
    notifications,
    reasons,
    tray,
    changeSettings,
    refreshLoginItem,
  };
}
