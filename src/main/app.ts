import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  clipboard,
  dialog,
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
import { Desk } from '../core/desk.ts';
import { showNumber } from '../shared/show-number.ts';
import type { Pushes } from '../shared/ipc.ts';
import { ok } from '../shared/result.ts';
import type { SliceName, State } from '../shared/state.ts';
import { serveApp } from './app-scheme.ts';
import { Authorities } from './authorities.ts';
import { chooseCertificateFile } from './choose-file.ts';
import { copyText } from './copy-text.ts';
import { openDemo } from './demo.ts';
import { Desktop } from './desktop-state.ts';
import { commandHandlers } from './ipc/handlers.ts';
import { routeCommands } from './ipc/router.ts';
import type { LaunchOptions } from './launch-options.ts';
import { LinkRegistration, openDefaultApps } from './links.ts';
import { openLog } from './log.ts';
import { NotificationCenter } from './notifications/notification-center.ts';
import { openNotifier } from './notifications/open-notifier.ts';
import { openPage } from './open-page.ts';
import { Pause } from './pause.ts';
import { NetworkWatch } from './network-watch.ts';
import { onWake } from './power.ts';
import { presenceOf } from './presence.ts';
import { denyPermissions, lockDownPages, setApplicationMenu } from './security.ts';
import { settingsChanges } from './settings-changes.ts';
import { openStores } from './stores/open-stores.ts';
import { openTray } from './tray/open-tray.ts';
import { MainWindow, onScreen, preloadPath } from './window.ts';

/** The running program, as far as a second start or a link can reach it. */
export interface Traydial {
  openLink(link: string): void;
  show(): void;
}

/** Composition root: makes the parts, hands them to each other, starts. Call once, when the app is ready. */
export function startTraydial(launch: LaunchOptions): Traydial {
  const clock = systemClock;
  const log = openLog();
  const resources = join(app.getAppPath(), 'resources');
  lockDownPages(app, log);
  denyPermissions(session.defaultSession);
  setApplicationMenu(Menu, process.platform);
  serveApp(protocol, join(import.meta.dirname, '../renderer'));

  const { settings, memory, accounts, secrets } = openStores({
    directory: app.getPath('userData'),
    safeStorage,
    platform: process.platform,
    clock,
    log,
  });
  const links = new LinkRegistration(app, process.argv, process.platform);
  // Once: what another program has taken since is the user's choice.
  if (!memory.linksOffered) links.offerOnce();
  memory.linksOffered = true;

  const authorities = new Authorities();
  authorities.use(settings.get().trust.authoritiesFile);

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
    onChange: (slice) => changed(slice),
    onEvents: (events) => notifications.happened(events),
    onDisconnected: () => notifications.clear(),
    onAttention: () => window.show('dial'),
  });
  const desktop = new Desktop(
    {
      version: app.getVersion(),
      platform: process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux',
      tray: 'unknown',
      secrets: 'strong',
      notifier: 'none',
      pausedUntil: null,
      telHandler: links.state,
      notices: [],
    },
    () => changed('desktop'),
  );
  const state = (): State => ({
    account: desk.account,
    trust: { certificates: desk.accounts.trusted, ...authorities.state },
    calls: desk.calls,
    dial: desk.dial,
    recents: desk.recents,
    settings: settings.get(),
    desktop: desktop.state,
  });
  // Parts tell of changes while they are being made, before there is anybody to tell.
  let running = false;
  function changed(slice: SliceName): void {
    if (!running) return;
    window.push('state', { slice, value: state()[slice] } as Pushes['state']);
    tray.update();
    if (slice === 'calls') notifications.callsChanged(desk.calls.calls);
  }

  const window = new MainWindow({
    create: (options) => new BrowserWindow(options),
    clock,
    log,
    background: nativeTheme.shouldUseDarkColors ? '#17191b' : '#fcfcfb',
    devTools: !app.isPackaged,
    preload: preloadPath(import.meta.dirname),
    icon: join(resources, 'app/256x256.png'),
    bounds: onScreen(
      memory.windowBounds(),
      screen.getAllDisplays().map((display) => display.workArea),
    ),
    onBounds: (bounds) => memory.saveWindowBounds(bounds),
    mayHide: () => desktop.state.tray !== 'missing',
  });
  const pause = new Pause(clock, memory.pausedUntil, (until) => {
    memory.pausedUntil = until;
    desktop.change({ pausedUntil: until });
  });
  const notifier = openNotifier({ setting: settings.get().notifications.backend, resources, clock, log, desktop });
  const notifications = new NotificationCenter({
    clock,
    settings: () => settings.get(),
    extension: () => desk.account.extension,
    pausedUntil: () => pause.until,
    formatNumber: (number) => showNumber(number, settings.get().dialling.country),
    notifier,
    onClick: () => window.show('calls'),
  });
  const tray = openTray({
    resources,
    state,
    clock,
    log,
    desktop,
    onAction: (action) => {
      switch (action.type) {
        case 'open':
          window.show();
          break;
        case 'dial':
        case 'settings':
          window.show(action.type);
          break;
        case 'dial-number':
          void desk.request(action.number, 'menu');
          break;
        case 'pause':
          pause.set(action.until);
          break;
        case 'quit':
          app.quit();
      }
    },
  });

  const changeSettings = settingsChanges({ app, log, settings, authorities, desk, notifier, tray, changed });

  routeCommands(
    ipcMain,
    commandHandlers(desk, {
      state,
      changeSettings,
      chooseAuthorities: async () => {
        const file = await chooseCertificateFile(dialog, process.platform);
        if (!file.ok || file.value === null) return file.ok ? ok(null) : file;
        const change = changeSettings({ trust: { authoritiesFile: file.value } });
        return change.ok ? ok(null) : change;
      },
      pauseNotifications: (until) => pause.set(until),
      testNotification: () => notifications.test(),
      makeDefaultForLinks: async () => {
        const registered = links.register();
        desktop.change({ telHandler: links.state });
        await openDefaultApps(shell, process.platform);
        return registered;
      },
      copyText: (text) => copyText(clipboard, text),
      openPage: (page) => openPage(shell, page),
      dismissNotice: (id) => desktop.dismiss(id),
      hideWindow: () => window.hide(),
    }),
    log,
  );

  app.on('activate', () => window.show());
  app.on('before-quit', () => window.quitting());
  app.on('will-quit', () => {
    pause.stop();
    network.stop();
    tray.destroy();
    notifier.dispose();
    void desk.close();
  });
  onWake(() => desk.wake());
  const network = new NetworkWatch({ clock, interfaces: networkInterfaces, onChange: () => desk.wake() });

  running = true;
  desktop.change({ pausedUntil: pause.until });
  if (settings.problem !== null) {
    desktop.notice({ id: 'settings-broken', message: settings.problem, action: 'Check your settings.' });
  }
  tray.useTheme(settings.get().appearance.theme);
  tray.update();
  // macOS passes no arguments to what it opens at login, but says that it did.
  const atLogin = process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
  if (launch.hidden || atLogin || settings.get().startup.startHidden) window.prepare();
  else window.show();
  void secrets.then((strength) => desktop.change({ secrets: strength }));
  void (launch.demo ? desk.accounts.startDemo() : desk.accounts.resume());
  log.info(`Traydial ${app.getVersion()} started on ${process.platform}, Node ${process.versions.node}`);

  return {
    openLink: (link) => void desk.request(link, 'link'),
    show: () => window.show(),
  };
}
