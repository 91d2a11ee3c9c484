import type { Activity, Leg, Session } from './switchboard.ts';

/** The topics of a subscription ("WebSocket pub/sub"). */
export type Topic = 'extension_events' | 'cdr_events';

/**
 * How the PBX handles `subscribe`. `acknowledged`: grants and answers. `silent`: grants without an answer. `ignored`:
 * neither grants nor answers.
 */
export type Subscription = 'acknowledged' | 'silent' | 'refused' | 'ignored';

/** A leg in the session list. Times in ms since 1970. */
export type ListedLeg = Pick<Leg, 'serial' | 'caller' | 'callerName' | 'callee' | 'trunk' | 'answeredAt' | 'endedAt'>;

/** The state of a phone: GET /user/status returns the first two fields, `extension_call` the third. */
export interface PhoneStatus {
  status: string;
  presence: string;
  /** Null if push does not report it. */
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
 * How a PBX describes its calls. A dialect covers what differs between releases or what the documents do not say; the
 * calls themselves are the same in every dialect. The demo office uses `DEMO_DIALECT`, and the tests use others.
 */
export interface Dialect {
  /** Whether GET /sessions already contains this session. */
  isListed(session: Session): boolean;
  /** The listed legs of a session that POST /sessions placed; null if they are like those of any other session. */
  placedLegs(session: Session): readonly ListedLeg[] | null;
  /** Whether an ended leg stays in the list until its call ends. */
  keepsEndedLegs: boolean;
  /** `talking_time` in seconds; null if the list has no such field. For an ended leg, `now` is its end. */
  talkingTime(session: Session, leg: ListedLeg, now: number): number | null;
  /** The format of seconds in the list. */
  writeSeconds(seconds: number): number | string;

  /** The state of a phone. */
  phone: Record<Activity, PhoneStatus>;
  /** Whether `extension_call` is pushed when a phone is picked up. */
  pushesAnswers: boolean;

  /** The credentials that push accepts. That it accepts tokens is a guess from the text of a refusal. */
  pushTakes: readonly ('token' | 'password')[];
  subscriptions: Record<Topic, Subscription>;
  /** Whether the extensions of colleagues may be subscribed to: from 22.3 on that takes Users: View Only. */
  watchesColleagues: boolean;
  /** Whether the PBX sends `extension_status` after it has granted a subscription. */
  snapshot: boolean;

  /** The history entry of a phone that stopped ringing because another one answered; null for no entry. */
  elsewhere: ElsewhereEntry | null;
  /** `end_reason` of the history. Before 22.5.1 it was wrong when the callee hung up (release notes). */
  endReason(reason: string): string;
  /** Whether an entry is written when its leg ends, or all entries when the call ends. */
  writesEntries: 'by-leg' | 'by-call';
}

/** Release 22.3 changed the values for the state of a phone ("Summary of changes", 22.3). */
const STATUS_22_3: Dialect['phone'] = {
  idle: { status: 'ONLINE', presence: 'ONLINE', callStatus: '' },
  // `status` has no value for ringing. We guess that it stays ONLINE.
  ringing: { status: 'ONLINE', presence: 'RINGING', callStatus: 'RINGING' },
  talking: { status: 'OTHER_CALL', presence: 'OTHER_CALL', callStatus: 'ON_CALL' },
};

/** The dialect of the demo office. That push answers a subscription is a guess; other guesses have a comment. */
export const DEMO_DIALECT: Dialect = {
  isListed: () => true,
  placedLegs: () => null,
  keepsEndedLegs: false,
  /**
   * Rounds up, so that an answered leg never has 0, which is the time of a ringing leg. How PortSIP rounds is not
   * documented.
   */
  talkingTime: (_session, { answeredAt }, now) =>
    answeredAt === null ? 0 : Math.max(1, Math.ceil((now - answeredAt) / 1000)),
  writeSeconds: (seconds) => seconds,
  phone: STATUS_22_3,
  pushesAnswers: true,
  pushTakes: ['token', 'password'],
  subscriptions: { extension_events: 'acknowledged', cdr_events: 'acknowledged' },
  watchesColleagues: true,
  snapshot: true,
  elsewhere: null,
  endReason: (reason) => reason,
  writesEntries: 'by-leg',
};
