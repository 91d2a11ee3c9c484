import type { Call, CallDirection, CallState, Party } from '../../shared/call.ts';
import { compareText, plausibleTime, shownLegs, type Moment } from './legs.ts';
import { LIMITS } from './limits.ts';
import type { Leg, RingPath, Session } from './model.ts';
import type { OwnPhones } from './own-numbers.ts';
import { readPlaced } from './placed.ts';
import { sameNumber } from '../../shared/same-number.ts';

export interface ViewContext extends Moment {
  /** The offset is not the one of the fact before. */
  offsetChanged: boolean;
  /** What is new is listed and not announced. */
  quiet: boolean;
  /** Where the list is refused, calls that never had to do with me are left out. */
  onlyMine: boolean;
  /** Of a session that was placed here. */
  placed?: { dialled: string; phone: string; phoneUp: boolean };
}

type Seen = Pick<Call, 'mine' | 'direction' | 'state' | 'caller' | 'callee' | 'other' | 'trunk' | 'placedHere'>;

/** What the legs of a session say at one moment. */
interface Reading {
  seen: Seen;
  /** Of the leg that speaks for the call. */
  legKey: string;
  /** Monotonic ms; null when that leg does not talk, or since when is not known. */
  answeredAt: number | null;
  /** The leg that rings, or rang, one of my phones. */
  toMe: 'absent' | CallState;
  withMe: boolean;
  /** Keys of the legs that do not ring: an answer to one of these counted, or was never seen. */
  notRinging: string[];
  talkingElsewhere: string[];
}

/**
 * What is shown of a session, and what has happened to it since it was shown last. The same object when that is nothing.
 * A session has no state of its own: the leg answered last speaks for it, and while none was, the one that began last.
 */
export function settle(session: Session, context: ViewContext): Session {
  const legs = shownLegs(session, context.own, context.stamp.at);
  const [first] = legs;
  // A session without legs says nothing: a known call stays as it was, an unknown one is not one yet.
  if (first === undefined && session.placing === null) return session;
  if (context.onlyMine && !session.concernsMe) return hidden(session, legs);
  const before = session.call;
  const reading = context.placed === undefined ? read(legs, session, context.own) : readOwnCall(legs, context);
  const call = callOf(session, reading, legs, context);
  const answered = call.state === 'talking' && !session.told.includes(reading.legKey);
  const ringsMe = (reading.toMe === 'ringing' || reading.toMe === 'unknown') && !call.placedHere;
  const forMe = ringsMe && (before === null || !session.atMe);
  const after: Session = {
    ...session,
    call,
    legKey: reading.legKey,
    sortAt: before === null ? call.startedAt : session.sortAt,
    quiet: before === null ? context.quiet : session.quiet,
    bornAt: before === null ? context.stamp.seq : session.bornAt,
    concernsMe: session.concernsMe || call.mine,
    withMe: reading.withMe,
    atMe: reading.toMe !== 'absent' && !call.placedHere,
    rings: session.rings + Number(forMe),
    ring: forMe ? pathOf(session, legs, context.own) : session.ring,
    answers: session.answers + Number(answered),
    told: sameTexts(session.told, [
      ...reading.notRinging.filter((key) => session.told.includes(key)),
      ...(answered ? [reading.legKey] : []),
    ]),
    rangMe: reading.toMe === 'ringing' && !call.placedHere ? call : session.rangMe,
    mayHaveRung: session.mayHaveRung || (reading.toMe === 'unknown' && !call.placedHere),
    answeredByMe: session.answeredByMe || reading.toMe === 'talking',
    answeredElsewhere: session.answeredElsewhere || tookItElsewhere(session, reading),
    answeredBefore: forMe ? reading.notRinging : session.answeredBefore,
    answered: answeredLegs(session, legs),
    talk: talkOf(session, call, reading, context),
  };
  return before !== null && sameSession(session, after) ? session : after;
}

/** It is not shown; should it come to me, it is known who had it before. */
function hidden(session: Session, legs: readonly Leg[]): Session {
  const answered = answeredLegs(session, legs);
  return session.call === null && answered === session.answered ? session : { ...session, call: null, answered };
}

/** Live calls: ringing for me, then my others, then the rest; each in the order in which they began. */
export function inOrder(sessions: Iterable<Session>, before: readonly Call[]): Call[] {
  const shown: (Session & { call: Call })[] = [];
  for (const session of sessions) if (session.call !== null) shown.push(session as Session & { call: Call });
  const calls = shown.sort(compareSessions).map(({ call }) => call);
  const same = calls.length === before.length && calls.every((call, index) => call === before[index]);
  return same ? (before as Call[]) : calls;
}

function compareSessions(a: Session & { call: Call }, b: Session & { call: Call }): number {
  return rank(a.call) - rank(b.call) || a.sortAt - b.sortAt || compareText(a.id, b.id);
}

function rank({ mine, state }: Call): number {
  if (!mine) return 2;
  return state === 'ringing' ? 0 : 1;
}

const TO_ME: readonly Reading['toMe'][] = ['absent', 'unknown', 'ringing', 'talking'];

function read(legs: readonly Leg[], session: Session, own: OwnPhones): Reading {
  const mine = legs.filter((leg) => leg.toMe || leg.fromMe);
  const active = activeLeg(mine.length > 0 ? mine : legs, session.legKey);
  const trunk = trunkOf(active, legs, mine.length > 0);
  const certain = session.nameless === null || session.nameless.certain;
  const direction = certain ? directionOf(active, trunk, own) : 'unknown';
  const caller = partyOf(active, session);
  const callee: Party = { number: active.callee, name: '' };
  return {
    seen: {
      mine: mine.length > 0,
      direction,
      state: active.state,
      caller,
      callee,
      other: mine.length > 0 && (direction === 'outgoing' || !certain) ? callee : caller,
      trunk,
      placedHere: false,
    },
    legKey: active.key,
    answeredAt: active.state === 'talking' ? active.answeredAt : null,
    ...factsOf(legs),
  };
}

/** A session that this program placed: from me to the dialled number, whatever its legs look like meanwhile. */
function readOwnCall(legs: readonly Leg[], { own, placed }: ViewContext): Reading {
  const { dialled = '', phone = '', phoneUp = false } = placed ?? {};
  const evidence = readPlaced(legs, { dialled, phone, phoneUp });
  const callee: Party = { number: dialled, name: '' };
  const known = legs.some(({ state }) => state !== 'unknown');
  return {
    seen: {
      mine: true,
      direction: 'outgoing',
      state: evidence.other === 'talking' ? 'talking' : known ? 'ringing' : 'unknown',
      caller: { number: own.extension, name: '' },
      callee,
      other: callee,
      trunk: legs.find(({ trunk }) => trunk !== '')?.trunk ?? '',
      placedHere: true,
    },
    legKey: 'placed',
    answeredAt: evidence.answeredAt,
    ...factsOf(legs),
    notRinging: ['placed'],
  };
}

function factsOf(legs: readonly Leg[]): Pick<Reading, 'toMe' | 'withMe' | 'notRinging' | 'talkingElsewhere'> {
  const found: ReturnType<typeof factsOf> = { toMe: 'absent', withMe: false, notRinging: [], talkingElsewhere: [] };
  for (const leg of legs) {
    if (leg.state !== 'ringing') found.notRinging.push(leg.key);
    if (leg.toMe) {
      if (TO_ME.indexOf(leg.state) > TO_ME.indexOf(found.toMe)) found.toMe = leg.state;
    } else if (leg.state === 'talking') {
      found.talkingElsewhere.push(leg.key);
    }
    found.withMe ||= leg.toMe || leg.fromMe;
  }
  return found;
}

/** The leg answered last; while none was, the one that began last. Equals do not take turns. */
function activeLeg(legs: readonly Leg[], before: string): Leg {
  const [first] = legs;
  if (first === undefined) throw new Error('a session is read by its legs');
  if (legs.length === 1) return first;
  const talking = legs.filter(({ state }) => state === 'talking');
  if (talking.length > 0) {
    const latest = Math.max(...talking.map(({ answeredAt }) => answeredAt ?? -Infinity));
    return settled(
      talking.filter(
        ({ answeredAt }) => (answeredAt ?? -Infinity) > latest - LIMITS.sameMoment || talking.length === 1,
      ),
      before,
      first,
    );
  }
  const ringing = legs.filter(({ state }) => state === 'ringing');
  return settled(ringing.length > 0 ? ringing : legs, before, first);
}

function settled(legs: readonly Leg[], before: string, otherwise: Leg): Leg {
  const same = legs.find(({ key }) => key === before);
  if (same !== undefined) return same;
  return legs.toSorted((a, b) => (b.startedAt ?? 0) - (a.startedAt ?? 0) || compareText(a.key, b.key))[0] ?? otherwise;
}

/** The trunk of a call of mine is that of its way to me: in a conference that of another guest is not. */
function trunkOf(active: Leg, legs: readonly Leg[], mine: boolean): string {
  if (active.trunk !== '' || legs.length === 1) return active.trunk;
  const onTheWay = ({ from, to }: Leg): boolean => !mine || from === active.from || to === active.from;
  return legs.find((leg) => leg.trunk !== '' && onTheWay(leg))?.trunk ?? '';
}

function partyOf(leg: Leg, session: Session): Party {
  const fromPush = leg.caller === session.caller || leg.caller === '';
  const name = leg.callerName === '' && fromPush ? session.callerName : leg.callerName;
  return { number: leg.caller === '' ? session.caller : leg.caller, name };
}

const LONGEST_EXTENSION = 6;

/**
 * The API has no direction. For my calls it is seen from me, whoever is on the other side; for colleagues' calls from
 * the company: two extensions and no trunk are internal, else the side that is no extension is outside.
 */
function directionOf(leg: Leg, trunk: string, own: OwnPhones): CallDirection {
  if (leg.toMe) return 'incoming';
  if (leg.fromMe) return 'outgoing';
  const caller = sideOf(leg.from, own);
  const callee = sideOf(leg.to, own);
  if (trunk === '' && caller === 'extension' && callee === 'extension') return 'internal';
  if (caller === 'extension' && callee === 'outside') return 'outgoing';
  if (caller === 'outside' && callee === 'extension') return 'incoming';
  // Only callers hide their number, and a trunk says that this one is not in the house.
  if (caller === 'hidden' && callee === 'extension' && trunk !== '') return 'incoming';
  return 'unknown';
}

function sideOf(number: string, own: OwnPhones): 'extension' | 'outside' | 'hidden' {
  if (number === '') return 'hidden';
  if (!/^[0-9*#]+$/.test(number)) return number.startsWith('+') ? 'outside' : 'extension';
  return number.length <= Math.max(LONGEST_EXTENSION, own.extension.length) ? 'extension' : 'outside';
}

function callOf(session: Session, { seen, answeredAt }: Reading, legs: readonly Leg[], context: ViewContext): Call {
  const before = session.call;
  const call: Call = {
    id: session.id,
    ...seen,
    startedAt: startOf(session, legs, context),
    answeredAt: seen.state === 'talking' && answeredAt !== null ? Math.round(answeredAt + context.epoch) : null,
  };
  return before !== null && sameCall(before, call) ? before : call;
}

/** A session begins once: other legs and the noise of clocks do not change it, an earlier time or a set clock does. */
function startOf(session: Session, legs: readonly Leg[], { stamp, offset, epoch, offsetChanged }: ViewContext): number {
  let pbxTime = plausibleTime(session.startedAt);
  for (const { startedAt } of legs) {
    if (startedAt !== null) pbxTime = Math.min(pbxTime ?? startedAt, startedAt);
  }
  const now = stamp.at + epoch;
  const begun = pbxTime === null ? null : Math.round(Math.min(pbxTime + offset + epoch, now));
  const known = session.call?.startedAt;
  if (known === undefined) return begun ?? Math.round(now);
  if (begun === null) return known;
  const trusted = offsetChanged || begun < known;
  return trusted && Math.abs(begun - known) > LIMITS.noise ? begun : known;
}

/** Whether a person passed the call on, and which queue or menu it came through. */
function pathOf(session: Session, legs: readonly Leg[], own: OwnPhones): RingPath {
  const live = new Set(legs.map(({ key }) => key));
  // A queue or a menu stays on the call while it rings me; who passes a call on leaves it sooner or later.
  const passedOn = session.answered.filter(({ key, by }) => by === 'person' || (by === 'unknown' && !live.has(key)));
  const through = session.answered.findLast(({ by, key }) => by === 'machine' || (by === 'unknown' && live.has(key)));
  const { callee: dialled } = session;
  const isPhone = session.legs.some(({ to, target }) => target && sameNumber(to, dialled));
  const queue = through?.callee ?? (isPhone || own.has(dialled) ? '' : dialled);
  return { transferred: !session.withMe && passedOn.length > 0, via: queue };
}

/** A person's phone rings before it is answered; a queue or a menu answers at once. */
const PERSON_MS = 1_000;

function answeredLegs({ answered }: Session, legs: readonly Leg[]): Session['answered'] {
  const fresh = legs.filter(
    ({ toMe, fromMe, state, key }) =>
      !toMe && !fromMe && state === 'talking' && !answered.some((known) => known.key === key),
  );
  if (fresh.length === 0) return answered;
  return [...answered, ...fresh.map((leg) => ({ key: leg.key, callee: leg.callee, by: whoAnswered(leg) }))].slice(
    -MOST_ANSWERED,
  );
}

function whoAnswered({ rangAt, answeredAt, target }: Leg): Session['answered'][number]['by'] {
  if (rangAt === null || answeredAt === null) return target ? 'person' : 'unknown';
  return answeredAt - rangAt >= PERSON_MS ? 'person' : 'machine';
}

const MOST_ANSWERED = 64;

function tookItElsewhere(session: Session, reading: Reading): boolean {
  if ((session.rangMe === null && !session.mayHaveRung) || reading.toMe !== 'absent') return false;
  return reading.talkingElsewhere.some((key) => !session.answeredBefore.includes(key));
}

/** My talk goes on where the call is still mine; once it left me it keeps its end. */
function talkOf(session: Session, call: Call, reading: Reading, { stamp }: ViewContext): Session['talk'] {
  const { talk } = session;
  const talks = call.mine && call.state === 'talking' && !call.placedHere;
  if (talks) {
    const from = talk?.until === null || talk === null ? reading.answeredAt : (talk.from ?? reading.answeredAt);
    const same = talk !== null && talk.call === call && talk.from === from && talk.until === null;
    return same ? talk : { call, from, until: null };
  }
  const left = talk !== null && talk.until === null && !call.mine;
  return left ? { ...talk, until: stamp.at } : talk;
}

function sameTexts(before: readonly string[], after: readonly string[]): readonly string[] {
  return before.length === after.length && before.every((text, index) => text === after[index]) ? before : after;
}

/** Of what `settle` works out. */
function sameSession(a: Session, b: Session): boolean {
  return (
    a.call === b.call &&
    a.legKey === b.legKey &&
    a.concernsMe === b.concernsMe &&
    a.withMe === b.withMe &&
    a.atMe === b.atMe &&
    a.rings === b.rings &&
    a.answers === b.answers &&
    a.told === b.told &&
    a.rangMe === b.rangMe &&
    a.mayHaveRung === b.mayHaveRung &&
    a.answeredByMe === b.answeredByMe &&
    a.answeredElsewhere === b.answeredElsewhere &&
    a.answeredBefore === b.answeredBefore &&
    a.answered === b.answered &&
    a.talk === b.talk
  );
}

export function sameCall(a: Call, b: Call): boolean {
  return (
    a.mine === b.mine &&
    a.direction === b.direction &&
    a.state === b.state &&
    a.trunk === b.trunk &&
    a.startedAt === b.startedAt &&
    a.answeredAt === b.answeredAt &&
    a.placedHere === b.placedHere &&
    identical(a.caller, b.caller) &&
    identical(a.callee, b.callee) &&
    identical(a.other, b.other)
  );
}

const identical = (a: Party, b: Party): boolean => a.number === b.number && a.name === b.name;
