import type { Dialect, ListedLeg } from './dialect.ts';
import { DOMAIN } from './office.ts';
import type { Session } from './switchboard.ts';

/**
 * A session as GET /sessions returns it ("List sessions", OpenAPI 22.2). As in the documents, it has no state, direction
 * or callee name. The documents show two forms of empty texts and of timestamps, so legs alternate between them.
 */
export const sessionView = (session: Session, now: number, dialect: Dialect): object => ({
  id: session.id,
  calls: legsOf(session, dialect).map((leg) => legView(session, leg, now, dialect)),
  // An undocumented field, which a client must ignore.
  domain: DOMAIN,
});

function legsOf(session: Session, dialect: Dialect): readonly ListedLeg[] {
  const past = dialect.keepsEndedLegs ? session.past : [];
  return dialect.placedLegs(session) ?? [...past, ...session.legs].toSorted((a, b) => a.serial - b.serial);
}

function legView(session: Session, leg: ListedLeg, now: number, dialect: Dialect): object {
  const seconds = dialect.talkingTime(session, leg, leg.endedAt ?? now);
  return {
    caller: leg.caller,
    caller_display_name: leg.callerName,
    callee: leg.callee,
    trunk: leg.trunk === '' && leg.serial % 2 === 1 ? null : leg.trunk,
    // The documents call it "start of the session", so it is the same for all legs.
    started_at: leg.serial % 3 === 1 ? microseconds(session.startedAt) : wholeSeconds(session.startedAt),
    ...(seconds === null ? {} : { talking_time: dialect.writeSeconds(seconds) }),
    leg: leg.serial,
  };
}

/** RFC 3339 in UTC: 2017-07-21T17:32:28Z */
const wholeSeconds = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');

/** RFC 3339 in UTC: 2017-07-21T17:32:28.120000Z */
export const microseconds = (at: number): string => new Date(at).toISOString().replace(/Z$/, '000Z');
