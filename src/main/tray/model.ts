import { trayMenu, type TrayMenuItem } from './menu.ts';
import { countMine, countMissed, trayStatus, type TrayIconState, type TrayInput } from './status.ts';

/** Everything the tray shows. Plain data: two equal models look the same. */
export interface TrayModel {
  icon: TrayIconState;
  /** The icon has a dot: missed calls that nobody has seen. */
  missed: boolean;
  /** One line of at most 120 characters: Windows cuts at 127. */
  tooltip: string;
  /** Beside the icon on macOS: how many calls are mine; '' for none. */
  title: string;
  menu: TrayMenuItem[];
}

/** What the tray shows for a state of the program. */
export function trayModel(input: TrayInput): TrayModel {
  const { icon, text, tooltip } = trayStatus(input);
  const mine = countMine(input.state);
  return {
    icon,
    missed: countMissed(input) > 0,
    tooltip,
    title: mine === 0 ? '' : String(mine),
    menu: trayMenu(input, text),
  };
}
