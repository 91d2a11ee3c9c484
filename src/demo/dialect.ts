import type { Activity, Leg, Session } from './switchboard.ts';

/** What may be subscribed to ("WebSocket pub/sub"). */
export type Topic = 'extension_events' | 'cdr_events';

/** How `subscribe` is answered. `silent`: granted without an answer. `ignored`: neither granted nor answered. */
export type Subscription = 'acknowledged' | 'silent' | 'refused' | 'ignored';

/** A leg as the session list has it. Times in ms since 1970. */
export type ListedLeg = Pick<Leg, 'serial' | 'caller' | 'callerName' | 'callee' | 'trunk' | 'answeredAt' | 'endedAt'>;

/** What is said of a phone: GET /user/status has the first two, `extension_call` the third. */
export interface PhoneStatus {
  status: string;
  presence: string;
  /** Null: this is not pushed. */
  callStatus: string | null;
}

/** How the history records a phone that stopped ringing because another one took the call. */
export interface ElsewhereEntry {
  /** `end_reason` */
  reason: string;
  /** `status_code` */
  statusCode: number;
}

/**
 * How a PBX describes its calls: where releases differ, and where the documents say nothing. The calls themselves are
 * the same in every dialect. The demo office has `DEMO_DIALECT`; the tests have others.
 */
export interface Dialect {
  /** Whether GET /sessions has this session (yet). */
  isListed(session: Session): boolean;
  /** The legs of a session that POST /sessions placed; null: as those of any other. */
  placedLegs(session: Session): readonly ListedLeg[] | null;
  /** Whether a leg that is over stays in the list until its call is over. */
  keepsEndedLegs: boolean;
  /** `talking_time` in seconds; null leaves the field out. `now` is the end of a leg that is over. */
  talkingTime(session: Session, leg: ListedLeg, now: number): number | null;
  /** How seconds are written in the list. */
  writeSeconds(seconds: number): number | string;

  /** How the state of a phone is reported. */
  phone: Record<Activity, PhoneStatus>;
  /** Whether `extension_call` is pushed when a phone is picked up. */
  pushesAnswers: boolean;

  /** What opens the WebSocket interface. Only the wording of a refusal hints at tokens. */
  pushTakes: readonly ('token' | 'password')[];
  subscriptions: Record<Topic, Subscription>;
  /** Whether `extension_status` follows a subscription that was granted. */
  snapshot: boolean;

  /** The entry of a phone that stopped ringing because another one took the call; null: it has none. */
  elsewhere: ElsewhereEntry | null;
  /** `end_reason` of the history. Before 22.5.1 it was wrong where the callee hung up (release notes). */
  endReason(reason: string): string;
  /** Whether the entries of a call come when each leg ends, or all together when the call is over. */
  writesEntries: 'by-leg' | 'by-call';
}

/** Release 22.3 has other values for what a phone does than those before ("Summary of changes", 22.3). */
const STATUS_22_3: Dialect['phone'] = {
  idle: { status: 'ONLINE', presence: 'ONLINE', callStatus: '' },
  // That `status`, which has no value for ringing, stays ONLINE meanwhile is a guess.
  ringing: { status: 'ONLINE', presence: 'RINGING', callStatus: 'RINGING' },
  talking: { status: 'OTHER_CALL', presence: 'OTHER_CALL', callStatus: 'ON_CALL' },
};

/** Where it guesses: the answer to a subscription, and what the comments in it say. */
export const DEMO_DIALECT: Dialect = {
  isListed: () => true,
  placedLegs: () => null,
  keepsEndedLegs: false,
  /**
   * Started seconds count, so that an answered leg never says 0: that is all that tells ringing from talking.
   * Whether PortSIP rounds up or down is not documented.
   */
  talkingTime: (_session, { answeredAt }, now) =>
    answeredAt === null ? 0 : Math.max(1, Math.ceil((now - answeredAt) / 1000)),
  writeSeconds: (seconds) => seconds,
  phone: STATUS_22_3,
  pushesAnswers: true,
  pushTakes: ['token', 'password'],
  subscriptions: { extension_events: 'acknowledged', cdr_events: 'acknowledged' },
  snapshot: true,
  elsewhere: null,
  endReason: (reason) => reason,
  writesEntries: 'by-leg',
};
