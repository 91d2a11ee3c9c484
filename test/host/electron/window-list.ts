import type { EventEmitter } from 'node:events';

/** The parts of a window that app, control API and server need, so that they need not import BrowserWindow. */
export interface OpenWindow extends EventEmitter {
  readonly id: number;
  close(): void;
  destroy(): void;
  show(): void;
  hide(): void;
  focus(): void;
  isDestroyed(): boolean;
  isVisible(): boolean;
}

/** Existing windows, oldest first. */
export const windows: OpenWindow[] = [];
