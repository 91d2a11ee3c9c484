import type { World } from './facts.ts';
import { decide, verdictOn } from './history.ts';
import { liveLegs, plausibleTime, withOwn, type Moment } from './legs.ts';
import { LIMITS, MOST } from './limits.ts';
import {
  isNameless,
  NEW_SESSION,
  type EndRecord,
  type Ended,
  type Model,
  type Phone,
  type Placing,
  type Session,
  type Stamp,
} from './model.ts';
import { advance, looksPlaced, mayRing, type PlacedInput } from './placed.ts';
import { settle, type ViewContext } from './view.ts';

/** A model while facts are applied to it: maps are copied once for all of them. */
export class Draft {
  readonly world: World;
  #model: Model;
  readonly #own = new Set<MapName>();
  #offsetChanged = false;
  /** What a session is read with; the same one until something of it changes. */
  #context: Omit<ViewContext, 'placed'> | null = null;
  #quiet = false;

  constructor(model: Model, world: World) {
    this.world = world;
    this.#model = { ...model, own: model.own.readAnew(world.own) };
    this.#setClock(world.wall - world.now);
    if (this.#model.own !== model.own) this.#ownChanged();
  }

  get model(): Model {
    return this.#model;
  }

  /** The next fact begins. `quiet`: what is new in it is not announced. */
  next(quiet: boolean): void {
    this.set({ seq: this.#model.seq + 1 });
    this.#offsetChanged = false;
    this.#quiet = quiet;
  }

  /** Everything is replaced: the maps are those of somebody else. */
  begin(model: Model): void {
    this.#own.clear();
    this.#context = null;
    this.#model = model;
  }

  get now(): number {
    return this.world.now;
  }

  get stamp(): Stamp {
    return { seq: this.#model.seq, at: this.now };
  }

  get moment(): Moment {
    return (this.#context ??= this.#newContext());
  }

  set(change: Partial<Model>): void {
    this.#context = null;
    this.#model = { ...this.#model, ...change };
  }

  // Maps, copied before the first change.

  get sessions(): Map<string, Session> {
    return this.#mutable('sessions');
  }

  get ended(): Map<string, Ended> {
    return this.#mutable('ended');
  }

  get phones(): Map<string, Phone> {
    return this.#mutable('phones');
  }

  get placings(): Map<string, Placing> {
    return this.#mutable('placings');
  }

  #mutable<K extends MapName>(key: K): Map<string, MapValue<Model[K]>> {
    if (!this.#own.has(key)) {
      this.#own.add(key);
      const copy = new Map<string, unknown>(this.#model[key]);
      this.#model = { ...this.#model, [key]: copy };
    }
    return this.#model[key] as Map<string, MapValue<Model[K]>>;
  }

  /** A session as it is now: what is shown of it is worked out, and what depends on it follows. */
  put(session: Session, before: Session | undefined): void {
    const claimed = this.#claim(session);
    const after = settle(claimed, this.#viewContext(claimed));
    if (after !== before) this.sessions.set(after.id, after);
    const { placing } = after;
    if (placing !== null && before !== after) this.place(placing, { type: 'seen', legs: liveLegs(after) });
    this.cover(after);
  }

  newSession(id: string): Session {
    const { placings, seq } = this.#model;
    let placing: string | null = null;
    for (const [key, { call }] of placings) if (call.sessionId === id) placing = key;
    return { ...NEW_SESSION, id, placing, since: seq };
  }

  /** The session is over. `pbxTime`: when, ms since 1970 on the PBX's clock. */
  end(session: Session, by: Ended['by'], record: EndRecord | null = null, pbxTime: number | null = null): void {
    const { id } = session;
    this.sessions.delete(id);
    const { stamp } = this;
    const ended: Ended = {
      stamp,
      by,
      record,
      pbxTime: record?.endedAt ?? pbxTime,
      last: session,
      endedAt: this.#endedAt(record),
    };
    this.bury(id, ended);
    const { placing } = session;
    if (placing !== null) this.place(placing, record === null ? { type: 'gone' } : { type: 'record', record });
    this.#judge(session, ended);
  }

  /** Remembers that a session is over. */
  bury(id: string, ended: Ended): void {
    const all = this.ended;
    all.delete(id);
    all.set(id, ended);
    const [oldest] = all.keys();
    if (all.size > MOST.ends && oldest !== undefined) all.delete(oldest);
  }

  /** It stood for a call that is known by its own id now. */
  replace(id: string, by: string): void {
    this.sessions.delete(id);
    const replaced = this.#mutable('replaced');
    replaced.set(id, by);
    const [oldest] = replaced.keys();
    if (replaced.size > MOST.replaced && oldest !== undefined) replaced.delete(oldest);
  }

  place(key: string, input: PlacedInput): void {
    const before = this.#model.placings.get(key);
    if (before === undefined) return;
    const after = advance(before, input, { at: this.now, epoch: this.#model.epoch });
    if (after !== before) this.placings.set(key, after);
  }

  learnTime(pbxTime: number | null): void {
    const told = plausibleTime(pbxTime);
    if (told === null) return;
    const { offset } = this.#model;
    const sample = this.now - told;
    if (offset !== null && Math.abs(sample - offset) <= LIMITS.offsetNoise) return;
    this.#offsetChanged = true;
    this.set({ offset: sample });
  }

  /** The PBX's clock was found to be another one. */
  get offsetChanged(): boolean {
    return this.#offsetChanged;
  }

  /** An answer of the list is to be had and will say which calls go on: none is given up before it. */
  get listDue(): boolean {
    const { refused, list, doubtedAt } = this.#model;
    return !refused && (list === null || list.asked.at < doubtedAt);
  }

  #newContext(): Omit<ViewContext, 'placed'> {
    const { own, offset, epoch, list } = this.#model;
    return {
      own,
      stamp: this.stamp,
      offset: offset ?? -epoch,
      epoch,
      offsetChanged: this.#offsetChanged,
      quiet: this.#quiet,
      onlyMine: list === null,
    };
  }

  #viewContext({ placing: key }: Session): ViewContext {
    const context = (this.#context ??= this.#newContext());
    const placing = key === null ? undefined : this.#model.placings.get(key);
    if (placing === undefined) return context;
    return { ...context, placed: { dialled: placing.call.plan.dial, phone: placing.phone, phoneUp: placing.phoneUp } };
  }

  /** A session that was not there before and looks like a request under way is taken for it; a request takes one. */
  #claim(session: Session): Session {
    if (session.placing !== null || session.rings > 0 || this.#model.placings.size === 0) return session;
    for (const [key, placing] of this.#model.placings) {
      const waits = placing.status === 'asking' || placing.status === 'unanswered';
      if (!waits || placing.claimed !== null || placing.until <= this.now || session.since <= placing.since) continue;
      if (!looksPlaced(liveLegs(session), placing.call.plan.dial, placing.phone)) continue;
      this.placings.set(key, { ...placing, claimed: session.id });
      if (placing.status === 'unanswered') this.place(key, { type: 'adopted', sessionId: session.id });
      return { ...session, placing: key };
    }
    return session;
  }

  /** The session was taken for a call placed here, and is somebody else's. */
  unclaim(sessionId: string | null): void {
    const session = sessionId === null ? undefined : this.#model.sessions.get(sessionId);
    if (session !== undefined) this.put({ ...session, placing: null, plain: null }, session);
  }

  /** A call of mine is known by name: nothing needs to stand for it any more. */
  cover(session: Session): void {
    if (session.nameless !== null || this.#model.phones.size === 0 || session.placing !== null) return;
    for (const phone of this.#model.phones.values()) {
      if (phone.covered || (phone.activity !== 'ringing' && phone.activity !== 'on-call')) continue;
      const live = liveLegs(session);
      const rings = live.some(({ toMe, state }) => toMe && state !== 'talking');
      const involves = rings || live.some(({ toMe, fromMe }) => toMe || fromMe);
      if (phone.activity === 'ringing' ? !rings : !involves) continue;
      this.phones.set(phone.extension, { ...phone, covered: true });
      if (this.#model.sessions.has(phone.id)) this.replace(phone.id, session.id);
    }
  }

  #endedAt(record: EndRecord | null): number {
    const { surely, offset } = this.#model;
    const gap = this.now - surely.at;
    const known = gap > LIMITS.longGap ? surely.at : this.now;
    const told = record?.endedAt ?? null;
    if (told === null || offset === null) return known;
    const at = told + offset;
    return at < this.now - LIMITS.noise && at >= surely.at - LIMITS.longGap ? at : known;
  }

  #judge(session: Session, end: Ended): void {
    const { history, epoch } = this.#model;
    const call = session.rangMe ?? session.call;
    if (call === null) return;
    const at = Math.round(end.endedAt + epoch);
    const pending = { call, at, since: this.now, needsProof: false, looks: 0 };
    if (isNameless(session.id)) {
      if (verdictOn(session, end) === 'no') return;
      if (this.world.historyPolled && history.readable) this.#wait(pending);
      else this.#decide({ type: 'missed', seq: this.#model.seq, call, at });
      return;
    }
    const verdict = verdictOn(session, end);
    if (session.talk !== null || verdict === 'missed') {
      const announced = [...history.announced.slice(-MOST.ends), pending];
      this.set({ history: { ...history, announced } });
    }
    if (verdict === 'missed' || (verdict === 'ask' && !history.readable)) {
      this.#decide({ type: 'missed', seq: this.#model.seq, call, at });
    } else if (verdict === 'declined') {
      this.#decide({ type: 'recorded', seq: this.#model.seq, call, at, outcome: 'declined', seconds: null });
    } else if (verdict === 'ask' || (verdict === 'ask-for-proof' && history.readable)) {
      this.#wait({ ...pending, needsProof: verdict === 'ask-for-proof' });
    }
  }

  /** The history is asked before it is called missed. */
  #wait(pending: Model['history']['waiting'][number]): void {
    const { history } = this.#model;
    this.set({ history: { ...history, waiting: [...history.waiting, pending] } });
  }

  #decide(decided: Model['history']['decided'][number]): void {
    const { history } = this.#model;
    this.set({ history: { ...history, decided: decide(history, [decided]) } });
  }

  /** The call placed here that my phone may begin to ring for; null when there is none. */
  get ringingFor(): string | null {
    const all = [...this.#model.placings.values()].filter((placing) => mayRing(placing, this.now));
    return all.at(-1)?.call.key ?? null;
  }

  /** The user's numbers are others now: so are the legs that lead to them. */
  #ownChanged(): void {
    const { own } = this.#model;
    for (const session of this.#model.sessions.values()) {
      const legs = session.legs.map((leg) => withOwn(leg, own));
      const concernsMe = session.concernsMe || legs.some(({ toMe, fromMe }) => toMe || fromMe);
      this.put({ ...session, legs, concernsMe }, session);
    }
  }

  #setClock(epoch: number): void {
    const delta = epoch - this.#model.epoch;
    if (Math.abs(delta) <= LIMITS.clockSet) return;
    this.set({ epoch });
    const whole = Math.round(delta);
    for (const session of [...this.#model.sessions.values()]) this.sessions.set(session.id, shifted(session, whole));
  }
}

type MapName = 'sessions' | 'ended' | 'phones' | 'placings' | 'replaced';
type MapValue<M> = M extends ReadonlyMap<string, infer V> ? V : never;

/** The wall clock was set while calls went on: what they show follows it. */
function shifted(session: Session, by: number): Session {
  const move = <T extends { startedAt: number; answeredAt: number | null }>(call: T): T => ({
    ...call,
    startedAt: call.startedAt + by,
    answeredAt: call.answeredAt === null ? null : call.answeredAt + by,
  });
  const call = session.call === null ? null : move(session.call);
  const same = session.rangMe === session.call;
  return {
    ...session,
    call,
    sortAt: session.sortAt + by,
    rangMe: session.rangMe === null ? null : same ? call : move(session.rangMe),
    talk: session.talk === null ? null : { ...session.talk, call: move(session.talk.call) },
  };
}
