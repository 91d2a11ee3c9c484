import { Draft } from './draft.ts';
import type { Fact, PlacingFact, World } from './facts.ts';
import { overdue, withChanges, withEntries } from './history.ts';
import { liveLegs } from './legs.ts';
import { LIMITS, MOST } from './limits.ts';
import { applyList, applySession } from './list.ts';
import { NOTHING_KNOWN, type Model, type Phone, type Session } from './model.ts';
import { newPlacing } from './placed.ts';
import { applyPhone, applyPush, standIn } from './push.ts';

/**
 * The model after some facts; the same parts of it where nothing changed. Pure. Whatever the source: newer evidence wins
 * over older, an event over a list that was asked for before it, and what an event said to be answered stays answered.
 */
export function reduce(model: Model, facts: readonly Fact[], world: World): Model {
  const draft = new Draft(model, world);
  for (const fact of facts) {
    draft.next('quiet' in fact && fact.quiet);
    apply(draft, fact);
  }
  return draft.model;
}

function apply(draft: Draft, fact: Fact): void {
  switch (fact.type) {
    case 'list':
      draft.learnTime(fact.list.pbxTime);
      applyList(draft, fact);
      confirmed(draft);
      break;
    case 'session':
      applySession(draft, fact);
      break;
    case 'push':
      if (draft.model.listening) heard(draft);
      applyPush(draft, fact.event);
      break;
    case 'status':
      draft.learnTime(fact.status.pbxTime);
      applyPhone(draft, {
        extension: draft.model.own.extension,
        activity: fact.status.activity,
        at: null,
        pushed: false,
      });
      confirmed(draft);
      break;
    case 'list-refused':
      refuse(draft);
      break;
    case 'listening':
      listens(draft, fact.listening);
      break;
    case 'shaken':
      draft.set({ surely: { ...draft.model.surely, doubtUntil: Infinity } });
      break;
    case 'tick':
      tick(draft);
      break;
    case 'reset':
      reset(draft);
      break;
    case 'history':
      draft.set({ history: { ...draft.model.history, readable: fact.readable } });
      break;
    case 'changes':
    case 'entries':
      readHistory(draft, fact);
      break;
    default:
      placing(draft, fact);
  }
}

function readHistory(draft: Draft, fact: Fact & { type: 'changes' | 'entries' }): void {
  const { own, offset, epoch, history, placings, seq } = draft.model;
  const context = { own, offset: offset === null ? 0 : offset + epoch, seq };
  const read =
    fact.type === 'changes'
      ? withChanges(history, fact.changes, { ...context, placings: [...placings.values()] })
      : withEntries(history, fact.cdrs, context);
  draft.set({ history: overdue(read, draft.now, seq) });
}

/** The PBX was asked and answered. */
function confirmed(draft: Draft): void {
  const { doubtUntil } = draft.model.surely;
  draft.set({ surely: { at: draft.now, doubtUntil: doubtUntil === Infinity ? -Infinity : doubtUntil } });
}

/** Push told something. */
function heard(draft: Draft): void {
  const { at, doubtUntil } = draft.model.surely;
  const until = doubtUntil === Infinity ? -Infinity : doubtUntil;
  draft.set({ surely: { at: draft.now >= until ? draft.now : at, doubtUntil: until } });
}

/** What happened while push was away is not told: what is known must show that it is still so. */
function listens(draft: Draft, listening: boolean): void {
  const { now, model } = draft;
  if (!listening && !model.listening) return;
  const by = now + (listening ? LIMITS.confirm : LIMITS.lost);
  const doubt = <T extends { confirmBy: number | null }>(entry: T): T =>
    !listening || entry.confirmBy !== null ? { ...entry, confirmBy: by } : entry;
  for (const session of model.sessions.values()) {
    if (session.heard.seq === 0) continue;
    const after = doubt(session);
    if (after !== session) draft.sessions.set(session.id, after);
  }
  for (const phone of model.phones.values()) draft.phones.set(phone.extension, doubt(phone));
  const doubtUntil = listening ? now + LIMITS.confirm + LIMITS.beat : Infinity;
  draft.set({ listening, doubtedAt: now, surely: { ...draft.model.surely, doubtUntil } });
}

/** What only the list has shown can no longer be kept true; its end will not be seen. */
function refuse(draft: Draft): void {
  const { sessions, listening } = draft.model;
  draft.set({ list: null, refused: true });
  for (const session of sessions.values()) {
    if (session.placing !== null || session.nameless !== null) continue;
    if (session.heard.seq > 0 && session.concernsMe && listening) {
      draft.put({ ...session, inList: false, plain: null }, session);
    } else {
      draft.sessions.delete(session.id);
    }
  }
}

function reset(draft: Draft): void {
  const { seq, own, placings, offset, epoch, listening, talkingTime } = draft.model;
  const surely = { at: draft.now, doubtUntil: -Infinity };
  draft.begin({ ...NOTHING_KNOWN, seq, own, placings, offset, epoch, listening, talkingTime, surely });
}

function tick(draft: Draft): void {
  const { model, now } = draft;
  const { listening, surely } = model;
  if (listening && now >= surely.doubtUntil) draft.set({ surely: { ...surely, at: now } });
  for (const phone of model.phones.values()) tickPhone(draft, phone);
  const listed = now - (model.list?.at ?? -Infinity) < LIMITS.ringing;
  for (const session of model.sessions.values()) {
    if (session.plain === null || !listed) tickSession(draft, session);
  }
  for (const [id, { stamp }] of model.ended) {
    if (now - stamp.at < LIMITS.remembered) break;
    draft.ended.delete(id);
  }
  const history = overdue(draft.model.history, now, draft.model.seq);
  if (history !== draft.model.history) draft.set({ history });
  forgetPlacings(draft);
}

function tickPhone(draft: Draft, phone: Phone): void {
  const { now } = draft;
  const busy = phone.activity === 'ringing' || phone.activity === 'on-call';
  const longest = !busy ? LIMITS.remembered : phone.activity === 'ringing' ? LIMITS.ringing : LIMITS.call;
  const doubted = busy && !draft.listDue && phone.confirmBy !== null && phone.confirmBy <= now;
  if (!doubted && now - (busy ? phone.heardAt : phone.since) < longest) {
    standIn(draft, phone);
    return;
  }
  draft.phones.delete(phone.extension);
  const nameless = draft.model.sessions.get(phone.id);
  if (nameless !== undefined) draft.end(nameless, 'silent');
}

function tickSession(draft: Draft, session: Session): void {
  if (session.nameless !== null) return;
  const { now, model } = draft;
  const listedAt = session.inList ? (model.list?.at ?? -Infinity) : -Infinity;
  const silentFor = now - Math.max(session.heard.at, listedAt);
  const live = liveLegs(session);
  const waits = session.placing !== null && model.placings.get(session.placing)?.status !== 'over';
  if (!session.inList && !waits) {
    const talks = live.some(({ state }) => state === 'talking');
    const doubted = !draft.listDue && session.confirmBy !== null && session.confirmBy <= now;
    if (doubted || silentFor >= (talks || draft.listDue ? LIMITS.call : LIMITS.ringing)) {
      draft.end(session, 'silent');
      return;
    }
  }
  // A phone that nobody has said to ring for so long is not said to ring any more.
  const old = silentFor >= LIMITS.ringing && live.some(({ state }) => state === 'ringing');
  const legs = old
    ? session.legs.map((leg) => (live.includes(leg) ? { ...leg, state: 'unknown' as const } : leg))
    : null;
  if (legs !== null) draft.put({ ...session, legs, plain: null }, session);
  // What lingers is shown no longer.
  else if (live.length === 0) draft.put(session, session);
}

function forgetPlacings(draft: Draft): void {
  const over = [...draft.model.placings.values()].filter(
    ({ status, call, until }) => status === 'over' || (call.end !== null && until <= draft.now),
  );
  for (const { call } of over.slice(0, Math.max(0, over.length - MOST.placings))) draft.placings.delete(call.key);
}

function placing(draft: Draft, fact: PlacingFact): void {
  const { key } = fact;
  const { epoch, seq } = draft.model;
  const claimed = draft.model.placings.get(key)?.claimed ?? null;
  switch (fact.type) {
    case 'placing':
      draft.placings.set(key, newPlacing(fact, { at: draft.now, epoch, seq }));
      return;
    case 'accepted':
      accepted(draft, key, fact.sessionId);
      return;
    case 'refused':
      draft.place(key, fact);
      draft.unclaim(claimed);
      return;
    case 'unanswered':
      draft.place(key, fact);
      if (claimed !== null) draft.place(key, { type: 'adopted', sessionId: claimed });
      return;
    default:
      draft.place(key, fact);
      followEnd(draft, key);
  }
}

/** The PBX gave the id: that settles which session the request is, whatever was supposed before. */
function accepted(draft: Draft, key: string, sessionId: string): void {
  const supposed = draft.model.placings.get(key)?.claimed ?? null;
  const other = [...draft.model.placings.values()].find(
    ({ call, claimed }) => claimed === sessionId && call.key !== key,
  );
  draft.place(key, { type: 'accepted', sessionId });
  // An older request for the number had taken the session: they change places.
  const swapped = supposed !== sessionId && other !== undefined ? supposed : null;
  if (other !== undefined) draft.placings.set(other.call.key, { ...other, claimed: swapped });
  const known = draft.model.sessions.get(sessionId);
  const over = draft.model.ended.get(sessionId);
  if (known === undefined && over !== undefined) {
    draft.place(key, over.record === null ? { type: 'gone' } : { type: 'record', record: over.record });
  } else {
    const mine = { placing: key, concernsMe: true, plain: null };
    draft.put({ ...(known ?? draft.newSession(sessionId)), ...mine }, known);
  }
  if (draft.model.placings.get(key)?.phoneUp === true) draft.place(key, { type: 'phone', activity: 'on-call' });
  const left = supposed === null || supposed === sessionId ? undefined : draft.model.sessions.get(supposed);
  if (left === undefined) return;
  if (swapped === null || other === undefined) draft.unclaim(left.id);
  else draft.put({ ...left, placing: other.call.key, plain: null }, left);
}

/** A placed call that ended otherwise than by its session takes the session with it: no view of it goes on. */
function followEnd(draft: Draft, key: string): void {
  const { sessionId = null, step } = draft.model.placings.get(key)?.call ?? {};
  const session = sessionId === null ? undefined : draft.model.sessions.get(sessionId);
  if (session !== undefined && step === 'ended') draft.end(session, 'here');
}
