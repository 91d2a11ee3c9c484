import type { Call, CallEvent, Party } from '../../shared/call.ts';
import type { SessionReading } from './read-session.ts';
import { sameNumber } from './same-number.ts';
import type { SeenLegs } from './seen-legs.ts';

/** What the tracker keeps of a live session between two looks. */
export interface TrackedSession {
  call: Call;
  seen: SeenLegs;
  legKey: string;
  /** Place in the list: when it was first seen to have begun. Later corrections of `startedAt` do not move it. */
  sortAt: number;
  withMe: boolean;
  /** A leg to me is there and has been dealt with. */
  atMe: boolean;
  /** The call as it was when it was last seen to ring me (talking time 0), so that it can be missed; null before. */
  rangMe: Call | null;
  answeredByMe: boolean;
  answeredElsewhere: boolean;
  /** Legs answered when it began to ring me: their talking is not an answer to that. */
  answeredBefore: ReadonlySet<string>;
  /** Legs whose answer has been told. One that goes, or rings again, can be answered again. */
  told: ReadonlySet<string>;
}

export interface Moment {
  /** ms since 1970. */
  now: number;
  /** What to add to a time of the PBX's clock to get this computer's, in ms. */
  offset: number;
  /** The offset is not the one of the look before. */
  offsetChanged: boolean;
  /** What is new is listed and not announced. */
  quiet: boolean;
}

/** Clocks count in whole seconds and answers travel: differences up to this are noise, in ms. */
const NOISE_MS = 3_000;

/** One session, one look later: what is kept of it now, and what happened. */
export function advanceSession(
  before: TrackedSession | null,
  id: string,
  reading: SessionReading,
  seen: SeenLegs,
  moment: Moment,
): [TrackedSession, CallEvent[]] {
  const call = callOf(before, id, reading, moment);
  const { placedHere } = call;
  const ringsMe = (reading.toMe === 'ringing' || reading.toMe === 'unknown') && !placedHere;
  const forMe = ringsMe && before?.atMe !== true;
  const answered = call.state === 'talking' && before?.told.has(reading.legKey) !== true;

  const after: TrackedSession = {
    call,
    seen,
    legKey: reading.legKey,
    sortAt: before?.sortAt ?? call.startedAt,
    withMe: reading.withMe,
    atMe: reading.toMe !== 'absent' && !placedHere,
    rangMe: reading.toMe === 'ringing' && !placedHere ? call : (before?.rangMe ?? null),
    answeredByMe: before?.answeredByMe === true || reading.toMe === 'talking',
    answeredElsewhere: before?.answeredElsewhere === true || tookItElsewhere(before, reading),
    answeredBefore: forMe ? new Set(reading.talkingElsewhere) : (before?.answeredBefore ?? NONE),
    told: new Set([
      ...reading.notRinging.filter((key) => before?.told.has(key)),
      ...(answered ? [reading.legKey] : []),
    ]),
  };

  const events: CallEvent[] = [];
  if (before !== null || !moment.quiet) {
    if (before === null) events.push({ type: 'appeared', call });
    else if (movedOn(before.call, call)) events.push({ type: 'moved', call });
    if (forMe) events.push({ type: 'for-me', call, transferred: before !== null && !before.withMe });
    if (answered) events.push({ type: 'answered', call });
  }
  return [after, events];
}

/** Would a look at which the call talks for so many seconds, and which shows nothing else that is new, change nothing? */
export function staysAsItIs({ call }: TrackedSession, talking: number | null, moment: Moment): boolean {
  if (moment.offsetChanged) return false;
  if (talking === null || call.answeredAt === null) return talking === null && call.answeredAt === null;
  return isNoise(moment.now - talking * 1000 - call.answeredAt);
}

/**
 * The session is gone. `ended` always comes; `missed` follows it for a call that was seen to ring me, that I did not
 * answer and that nobody else took over; its call is the one that rang me, wherever it went afterwards. Where the PBX
 * gives no talking times, nothing is called missed. `at`: ms since 1970.
 */
export function endSession(session: TrackedSession, at: number): CallEvent[] {
  const { call, rangMe, answeredByMe, answeredElsewhere } = session;
  const events: CallEvent[] = [{ type: 'ended', call, at }];
  const missed = rangMe !== null && !call.placedHere && !answeredByMe && !answeredElsewhere;
  if (missed) events.push({ type: 'missed', call: rangMe, at });
  return events;
}

const NONE: ReadonlySet<string> = new Set();

function tookItElsewhere(before: TrackedSession | null, reading: SessionReading): boolean {
  if (before === null || before.rangMe === null || reading.toMe !== 'absent') return false;
  return reading.talkingElsewhere.some((key) => !before.answeredBefore.has(key));
}

function movedOn(before: Call, after: Call): boolean {
  return !sameParty(before.callee, after.callee) || !sameParty(before.other, after.other);
}

function sameParty(a: Party, b: Party): boolean {
  return a.number === b.number || sameNumber(a.number, b.number);
}

/** The call as the window shows it; the same object as before when nothing about it changed. */
function callOf(before: TrackedSession | null, id: string, reading: SessionReading, moment: Moment): Call {
  const call: Call = {
    id,
    ...reading.seen,
    startedAt: startOf(before, reading.startedAt, moment),
    answeredAt: answerOf(before, reading, moment.now),
  };
  return before !== null && sameCall(before.call, call) ? before.call : call;
}

/** A session begins once: other legs and the noise of clocks do not change it, an earlier time or a set clock does. */
function startOf(before: TrackedSession | null, pbxTime: number | null, moment: Moment): number {
  const begun = pbxTime === null ? null : Math.min(pbxTime + moment.offset, moment.now);
  if (before === null) return begun ?? moment.now;
  const known = before.call.startedAt;
  if (begun === null) return known;
  const trusted = moment.offsetChanged || begun < known;
  return trusted && !isNoise(begun - known) ? begun : known;
}

function answerOf(before: TrackedSession | null, reading: SessionReading, now: number): number | null {
  if (reading.seen.state !== 'talking' || reading.talking === null) return null;
  const answered = now - reading.talking * 1000;
  const known = before?.legKey === reading.legKey ? before.call.answeredAt : null;
  return known !== null && isNoise(answered - known) ? known : answered;
}

const isNoise = (ms: number): boolean => Math.abs(ms) <= NOISE_MS;

function sameCall(a: Call, b: Call): boolean {
  return (
    a.mine === b.mine &&
    a.direction === b.direction &&
    a.state === b.state &&
    a.trunk === b.trunk &&
    a.startedAt === b.startedAt &&
    a.answeredAt === b.answeredAt &&
    a.placedHere === b.placedHere &&
    identicalParty(a.caller, b.caller) &&
    identicalParty(a.callee, b.callee) &&
    identicalParty(a.other, b.other)
  );
}

function identicalParty(a: Party, b: Party): boolean {
  return a.number === b.number && a.name === b.name;
}
