import type { PowerMonitor } from 'electron';
import type { UserActivity } from '../core/account/call-watch.ts';

/** After this many seconds without keyboard or mouse input the computer counts as idle. */
const IDLE_S = 300;

/** Whether somebody may be looking at the screen. A system that does not report idle time counts as in use. */
export function userActivityOf(
  monitor: Pick<PowerMonitor, 'getSystemIdleState'>,
  windowVisible: () => boolean,
): UserActivity {
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
