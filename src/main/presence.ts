import type { PowerMonitor } from 'electron';
import type { Presence } from '../core/calls/call-watch.ts';

/** Nobody is thought to be at this computer after so long without a key or a movement, in s. */
const IDLE_S = 300;

/** Whether somebody could see what the program shows. A system that does not tell counts as in use. */
export function presenceOf(monitor: Pick<PowerMonitor, 'getSystemIdleState'>, windowVisible: () => boolean): Presence {
  return { windowVisible: windowVisible(), idle: isIdle(monitor) };
}

function isIdle(monitor: Pick<PowerMonitor, 'getSystemIdleState'>): boolean {
  try {
    const state = monitor.getSystemIdleState(IDLE_S);
    return state === 'idle' || state === 'locked';
  } catch {
    return false;
  }
}
