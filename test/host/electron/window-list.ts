import type { EventEmitter } from 'node:events';

/** What app, control API and server need of a window, so that none of them imports BrowserWindow. */
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

/** Living windows, oldest first. */
export const windows: OpenWindow[] = [];
