import { EventEmitter } from 'node:events';
import type { Notification, NotificationConstructorOptions } from 'electron/main';
import { desktop } from '../desktop.ts';
import { makeEvent } from '../event.ts';
import { guardedClass } from '../guard.ts';
import { onlyWhenReady } from '../ready.ts';

export type NotificationState = 'made' | 'shown' | 'clicked' | 'closed' | 'replaced' | 'failed';
type Simulated = Pick<
  Notification,
  'id' | 'title' | 'subtitle' | 'body' | 'silent' | 'urgency' | 'actions' | 'show' | 'close'
>;

/** The last 200 that the app asked for, oldest first; the desktop keeps showing what has the state `shown`. */
export const notifications: HostNotification[] = [];
let lastId = 0;

class HostNotification extends EventEmitter implements Simulated {
  readonly id: string;
  title: string;
  subtitle: string;
  body: string;
  silent: boolean;
  urgency: Notification['urgency'];
  timeoutType: Notification['timeoutType'];
  actions: Notification['actions'];
  #state: NotificationState = 'made';

  constructor(options: NotificationConstructorOptions = {}) {
    onlyWhenReady('Cannot create Notification before app is ready');
    super();
    this.id = options.id ?? `notification-${++lastId}`;
    this.title = options.title ?? '';
    this.subtitle = options.subtitle ?? '';
    this.body = options.body ?? '';
    this.silent = options.silent ?? false;
    this.urgency = options.urgency ?? 'normal';
    this.timeoutType = options.timeoutType ?? 'default';
    this.actions = options.actions ?? [];
  }

  static isSupported(): boolean {
    return desktop.sim.notifications !== 'unsupported';
  }

  show(): void {
    if (desktop.sim.notifications === 'unsupported') return;
    if (!notifications.includes(this)) notifications.push(this);
    if (notifications.length > 200) notifications.shift();
    if (desktop.sim.notifications === 'failed') {
      this.#state = 'failed';
      setImmediate(() => this.emit('failed', makeEvent(), 'The desktop refused the notification.'));
      return;
    }
    for (const other of notifications) if (other !== this && other.id === this.id) other.#replace();
    this.#state = 'shown';
    setImmediate(() => this.emit('show', makeEvent()));
  }
  close(): void {
    if (this.#state !== 'shown') return;
    this.#state = 'closed';
    this.emit('close', makeEvent());
  }

  hostState(): NotificationState {
    return this.#state;
  }
  /** The person clicks its body, or the button with the index. */
  hostClick(button: number | null): void {
    this.#state = 'clicked';
    if (button === null) this.emit('click', makeEvent());
    else this.emit('action', Object.assign(makeEvent(), { actionIndex: button }), button);
  }
  #replace(): void {
    if (this.#state === 'shown') this.#state = 'replaced';
  }
}

guardedClass('Notification', HostNotification);
export { HostNotification };
