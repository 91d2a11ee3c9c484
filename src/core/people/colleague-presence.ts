import type { Call, Party } from '../../shared/call.ts';
import type { Presence, Presences } from '../../shared/presence.ts';
import { Timer } from '../../shared/timer.ts';
import type { Clock } from '../clock.ts';
import type { PushEvent, ChosenPresence, ExtensionActivity, PresenceEvent } from '../pbx/push/types.ts';

export type ColleagueEvent = PresenceEvent | (PushEvent & { type: 'extension' });

export interface ColleaguePresenceOptions {
  clock: Clock;
  /** The user's own extension, of which nothing is said here. */
  own: () => string;
  onChange: () => void;
}

/** What push reported of one extension. */
interface Reported {
  activity: ExtensionActivity;
  /** When `activity` was reported, monotonic ms. */
  since: number;
  chosen: ChosenPresence;
  online: boolean | null;
}

const NOTHING: Reported = { activity: 'unknown', since: 0, chosen: 'unknown', online: null };
/** Changes within this time become one. */
const GATHER_MS = 200;
/**
 * Push reports that a phone rings or is idle, but not every PBX reports that it was answered. A phone that is not idle
 * after this time is on the phone.
 */
const RINGING_MS = 60_000;
/** The form of an extension; others have no entry. */
const EXTENSION = /^[0-9]{2,8}$/;

/**
 * What is known of colleagues, from the events of push and from their live calls. What push reports of a phone is
 * stronger than a call of the list, and neither outlives its source.
 */
export class ColleaguePresence {
  readonly #options: ColleaguePresenceOptions;
  readonly #gather: Timer;
  readonly #settle: Timer;
  readonly #reported = new Map<string, Reported>();
  #inCalls: ReadonlyMap<string, 'ringing' | 'on-call'> = new Map();
  #current: Presences = {};

  constructor(options: ColleaguePresenceOptions) {
    this.#options = options;
    this.#gather = new Timer(options.clock);
    this.#settle = new Timer(options.clock);
  }

  get current(): Presences {
    return this.#current;
  }

  pushed(event: ColleagueEvent): void {
    const before = this.#reported.get(event.extension) ?? NOTHING;
    const since = this.#options.clock.elapsed();
    if (event.type === 'presence') {
      const chosen = event.chosen === 'unknown' ? before.chosen : event.chosen;
      this.#reported.set(event.extension, { ...before, chosen, online: event.online ?? before.online });
    } else if (event.activity !== before.activity)
      this.#reported.set(event.extension, { ...before, activity: event.activity, since });
    this.#changeSoon();
  }

  /** Push is not connected any more. */
  pushLost(): void {
    if (this.#reported.size === 0) return;
    this.#reported.clear();
    this.#changeSoon();
  }

  /** The live calls, as far as a source proves them now. */
  callsChanged(calls: readonly Call[]): void {
    const inCalls = phonesIn(calls);
    if (isSame(Object.fromEntries(inCalls), Object.fromEntries(this.#inCalls))) return;
    this.#inCalls = inCalls;
    this.#changeSoon();
  }

  stop(): void {
    this.#gather.stop();
    this.#settle.stop();
  }

  #changeSoon(): void {
    if (!this.#gather.isRunning) this.#gather.start(GATHER_MS, () => this.#change());
  }

  #change(): void {
    const own = this.#options.own();
    const now = this.#options.clock.elapsed();
    const after: Record<string, Presence> = {};
    let settles = Infinity;
    for (const extension of new Set([...this.#reported.keys(), ...this.#inCalls.keys()])) {
      const reported = this.#reported.get(extension) ?? NOTHING;
      const presence = presenceOf(reported, this.#inCalls.get(extension), now);
      if (presence !== null && EXTENSION.test(extension) && extension !== own) after[extension] = presence;
      if (presence === 'ringing' && reported.activity === 'ringing')
        settles = Math.min(settles, reported.since + RINGING_MS - now);
    }
    if (settles < Infinity) this.#settle.start(settles, () => this.#change());
    if (isSame(this.#current, after)) return;
    this.#current = after;
    this.#options.onChange();
  }
}

function presenceOf(
  { activity, since, chosen, online }: Reported,
  inCall: 'ringing' | 'on-call' | undefined,
  now: number,
): Presence | null {
  if (activity === 'on-call') return 'on-call';
  if (activity === 'ringing') return inCall === 'on-call' || now - since >= RINGING_MS ? 'on-call' : 'ringing';
  if (activity === 'unknown' && inCall !== undefined) return inCall;
  if (online === false) return 'offline';
  if (chosen === 'unknown') return null;
  // Available and on the phone at once is possible, so it takes an idle phone.
  return chosen === 'available' && activity !== 'idle' ? null : chosen;
}

function phonesIn(calls: readonly Call[]): ReadonlyMap<string, 'ringing' | 'on-call'> {
  const phones = new Map<string, 'ringing' | 'on-call'>();
  for (const { caller, callee, state } of calls) {
    // Who calls is on the phone, whether it still rings or not.
    if (isInside(caller)) phones.set(caller.number, 'on-call');
    if (!isInside(callee) || state === 'unknown' || phones.get(callee.number) === 'on-call') continue;
    phones.set(callee.number, state === 'talking' ? 'on-call' : 'ringing');
  }
  return phones;
}

const isInside = ({ number, external }: Party): boolean => external !== true && EXTENSION.test(number);

function isSame(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
