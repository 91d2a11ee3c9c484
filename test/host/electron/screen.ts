import { EventEmitter } from 'node:events';
import type { Display, Screen } from 'electron/main';
import { guarded } from '../guard.ts';

const FULL = { x: 0, y: 0, width: 1920, height: 1080 };
const WORK = { ...FULL, y: 32, height: 1048 };
const shown: Pick<
  Display,
  'id' | 'bounds' | 'workArea' | 'size' | 'workAreaSize' | 'scaleFactor' | 'label' | 'internal' | 'rotation'
> = {
  id: 1,
  bounds: FULL,
  workArea: WORK,
  size: { width: FULL.width, height: FULL.height },
  workAreaSize: { width: WORK.width, height: WORK.height },
  scaleFactor: 1,
  label: 'Pretended display',
  internal: false,
  rotation: 0,
};
// Names that are missing here throw `not simulated`.
const display = guarded('Display', shown) as Display;

type Simulated = Pick<
  Screen,
  'getPrimaryDisplay' | 'getAllDisplays' | 'getDisplayMatching' | 'getDisplayNearestPoint' | 'getCursorScreenPoint'
>;

class HostScreen extends EventEmitter implements Simulated {
  getPrimaryDisplay(): Display {
    return display;
  }
  getAllDisplays(): Display[] {
    return [display];
  }
  getDisplayMatching(): Display {
    return display;
  }
  getDisplayNearestPoint(): Display {
    return display;
  }
  getCursorScreenPoint(): { x: number; y: number } {
    return { x: 0, y: 0 };
  }
}

export const screen = guarded('screen', new HostScreen());
