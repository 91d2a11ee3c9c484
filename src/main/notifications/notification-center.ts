import type { Clock } from '../../core/clock.ts';
import type { NotifyOutput } from '../../core/notify/planned-notification.ts';
import { comeBack, HERE, leave, summary, type AwayReason, type AwayState } from '../../core/notify/away.ts';
import { notifyOfLinks } from '../../core/notify/links.ts';
import {
  notify,
  NO_NOTIFICATIONS,
  type NotifyContext,
  type NotifyInput,
  type NotifyState,
} from '../../core/notify/policy.ts';
import { nextQuietChange, quietUntil } from '../../core/notify/quiet-hours.ts';
import type { Reasons } from '../../core/notify/reasons.ts';
import { reportingBugs } from '../../core/report-bug.ts';
import type { Call, CallEvent, Party } from '../../shared/call.ts';
import type { HistoryCall } from '../../shared/history.ts';
import { IDLE, type DialState, type Favourite } from '../../shared/dial.ts';
import { normaliseNumber, sameNormalised } from '../../shared/same-number.ts';
import type { Settings } from '../../shared/settings.ts';
import type { SliceName, State } from '../../shared/state.ts';
import type { MainMessages } from '../../messages/main.ts';
import { desktopNotification } from './notification-text.ts';
import type { Notifier } from './notifier.ts';

/** After sleep the PBX's records of that time are read first. */
const SETTLE_MS = 10_000;

export interface NotificationCenterOptions {
  clock: Clock;
  settings: () => Settings;
  /** The user's own extension; '' when not known. */
  extension: () => string;
  pausedUntil: () => number | null;
  formatNumber: (number: string) => string;
  messages: () => MainMessages;
  notifier: Pick<Notifier, 'show' | 'close'>;
  favourites: () => readonly Pick<Favourite, 'number'>[];
  /** The missed calls that the user does not know of, the newest first. */
  openMissed: () => readonly HistoryCall[];
  /** Keeps why each call was announced or not. */
  reasons: Pick<Reasons, 'add' | 'clear' | 'sleeps' | 'wakes'>;
  onClick: (view: 'calls' | 'missed') => void;
}

/** Shows and closes notifications when calls change, by the rules of core/notify. */
export class NotificationCenter {
  readonly #options: NotificationCenterOptions;
  #state: NotifyState = NO_NOTIFICATIONS;
  #calls: readonly Call[] = [];
  #dial: DialState = IDLE;
  #away: AwayState = HERE;
  #cancelSummary = (): void => {};
  #cancelQuiet = (): void => {};

  constructor(options: NotificationCenterOptions) {
    this.#options = options;
  }

  happened(events: readonly CallEvent[]): void {
    this.#notify(events);
  }

  /** A slice of the state changed. */
  changed(slice: SliceName, { calls, dial }: Pick<State, 'calls' | 'dial'>): void {
    if (slice === 'calls') this.callsChanged(calls.calls);
    if (slice === 'dial') this.#dialChanged(dial);
  }

  /** The list of live calls changed: a name may have been found for a call that was already announced. */
  callsChanged(calls: readonly Call[]): void {
    const before = new Map(this.#calls.map((call) => [call.id, call]));
    this.#calls = calls;
    const changed = calls.filter((call) => before.has(call.id) && before.get(call.id)?.other !== call.other);
    this.#notify(changed.map((call) => ({ type: 'changed', call })));
  }

  /** No call is known any more: closes the notifications of ringing calls. */
  clear(): void {
    this.#calls = [];
    this.#notify([{ type: 'clear' }]);
    this.#options.reasons.clear();
  }

  /** The user cannot see notifications from now on; what is missed meanwhile is summed up later. */
  left(reason: AwayReason): void {
    this.#cancelSummary();
    if (reason === 'sleep') this.#options.reasons.sleeps();
    this.#away = leave(this.#away, reason, this.#options.clock.now());
  }

  /** The reason is gone. */
  cameBack(reason: AwayReason): void {
    if (!this.#away.reasons.has(reason)) return;
    if (reason === 'sleep') this.#options.reasons.wakes();
    this.#away = comeBack(this.#away, reason);
    if (this.#away.reasons.size > 0) return;
    const settleMs = reason === 'pause' || reason === 'quiet' ? 0 : SETTLE_MS;
    this.#cancelSummary = this.#options.clock.after(settleMs, () => this.#sumUp());
  }

  #sumUp(): void {
    const { since } = this.#away;
    this.#away = HERE;
    const { settings, openMissed, formatNumber, reasons } = this.#options;
    if (since === null || !settings().notifications.missed) return;
    const made = summary(openMissed(), since, { formatNumber });
    if (made === null) return;
    reasons.add(made.decisions);
    this.#do(made.output);
  }

  /** Call when the program starts, the settings changed or the computer woke up. */
  checkQuietHours(): void {
    this.#cancelQuiet();
    const { clock, settings } = this.#options;
    const { quiet } = settings().notifications;
    const now = clock.now();
    const isQuiet = quietUntil(quiet, now) !== null;
    if (isQuiet && !this.#away.reasons.has('quiet')) this.left('quiet');
    if (!isQuiet) this.cameBack('quiet');
    const next = nextQuietChange(quiet, now);
    this.#cancelQuiet = next === null ? () => {} : clock.after(next - now, () => this.checkQuietHours());
  }

  stop(): void {
    this.#cancelQuiet();
    this.#cancelSummary();
  }

  /** Shows one, so that the user sees whether and how this desktop does it. */
  test(): void {
    const { notifier, messages, onClick } = this.#options;
    const { testCaller, test } = messages().notifications;
    notifier.show(
      { key: 'test', title: testCaller, body: test, urgency: 'normal', stays: false, sessionId: null },
      () => onClick('calls'),
    );
  }

  #notify(inputs: readonly NotifyInput[]): void {
    if (inputs.length === 0) return;
    const { clock, settings, extension, pausedUntil, formatNumber, reasons } = this.#options;
    const { incoming, missed, calls, quiet } = settings().notifications;
    const now = clock.now();
    const context: NotifyContext = {
      incoming,
      missed,
      calls,
      quietUntil: quietUntil(quiet, now),
      isExempt: this.#exemption(),
      away: this.#isAway,
      extension: extension(),
      pausedUntil: pausedUntil(),
      formatNumber,
    };
    const [state, outputs, decisions] = notify(this.#state, inputs, context, now);
    this.#state = state;
    reasons.add(decisions);
    for (const output of outputs) this.#do(output);
  }

  /** Quiet hours alone are judged for each call, because favourites may come through. */
  get #isAway(): boolean {
    const { since, reasons } = this.#away;
    return since !== null && !(reasons.size === 1 && reasons.has('quiet'));
  }

  #exemption(): (other: Party) => boolean {
    if (!this.#options.settings().notifications.favouritesAlways) return () => false;
    const numbers = this.#options.favourites().map(({ number }) => normaliseNumber(number));
    return ({ number }) => {
      const normalised = normaliseNumber(number);
      return numbers.some((favourite) => sameNormalised(favourite, normalised));
    };
  }

  /** Links that wait without the window are announced. */
  #dialChanged(dial: DialState): void {
    const { clock, pausedUntil } = this.#options;
    const output = notifyOfLinks(this.#dial, dial, (pausedUntil() ?? -Infinity) > clock.now());
    this.#dial = dial;
    if (output !== null) this.#do(output);
  }

  #do(output: NotifyOutput): void {
    const { notifier, messages, onClick } = this.#options;
    reportingBugs(() => {
      if (output.type === 'show') notifier.show(desktopNotification(output, messages()), () => onClick(viewOf(output)));
      else notifier.close(output.key);
    });
  }
}

/** What a click on a notification shows. */
const viewOf = ({ content }: NotifyOutput & { type: 'show' }): 'calls' | 'missed' =>
  content.kind === 'missed-away' || content.kind === 'missed-calls' ? 'missed' : 'calls';
