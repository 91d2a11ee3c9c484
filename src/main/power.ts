import { powerMonitor } from 'electron';
import type { SystemClock } from '../core/clock.ts';

/**
 * After sleep or a locked screen everything that is shown may be hours old. Linux reports `resume` only. When `wake`
 * is called, the clock has counted the sleep.
 */
export function onWake(clock: Pick<SystemClock, 'suspended' | 'resumed'>, wake: () => void): void {
  powerMonitor.on('suspend', () => clock.suspended());
  powerMonitor.on('resume', () => {
    clock.resumed();
    wake();
  });
  powerMonitor.on('unlock-screen', wake);
}
