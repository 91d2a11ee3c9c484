import { join } from 'node:path';
import { Menu, nativeImage, nativeTheme, screen, Tray } from 'electron';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log-port.ts';
import type { Settings } from '../../shared/settings.ts';
import type { State } from '../../shared/state.ts';
import type { Desktop } from '../desktop-state.ts';
import { detectTray } from './detect-tray.ts';
import { trayFlavour } from './icon-path.ts';
import type { TrayAction } from './menu.ts';
import { trayModel } from './model.ts';
import { TrayIcon } from './tray.ts';

export interface OpenTrayOptions {
  /** The folder resources. */
  resources: string;
  state: () => State;
  clock: Clock;
  log: Log;
  /** Learns whether this desktop shows a tray at all. */
  desktop: Desktop;
  onAction: (action: TrayAction) => void;
}

export interface OpenTray {
  /** Shows the state as it is now. */
  update(): void;
  useTheme(theme: Settings['appearance']['theme']): void;
  destroy(): void;
}

const MISSING = {
  id: 'tray-missing',
  message: 'This desktop shows no tray, so Traydial keeps its window in the task bar instead.',
  action: 'On GNOME, the extension "AppIndicator and KStatusNotifierItem Support" brings the tray back.',
} as const;

const LOOK_AGAIN_MS = 15_000;

/** The tray icon on this computer, following the state and the desktop's colours. */
export function openTray({ resources, state, clock, log, desktop, onAction }: OpenTrayOptions): OpenTray {
  const platform = process.platform;
  let failed = false;
  const missing = (): void => {
    desktop.change({ tray: 'missing' });
    desktop.notice(MISSING);
  };
  const icon = new TrayIcon({
    Tray,
    Menu,
    nativeImage,
    platform,
    folder: join(resources, 'tray'),
    scale: () => screen.getPrimaryDisplay().scaleFactor,
    onAction,
    onFailure: (detail) => {
      log.warn(`The tray icon could not be made: ${detail}`);
      failed = true;
      missing();
    },
  });
  // A dark window does not make a dark panel: on Linux the theme chosen for the window hides the desktop's.
  let darkDesktop = nativeTheme.shouldUseDarkColors;
  let waiting = (): void => {};
  const update = (): void => {
    if (nativeTheme.themeSource === 'system') darkDesktop = nativeTheme.shouldUseDarkColors;
    const dark = platform === 'linux' ? darkDesktop : nativeTheme.shouldUseDarkColorsForSystemIntegratedUI;
    const desktopName = process.env['XDG_CURRENT_DESKTOP'] ?? '';
    const flavour = trayFlavour(state().settings.appearance.trayIcon, { platform, dark, desktop: desktopName });
    icon.update(trayModel(state(), clock.now()), flavour);
    // A stale list turns into a call for attention by the passing of time alone.
    waiting();
    waiting = state().calls.link.status === 'stale' ? clock.after(LOOK_AGAIN_MS, update) : () => {};
  };
  nativeTheme.on('updated', update);
  const look = async (): Promise<void> => {
    const tray = await detectTray({ platform, env: process.env });
    if (failed || tray === 'missing') {
      missing();
      return;
    }
    desktop.withdraw(MISSING.id);
    desktop.change({ tray });
  };
  void look();
  // At login the panel may come up after this program.
  const lookAgain = clock.after(LOOK_AGAIN_MS, () => void look());
  return {
    update,
    useTheme: (theme) => {
      nativeTheme.themeSource = theme;
      update();
    },
    destroy: () => {
      nativeTheme.off('updated', update);
      waiting();
      lookAgain();
      icon.destroy();
    },
  };
}
