import { powerMonitor } from 'electron';

/** After sleep or a locked screen everything that is shown may be hours old. Linux tells of `resume` only. */
export function onWake(wake: () => void): void {
  powerMonitor.on('resume', wake);
  powerMonitor.on('unlock-screen', wake);
}
