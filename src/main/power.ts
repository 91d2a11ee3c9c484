import { powerMonitor } from 'electron';
import type { SystemClock } from '../core/clock.ts';

/**
 * Calls `wake` after sleep or a locked screen, because everything shown may be hours old. Linux reports `resume` only.
 * The clock has already counted the sleep when `wake` runs.
 */
export function onWake(clock: Pick<SystemClock, 'suspended' | 'resumed'>, wake: () => void): void {
  powerMonitor.on('suspend', () => clock.suspended());
  powerMonitor.on('resume', () => {
    clock.resumed();
    wake();
  });
  powerMonitor.on('unlock-screen', wake);
}

/** Reports when the computer sleeps or is locked, and when that is over. Linux reports sleep only. */
export function onAway(left: (reason: 'sleep' | 'lock') => void, cameBack: (reason: 'sleep' | 'lock') => void): void {
  powerMonitor.on('suspend', () => left('sleep'));
  powerMonitor.on('resume', () => cameBack('sleep'));
  powerMonitor.on('lock-screen', () => left('lock'));
  powerMonitor.on('unlock-screen', () => cameBack('lock'));
}
