import { EventEmitter } from 'node:events';
import type { PowerMonitor } from 'electron/main';
import { desktop } from '../desktop.ts';
import { guarded } from '../guard.ts';

type Simulated = Pick<PowerMonitor, 'getSystemIdleState' | 'getSystemIdleTime' | 'isOnBatteryPower' | 'onBatteryPower'>;

/** The idle time of an idle computer, in s. */
const IDLE_S = 3_600;

/** Its events are sent by the control API. */
class HostPowerMonitor extends EventEmitter implements Simulated {
  readonly onBatteryPower = false;

  getSystemIdleState(threshold: number): ReturnType<PowerMonitor['getSystemIdleState']> {
    const { idle } = desktop.sim;
    return idle === 'idle' && threshold > IDLE_S ? 'active' : idle;
  }
  getSystemIdleTime(): number {
    return desktop.sim.idle === 'active' ? 0 : IDLE_S;
  }
  isOnBatteryPower(): boolean {
    return false;
  }
}

export const powerMonitor = guarded('powerMonitor', new HostPowerMonitor());
