import type { Clock } from '../../core/clock.ts';
import type { Announcement } from '../../core/notify/announcement.ts';
import { announce, NO_NOTIFICATIONS, type NotifyInput, type NotifyState } from '../../core/notify/policy.ts';
import { reportingBugs } from '../../core/report-bug.ts';
import type { Call, CallEvent } from '../../shared/call.ts';
import type { Settings } from '../../shared/settings.ts';

export interface NotificationCenterOptions {
  clock: Clock;
  settings: () => Settings;
  /** The user's own extension; '' when not known. */
  extension: () => string;
  pausedUntil: () => number | null;
  formatNumber: (number: string) => string;
  notifier: { show(announcement: Announcement, onClick: () => void): void; close(key: string): void };
  onClick: () => void;
}

/** Turns what happens to calls into what stands on the desktop, by the rules of core/notify. */
export class NotificationCenter {
  readonly #options: NotificationCenterOptions;
  #state: NotifyState = NO_NOTIFICATIONS;
  #calls: readonly Call[] = [];

  constructor(options: NotificationCenterOptions) {
    this.#options = options;
  }

  happened(events: readonly CallEvent[]): void {
    this.#announce(events);
  }

  /** The list of live calls changed: a name may have been found for a call that is already announced. */
  callsChanged(calls: readonly Call[]): void {
    const before = new Map(this.#calls.map((call) => [call.id, call]));
    this.#calls = calls;
    const changed = calls.filter((call) => before.has(call.id) && before.get(call.id)?.other !== call.other);
    this.#announce(changed.map((call) => ({ type: 'changed', call })));
  }

  /** Nothing is known of any call any more: what stands on the screen about ringing ones goes. */
  clear(): void {
    this.#calls = [];
    this.#announce([{ type: 'clear' }]);
  }

  /** Shows one, so that the user sees whether and how this desktop does it. */
  test(): void {
    this.#options.notifier.show(
      {
        key: 'test',
        title: 'Anna Example',
        body: `Incoming call · ${this.#options.formatNumber('+12015550123')} · this is a test`,
        urgency: 'normal',
        stays: false,
        sessionId: null,
      },
      this.#options.onClick,
    );
  }

  #announce(inputs: readonly NotifyInput[]): void {
    if (inputs.length === 0) return;
    const { clock, settings, extension, pausedUntil, formatNumber, notifier, onClick } = this.#options;
    const { incoming, missed } = settings().notifications;
    const context = { incoming, missed, extension: extension(), pausedUntil: pausedUntil(), formatNumber };
    const [state, outputs] = announce(this.#state, inputs, context, clock.now());
    this.#state = state;
    for (const output of outputs) {
      reportingBugs(() => {
        if (output.type === 'show') notifier.show(output, onClick);
        else notifier.close(output.key);
      });
    }
  }
}
