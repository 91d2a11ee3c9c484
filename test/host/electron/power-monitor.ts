import { EventEmitter } from 'node:events';
import type { PowerMonitor } from 'electron/main';
import { guarded } from '../guard.ts';

type Simulated = Pick<PowerMonitor, 'getSystemIdleState' | 'getSystemIdleTime' | 'isOnBatteryPower' | 'onBatteryPower'>;

/** Its events are sent by the control API. */
class HostPowerMonitor extends EventEmitter implements Simulated {
  readonly onBatteryPower = false;

  getSystemIdleState(): 'active' {
    return 'active';
  }
  getSystemIdleTime(): number {
    return 0;
  }
  isOnBatteryPower(): boolean {
    return false;
  }
}

export const powerMonitor = guarded('powerMonitor', new HostPowerMonitor());
