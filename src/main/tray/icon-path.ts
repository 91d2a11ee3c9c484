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

const LINUX_PANEL_PX = 22;
/** The icons that scripts/render-icons.ts draws for Linux. */
const LINUX_SIZES = [22, 32, 48];

/**
 * The icon file for a state. `folder`: resources/tray. `scale`: the display scale of the panel (1, 1.25, 2 …).
 * `missed`: with a dot for missed calls. macOS colours templates itself, and Windows chooses a size from the .ico file.
 * A Linux panel scales the image, so it gets the next larger one.
 */
export function trayIconPath(
  folder: string,
  icon: TrayIconState,
  flavour: TrayFlavour,
  { platform, scale, missed }: { platform: NodeJS.Platform; scale: number; missed: boolean },
): string {
  const name = missed ? `${icon}-missed` : icon;
  if (platform === 'darwin') return join(folder, 'darwin', `${name}${flavour === 'colour' ? '' : 'Template'}.png`);
  if (platform === 'win32') return join(folder, 'win32', flavour, `${name}.ico`);
  const size = LINUX_SIZES.find((px) => px >= LINUX_PANEL_PX * scale) ?? 48;
  return join(folder, 'linux', flavour, `${name}-${size}.png`);
}
