import { MAX_WALL_WAIT_MS, type Clock } from '../../core/clock.ts';
import type { NotifyOutput, PlannedNotification } from '../../core/notify/planned-notification.ts';
import {
  addReason,
  awaySummary,
  NOT_AWAY,
  reminderNotification,
  removeReason,
  type AwayReason,
  type AwayState,
} from '../../core/notify/away.ts';
import { notifyOfLinks } from '../../core/notify/links.ts';
import {
  notify,
  NO_NOTIFICATIONS,
  ringingShownBy,
  type NotifyContext,
  type NotifyInput,
  type NotifyState,
} from '../../core/notify/policy.ts';
import { sideOf } from '../../core/numbers/external-number.ts';
import { isSameName } from '../../core/people/names.ts';
import { nextQuietChange, quietSince, quietUntil } from '../../core/notify/quiet-hours.ts';
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

/** How long to wait after sleep and after the start, until the PBX's records of that time have been read. */
const SETTLE_MS = 10_000;
/** If they cannot be read yet, for example because the VPN is not connected, the summary waits at most this long. */
const MAX_BEHIND_MS = 300_000;
const BEHIND_CHECK_MS = 1_000;

/** Reminders to call back. */
export interface DueReminders {
  /** When the next reminder is due, ms since 1970; null if there is none. */
  next(): number | null;
  /** The calls whose reminder is due, each once. */
  take(): readonly HistoryCall[];
  /** The ids of the calls whose reminder was announced and still waits. */
  announced(): readonly string[];
}

/** Where a click on a notification leads. */
type NotifyView = 'calls' | 'history' | 'missed' | 'call-back';

export interface NotificationCenterOptions {
  clock: Clock;
  settings: () => Settings;
  /** The user's own extension; '' when not known. */
  extension: () => string;
  pausedUntil: () => number | null;
  formatNumber: (number: string) => string;
  messages: () => MainMessages;
  notifier: Pick<Notifier, 'show' | 'close'>;
  favourites: () => readonly Pick<Favourite, 'number' | 'external'>[];
  /** Whether one person, and nobody else, has both numbers. */
  isSamePerson: (a: string, b: string) => boolean;
  /** The missed calls that ended at this time or later and that the user does not know of, the newest first. */
  unseenMissed: (since: number) => readonly HistoryCall[];
  /** The PBX's records of the time before the last wake-up are still to be read. */
  isHistoryBehind: () => boolean;
  reminders: DueReminders;
  /** Keeps why each call was announced or not. */
  reasons: Pick<Reasons, 'add' | 'clear' | 'sleepBegan' | 'sleepEnded'>;
  /** `call`: the one that the notification is about; null for a summary. */
  onClick: (view: NotifyView, call?: PlannedNotification['call']) => void;
}

/** Shows and closes notifications when calls change, by the rules of core/notify. */
export class NotificationCenter {
  readonly #options: NotificationCenterOptions;
  #state: NotifyState = NO_NOTIFICATIONS;
  #calls: readonly Call[] = [];
  #dial: DialState = IDLE;
  #away: AwayState = NOT_AWAY;
  #cancelSummary = (): void => {};
  /** When calls were last announced as usual, outside quiet hours (ms since 1970). */
  #notQuietAt = -Infinity;
  #cancelQuiet = (): void => {};
  #cancelReminder = (): void => {};
  /** Key of a reminder that is on the screen -> the ids of its calls. */
  readonly #reminded = new Map<string, readonly string[]>();
  /** Before this time reminders wait (monotonic, ms). */
  readonly #settledAt: number;

  constructor(options: NotificationCenterOptions) {
    this.#options = options;
    this.#settledAt = options.clock.elapsed() + SETTLE_MS;
  }

  happened(events: readonly CallEvent[]): void {
    this.#notify(events);
  }

  /** A slice of the state changed. */
  changed(slice: SliceName, { calls, dial }: Pick<State, 'calls' | 'dial'>): void {
    if (slice === 'calls') this.callsChanged(calls.calls);
    if (slice === 'dial') this.#dialChanged(dial);
    if (slice === 'recents') this.checkReminders();
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

  /**
   * The user cannot see notifications; what is missed meanwhile is summed up later. `since`: ms since 1970, by default
   * now.
   */
  left(reason: AwayReason, since = this.#options.clock.now()): void {
    this.#cancelSummary();
    if (reason === 'sleep') this.#options.reasons.sleepBegan();
    this.#away = addReason(this.#away, reason, since);
  }

  /** The reason is gone. */
  cameBack(reason: AwayReason): void {
    if (!this.#away.reasons.has(reason)) return;
    if (reason === 'sleep') this.#options.reasons.sleepEnded();
    this.#away = removeReason(this.#away, reason);
    if (this.#away.reasons.size > 0) return;
    const { clock } = this.#options;
    const isHere = reason === 'pause' || reason === 'quiet';
    this.#sumUpIn(isHere ? 0 : SETTLE_MS, clock.elapsed() + MAX_BEHIND_MS);
  }

  /** `until`: monotonic, ms. */
  #sumUpIn(ms: number, until: number): void {
    const { clock, isHistoryBehind } = this.#options;
    this.#cancelSummary = clock.after(ms, () => {
      if (isHistoryBehind() && clock.elapsed() < until) this.#sumUpIn(BEHIND_CHECK_MS, until);
      else this.#sumUp();
    });
  }

  #sumUp(): void {
    const { since } = this.#away;
    this.#away = NOT_AWAY;
    const { settings, extension, unseenMissed, formatNumber, reasons, reminders } = this.#options;
    const { missed, calls: kinds } = settings().notifications;
    const due = reminders.take();
    const calls = since === null ? [] : unseenMissed(since);
    const rules = { missed, calls: kinds, ruleFor: this.#personRules(), isExempt: this.#exemption() };
    const summary = awaySummary(calls, { formatNumber, extension: extension(), ...rules }, due);
    if (summary === null) this.#remind(due);
    else {
      reasons.add(summary.decisions);
      this.#do(summary.output);
    }
    this.checkReminders();
  }

  /**
   * Announces reminders that are due; while the user is away they wait for the summary. Call when the program starts, a
   * reminder may have changed or the computer woke up.
   */
  checkReminders(): void {
    this.#cancelReminder();
    const { clock, reminders } = this.#options;
    this.#withdrawReminders();
    if (this.#away.since !== null) return;
    const settling = this.#settledAt - clock.elapsed();
    if (settling <= 0) this.#remind(reminders.take());
    const next = reminders.next();
    if (next === null) return;
    const left = next - clock.now();
    // A reminder that is still due could not be marked as announced. It is tried again later.
    const wait = left > 0 ? Math.min(left, MAX_WALL_WAIT_MS) : MAX_WALL_WAIT_MS;
    this.#cancelReminder = clock.after(settling > 0 ? settling : wait, () => this.checkReminders());
  }

  #remind(due: readonly HistoryCall[]): void {
    const output = reminderNotification(due, this.#options);
    if (output === null) return;
    this.#reminded.set(
      output.key,
      due.map(({ id }) => id),
    );
    this.#do(output);
  }

  /** Closes a reminder when nobody that it names is to be called back any more. */
  #withdrawReminders(): void {
    if (this.#reminded.size === 0) return;
    const waiting = new Set(this.#options.reminders.announced());
    for (const [key, ids] of this.#reminded) {
      if (ids.some((id) => waiting.has(id))) continue;
      this.#reminded.delete(key);
      this.#do({ type: 'close', key });
    }
  }

  /** Call when the program starts, the settings changed or the computer woke up. */
  checkQuietHours(): void {
    this.#cancelQuiet();
    const { clock, settings } = this.#options;
    const { quiet } = settings().notifications;
    const now = clock.now();
    const since = quietSince(quiet, now);
    if (since === null) {
      this.#notQuietAt = now;
      this.cameBack('quiet');
    } else if (!this.#away.reasons.has('quiet')) {
      // The clock was set, or the settings were changed: calls until then are not summed up.
      this.left('quiet', Math.max(since, Math.min(this.#notQuietAt, now)));
    }
    const next = nextQuietChange(quiet, now);
    const wait = Math.min((next ?? Infinity) - now, MAX_WALL_WAIT_MS);
    this.#cancelQuiet = next === null ? () => {} : clock.after(wait, () => this.checkQuietHours());
  }

  stop(): void {
    this.#cancelQuiet();
    this.#cancelReminder();
    this.#cancelSummary();
  }

  /** Shows a test notification, so that the user sees whether and how this desktop shows it. */
  test(): void {
    const { notifier, messages, settings, onClick } = this.#options;
    const { testCaller, test } = messages().notifications;
    const silent = !settings().notifications.sound;
    notifier.show(
      { key: 'test', title: testCaller, body: test, urgency: 'normal', stays: false, silent, call: null },
      () => onClick('calls'),
    );
  }

  #notify(inputs: readonly NotifyInput[]): void {
    if (inputs.length === 0) return;
    const { clock, settings, extension, pausedUntil, formatNumber, reasons } = this.#options;
    const { incoming, missed, calls, quiet } = settings().notifications;
    const now = clock.now();
    const quietEnd = quietUntil(quiet, now);
    if (quietEnd === null) this.#notQuietAt = now;
    const context: NotifyContext = {
      incoming,
      missed,
      calls,
      quietUntil: quietEnd,
      isExempt: this.#exemption(),
      ruleFor: this.#personRules(),
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
    const favourites = this.#options
      .favourites()
      .map(({ number, external }) => ({ normalised: normaliseNumber(number), external }));
    return ({ number, external }) => {
      const normalised = normaliseNumber(number);
      return favourites.some((one) => one.external === external && sameNormalised(one.normalised, normalised));
    };
  }

  #personRules(): NotifyContext['ruleFor'] {
    const { settings, isSamePerson, extension } = this.#options;
    const rules = settings().notifications.people.map((rule) => ({
      ...rule,
      normalised: normaliseNumber(rule.number),
    }));
    if (rules.length === 0) return () => null;
    return (other) => {
      const number = normaliseNumber(other.number);
      // A caller from outside can send the number of any extension.
      if (number === '' || other.external === true) return null;
      const possible = rules.filter((rule) => mayBeAbout(rule, other, extension()));
      const own = possible.find(({ normalised }) => sameNormalised(normalised, number));
      return (own ?? possible.find((rule) => isSamePerson(other.number, rule.number)))?.notify ?? null;
    };
  }

  /** Links that wait without the window are announced. */
  #dialChanged(dial: DialState): void {
    const { clock, pausedUntil } = this.#options;
    const output = notifyOfLinks(this.#dial, dial, (pausedUntil() ?? -Infinity) > clock.now());
    this.#dial = dial;
    if (output !== null) this.#do(output);
  }

  #isSilent({ silent }: NotifyOutput & { type: 'show' }): boolean {
    return silent === true || !this.#options.settings().notifications.sound;
  }

  #do(output: NotifyOutput): void {
    const { notifier, messages, onClick } = this.#options;
    reportingBugs(() => {
      if (output.type === 'show')
        notifier.show({ ...desktopNotification(output, messages()), silent: this.#isSilent(output) }, () =>
          onClick(viewOf(output), ringingShownBy(this.#state, output.key) ?? output.call),
        );
      else notifier.close(output.key);
    });
  }
}

/**
 * False if a rule names somebody else. An extension is another person at another PBX, or after it was given to somebody
 * else. A rule against notifications must not hide that person's calls; to be notified once too often does no harm.
 */
function mayBeAbout(
  rule: Settings['notifications']['people'][number],
  { name, claimed, several }: Party,
  extension: string,
): boolean {
  if (rule.notify === 'always' || sideOf(normaliseNumber(rule.number), { extension }) !== 'extension') return true;
  const isNamed = rule.name !== '' && name !== '' && claimed !== true && several === undefined;
  return !isNamed || isSameName(rule.name, name);
}

/** What a click on a notification shows. */
function viewOf({ content: { kind } }: NotifyOutput & { type: 'show' }): NotifyView {
  if (kind === 'missed') return 'history';
  if (kind === 'reminder' || kind === 'reminders') return 'call-back';
  return kind === 'missed-away' || kind === 'missed-calls' ? 'missed' : 'calls';
}
