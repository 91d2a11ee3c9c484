import { DOMAIN } from './office.ts';
import type { Leg, Session } from './switchboard.ts';

/** Whether legs carry `talking_time`; one published page of the 22.0 API leaves the field out. */
export type TalkingTime = 'always' | 'sometimes' | 'never';

/**
 * A session as GET /sessions gives it ("List sessions", OpenAPI 22.2). There is no state, direction or name
 * of the callee in it: that is how the real one is. The documents disagree with themselves on blanks and on
 * timestamps, so both spellings of each occur, by the leg's number.
 */
export const sessionView = (session: Session, now: number, talkingTime: TalkingTime): object => ({
  id: session.id,
  calls: session.legs.map((leg) => legView(session, leg, now, talkingTime)),
  // Not in the documents: a client must not mind.
  domain: DOMAIN,
});

const legView = (session: Session, leg: Leg, now: number, talkingTime: TalkingTime): object => ({
  caller: leg.caller,
  caller_display_name: leg.callerName,
  callee: leg.callee,
  trunk: leg.trunk === '' && leg.serial % 2 === 1 ? null : leg.trunk,
  // "Start of the session", so it is the same for all its legs.
  started_at: leg.serial % 3 === 1 ? microseconds(session.startedAt) : seconds(session.startedAt),
  ...(showsTalkingTime(leg, talkingTime) ? { talking_time: talkingSeconds(leg, now) } : {}),
  leg: leg.serial,
});

const showsTalkingTime = (leg: Leg, talkingTime: TalkingTime): boolean =>
  talkingTime === 'always' || (talkingTime === 'sometimes' && leg.serial % 3 !== 0);

/**
 * Started seconds count, so that an answered leg never says 0: that is all that tells ringing from talking.
 * Whether PortSIP rounds up or down is not documented.
 */
export const talkingSeconds = (leg: Leg, now: number): number =>
  leg.answeredAt === null ? 0 : Math.max(1, Math.ceil((now - leg.answeredAt) / 1000));

/** RFC 3339 in UTC: 2017-07-21T17:32:28Z */
const seconds = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');

/** RFC 3339 in UTC: 2017-07-21T17:32:28.120000Z */
export const microseconds = (at: number): string => new Date(at).toISOString().replace(/Z$/, '000Z');
