import type { Activity, Leg, Session } from './switchboard.ts';

/** The topics of a subscription ("WebSocket pub/sub"). */
export type Topic = 'extension_events' | 'cdr_events';

/** The answer to `subscribe`. `silent`: granted without an answer. `ignored`: neither granted nor answered. */
export type Subscription = 'acknowledged' | 'silent' | 'refused' | 'ignored';

/** A leg in the session list. Times in ms since 1970. */
export type ListedLeg = Pick<Leg, 'serial' | 'caller' | 'callerName' | 'callee' | 'trunk' | 'answeredAt' | 'endedAt'>;

/** The state of a phone: GET /user/status returns the first two fields, `extension_call` the third. */
export interface PhoneStatus {
  status: string;
  presence: string;
  /** Null: not pushed. */
  callStatus: string | null;
}

/** The history entry of a phone that stopped ringing because another one answered. */
export interface ElsewhereEntry {
  /** `end_reason` */
  reason: string;
  /** `status_code` */
  statusCode: number;
}

/**
 * How a PBX describes its calls, as far as releases differ or the documents are silent. The calls themselves are the
 * same in every dialect. The demo office has `DEMO_DIALECT`; the tests have others.
 */
export interface Dialect {
  /** Whether GET /sessions has this session (yet). */
  isListed(session: Session): boolean;
  /** The legs of a session that POST /sessions placed; null: like those of any other session. */
  placedLegs(session: Session): readonly ListedLeg[] | null;
  /** Whether an ended leg stays in the list until its call ends. */
  keepsEndedLegs: boolean;
  /** `talking_time` in seconds; null leaves the field out. For an ended leg `now` is its end. */
  talkingTime(session: Session, leg: ListedLeg, now: number): number | null;
  /** The format of seconds in the list. */
  writeSeconds(seconds: number): number | string;

  /** The state of a phone. */
  phone: Record<Activity, PhoneStatus>;
  /** Whether `extension_call` is pushed when a phone is picked up. */
  pushesAnswers: boolean;

  /** Which credentials push accepts. Tokens are a guess from the wording of a refusal. */
  pushTakes: readonly ('token' | 'password')[];
  subscriptions: Record<Topic, Subscription>;
  /** Whether `extension_status` follows a subscription that was granted. */
  snapshot: boolean;

  /** The entry of a phone that stopped ringing because another one answered; null: no entry. */
  elsewhere: ElsewhereEntry | null;
  /** `end_reason` of the history. Before 22.5.1 it was wrong when the callee hung up (release notes). */
  endReason(reason: string): string;
  /** Whether an entry is written when its leg ends, or all entries when the call ends. */
  writesEntries: 'by-leg' | 'by-call';
}

/** Release 22.3 changed the values for the state of a phone ("Summary of changes", 22.3). */
const STATUS_22_3: Dialect['phone'] = {
  idle: { status: 'ONLINE', presence: 'ONLINE', callStatus: '' },
  // A guess: `status`, which has no value for ringing, stays ONLINE.
  ringing: { status: 'ONLINE', presence: 'RINGING', callStatus: 'RINGING' },
  talking: { status: 'OTHER_CALL', presence: 'OTHER_CALL', callStatus: 'ON_CALL' },
};

/** Guesses: the answer to a subscription, and those in the comments below. */
export const DEMO_DIALECT: Dialect = {
  isListed: () => true,
  placedLegs: () => null,
  keepsEndedLegs: false,
  /**
   * Rounds up, so that an answered leg is never 0: only this distinguishes ringing from talking. Whether PortSIP rounds
   * up or down is not documented.
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
