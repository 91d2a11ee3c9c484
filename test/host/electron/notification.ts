import { EventEmitter } from 'node:events';
import type { Notification, NotificationConstructorOptions } from 'electron/main';
import { desktop } from '../desktop.ts';
import { makeEvent } from '../event.ts';
import { guardedClass } from '../guard.ts';
import type { Sim } from '../sim.ts';
import { onlyWhenReady } from '../ready.ts';

/**
 * `expired`: no longer on the screen but in the desktop's list, where it can still be clicked and should be removed.
 */
export type NotificationState = 'made' | 'shown' | 'expired' | 'clicked' | 'closed' | 'replaced' | 'failed';
type Simulated = Pick<
  Notification,
  'id' | 'title' | 'subtitle' | 'body' | 'silent' | 'urgency' | 'actions' | 'show' | 'close'
>;

/** How long a notification stays on the screen before it expires, in ms. Real desktops take four to ten seconds. */
const EXPIRES_MS = 1_000;
/** How long a call waits for a notification service that hangs, in ms: D-Bus gives up after 25 s. */
const BLOCKS_MS = 25_000;

/** The app's last 200 notifications, oldest first; those with the state `shown` are on the screen. */
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
    const { notifications: sim } = desktop.sim;
    if (sim === 'unsupported') return;
    if (sim === 'hanging') block();
    if (!notifications.includes(this)) notifications.push(this);
    if (notifications.length > 200) notifications.shift();
    const refusal = REFUSALS[sim];
    if (refusal !== undefined) {
      this.#state = 'failed';
      setImmediate(() => this.emit('failed', makeEvent(), refusal));
      return;
    }
    for (const other of notifications) if (other !== this && other.id === this.id) other.#replace();
    this.#state = 'shown';
    setImmediate(() => this.emit('show', makeEvent()));
    if (sim === 'expire' && this.timeoutType !== 'never') setTimeout(() => this.hostExpire(), EXPIRES_MS).unref();
  }
  close(): void {
    if (desktop.sim.notifications === 'hanging') block();
    // Removing one from the list emits no second `close`.
    const said = this.#state === 'expired';
    if (this.#state !== 'shown' && !said) return;
    this.#state = 'closed';
    if (!said) this.emit('close', makeEvent());
  }

  hostState(): NotificationState {
    return this.#state;
  }
  /** The user clicks its body, or the button with the index. */
  hostClick(button: number | null): void {
    if (desktop.sim.notificationClick === 'closes') this.#state = 'clicked';
    if (button === null) this.emit('click', makeEvent());
    else this.emit('action', Object.assign(makeEvent(), { actionIndex: button }), button);
  }
  /** The desktop moves it from the screen to its list. */
  hostExpire(): void {
    if (this.#state !== 'shown') return;
    this.#state = 'expired';
    this.emit('close', Object.assign(makeEvent(), { reason: 'timedOut' }));
  }
  #replace(): void {
    if (this.#state === 'shown' || this.#state === 'expired') this.#state = 'replaced';
  }
}

/** Electron gives a reason on Windows and macOS, and an empty text on Linux. */
const REFUSALS: Partial<Record<Sim['notifications'], string>> = {
  failed: 'The desktop refused the notification.',
  'not-allowed': 'Settings prevent the notification from being delivered.',
  absent: '',
  hanging: '',
};

function block(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BLOCKS_MS);
}

guardedClass('Notification', HostNotification);
export { HostNotification };
