import type { State } from '../../shared/state.ts';
import { trayMenu, type TrayMenuItem } from './menu.ts';
import { countMine, trayStatus, type TrayIconState } from './status.ts';

/** Everything the tray shows. Plain data: two equal models look the same. */
export interface TrayModel {
  icon: TrayIconState;
  /** One line of at most 120 characters: Windows cuts at 127. */
  tooltip: string;
  /** Beside the icon on macOS: how many calls are mine; '' for none. */
  title: string;
  menu: TrayMenuItem[];
}

/** What the tray shows for a state of the program. `formatTime` writes a time of day for the user. */
export function trayModel(
  state: State,
  now: number,
  formatTime: (ms: number) => string = (ms) => timeOfDay.format(ms),
): TrayModel {
  const { icon, tooltip } = trayStatus(state, now);
  const mine = countMine(state);
  return { icon, tooltip, title: mine === 0 ? '' : String(mine), menu: trayMenu(state, now, formatTime) };
}

const timeOfDay = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
