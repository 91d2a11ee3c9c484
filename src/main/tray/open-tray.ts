import { join } from 'node:path';
import { Menu, nativeImage, nativeTheme, screen, Tray } from 'electron';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log-port.ts';
import type { MainMessages } from '../../messages/main.ts';
import type { Settings } from '../../shared/settings.ts';
import type { DesktopState, SliceName, State } from '../../shared/state.ts';
import type { Desktop } from '../desktop-state.ts';
import { IconChecker } from './detect-tray.ts';
import { trayFlavour } from './icon-path.ts';
import type { TrayAction } from './menu.ts';
import { trayModel } from './model.ts';
import { hasXembedTray } from './xembed-tray.ts';
import { TrayIcon } from './tray.ts';
import { TrayWatch } from './tray-watch.ts';

export interface OpenTrayOptions {
  /** The folder resources. */
  resources: string;
  state: () => State;
  /** How many missed calls nobody has seen; counted only after the recent calls have changed. */
  missed: () => number;
  messages: () => MainMessages;
  clock: Clock;
  log: Log;
  /** Receives whether this desktop shows a tray at all. */
  desktop: Desktop;
  onAction: (action: TrayAction) => void;
  /** No tray was found for a while, so the user may not be able to bring back a hidden window. May be called again. */
  onLost: () => void;
  /** There is a tray, also after a while without one. */
  onFound: () => void;
}

export interface OpenTray {
  /** Shows the state as it is now. `slice`: the only one that may have changed. */
  update(slice?: SliceName): void;
  /** Checks whether the icon is still shown, e.g. after the computer slept. */
  checkAgain(): void;
  useTheme(theme: Settings['appearance']['theme']): void;
  destroy(): void;
}

/** How soon to update the icon again while the list is stale. */
const STALE_UPDATE_MS = 15_000;

/** Creates the tray icon. It follows the state of the program and the colours of the desktop. */
export function openTray(options: OpenTrayOptions): OpenTray {
  const { resources, state, messages, clock, log, desktop, onAction } = options;
  const platform = process.platform;
  const desktopName = process.env['XDG_CURRENT_DESKTOP'] ?? '';
  const missing = (): void => {
    desktop.change({ tray: 'missing' });
    desktop.showNotice({ id: 'tray-missing' });
  };
  const found = (tray: DesktopState['tray']): void => {
    desktop.withdraw('tray-missing');
    if (desktop.state.tray !== tray) desktop.change({ tray });
    if (tray === 'shown') options.onFound();
  };
  const icon = new TrayIcon({
    Tray,
    Menu,
    nativeImage,
    platform,
    desktop: desktopName,
    clock,
    folder: join(resources, 'tray'),
    scale: () => screen.getPrimaryDisplay().scaleFactor,
    onAction,
    onFailure: (detail) => {
      log.warn(`The tray icon could not be made: ${detail}`);
      watch?.stop();
      missing();
      options.onLost();
    },
  });
  let waiting = (): void => {};
  let missed = 0;
  const update = (): void => {
    const dark = platform !== 'linux' && nativeTheme.shouldUseDarkColorsForSystemIntegratedUI;
    const flavour = trayFlavour(state().settings.appearance.trayIcon, { platform, dark, desktop: desktopName });
    icon.update(trayModel({ state: state(), missed, messages: messages(), now: clock.now() }), flavour);
    // Nothing else triggers an update when a stale list becomes so old that the icon must ask for attention.
    waiting();
    waiting = state().calls.list.status === 'stale' ? clock.after(STALE_UPDATE_MS, update) : () => {};
  };
  nativeTheme.on('updated', update);
  const icons = new IconChecker(process.pid);
  const watch =
    platform === 'linux'
      ? new TrayWatch({
          check: () => icons.check(),
          clock,
          xembedTray: () => hasXembedTray(clock),
          recreate: () => {
            log.info('The tray does not list the icon, so the icon is made again.');
            icon.recreate();
          },
          onChange: (tray) => (tray === 'missing' ? missing() : found(tray)),
          onLost: options.onLost,
        })
      : null;
  if (watch === null) found('shown');
  return {
    update: (slice) => {
      if (slice === undefined || slice === 'recents') missed = options.missed();
      update();
    },
    checkAgain: () => watch?.checkNow(),
    useTheme: (theme) => {
      nativeTheme.themeSource = theme;
      update();
    },
    destroy: () => {
      nativeTheme.off('updated', update);
      waiting();
      watch?.stop();
      icon.destroy();
    },
  };
}
