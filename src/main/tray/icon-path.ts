import { join } from 'node:path';
import type { Settings } from '../../shared/settings.ts';
import type { TrayIconState } from './status.ts';

export type TrayFlavour = 'light-panel' | 'dark-panel' | 'colour';

export interface PanelFacts {
  platform: NodeJS.Platform;
  /**
   * Whether the task bar or menu bar is dark: nativeTheme.shouldUseDarkColorsForSystemIntegratedUI (Windows, macOS).
   */
  dark: boolean;
  /** XDG_CURRENT_DESKTOP, e.g. "ubuntu:GNOME"; '' elsewhere. */
  desktop: string;
}

/** Returns which drawing suits the panel, unless the user has chosen one. */
export function trayFlavour(setting: Settings['appearance']['trayIcon'], facts: PanelFacts): TrayFlavour {
  if (setting !== 'auto') return setting;
  if (facts.platform === 'linux') return hasBlackBar(facts.desktop) ? 'dark-panel' : 'colour';
  return facts.dark ? 'dark-panel' : 'light-panel';
}

/**
 * A Linux panel cannot be asked for its colour, and it need not match the theme of the windows: XFCE has a dark panel with
 * light windows. Only GNOME Shell's own bar is known to be black in either theme; Flashback, Classic and Budgie have
 * panels of their own.
 */
function hasBlackBar(desktop: string): boolean {
  const names = desktop.toLowerCase().split(':');
  return names.includes('gnome') && names.every((name) => ['gnome', 'ubuntu', 'pop'].includes(name));
}

/** How large a Linux panel shows the icon at scale 1, in px. GNOME Shell's bar: PANEL_ICON_SIZE of its extensions. */
const panelPx = (desktop: string): number => (hasBlackBar(desktop) ? 16 : 22);

/** The sizes that scripts/render-icons.ts draws for Linux: both kinds of panels at scales 1, 1.25, 1.5, 2 and 3. */
export const LINUX_SIZES = [16, 20, 22, 24, 28, 32, 33, 44, 48, 66];

interface Panel extends Pick<PanelFacts, 'platform' | 'desktop'> {
  /** The panel's display scale: 1, 1.25, 2 … */
  scale: number;
  /** There are missed calls, which a dot shows. */
  missed: boolean;
}

/**
 * The icon file for a state. `folder`: resources/tray. macOS colours templates itself, and Windows chooses a size from the
 * .ico file. To a Linux panel Electron passes one size (Chromium's status_icon_linux_dbus.cc), so it gets its own, or else
 * the next larger one.
 */
export function trayIconPath(
  folder: string,
  icon: TrayIconState,
  flavour: TrayFlavour,
  { platform, desktop, scale, missed }: Panel,
): string {
  const name = missed ? `${icon}-missed` : icon;
  if (platform === 'darwin') return join(folder, 'darwin', `${name}${flavour === 'colour' ? '' : 'Template'}.png`);
  if (platform === 'win32') return join(folder, 'win32', flavour, `${name}.ico`);
  const wanted = Math.round(panelPx(desktop) * scale);
  const size = LINUX_SIZES.find((px) => px >= wanted) ?? LINUX_SIZES.at(-1);
  return join(folder, 'linux', flavour, `${name}-${size}.png`);
}
