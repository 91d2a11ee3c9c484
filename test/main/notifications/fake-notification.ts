import type { NotificationConstructorOptions } from 'electron';
import { EventEmitter } from 'node:events';

/** A desktop that shows the notifications of Electron's class. */
export class FakeNotification extends EventEmitter {
  static screen: FakeNotification[] = [];
  static broken = false;
  static isSupported = (): boolean => true;
  readonly options: NotificationConstructorOptions;

  constructor(options: NotificationConstructorOptions) {
    super();
    this.options = options;
  }
  show(): void {
    if (FakeNotification.broken) throw new Error('no bus');
    FakeNotification.screen.push(this);
    this.emit('show');
  }
  close(): void {
    FakeNotification.screen = FakeNotification.screen.filter((other) => other !== this);
    this.emit('close', {});
  }
}
