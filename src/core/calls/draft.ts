import type { EndRecord } from '../pbx/records.ts';
import type { ReduceContext } from './facts.ts';
import { historyAfterEnd, historyAfterRecord } from './ends.ts';
import { isUnseen } from './history.ts';
import { dropOldest, type LayeredMap } from '../layered-map.ts';
import { isMine, liveLegs, plausibleTime, withOwn } from './legs.ts';
import { LIMIT_MS, MAX_COUNT } from './limits.ts';
import {
  isPlaceholderId,
  EMPTY_SESSION,
  type Ended,
  type Model,
  type Pending,
  type Phone,
  type PlacedCallState,
  type Session,
  type EvidenceStamp,
} from './model.ts';
import { matchesRequest, mayMatchRequest } from './placed-legs.ts';
import { advance, mayRing, type PlacedInput } from './placed.ts';
import type { Sessions } from '../sessions.ts';
import { deriveView, withShiftedTimes, type ViewContext } from './view.ts';

/** A model to which facts are being applied. Each map is copied at most once, before its first change. */
export class Draft {
  readonly input: ReduceContext;
  #model: Model;
  readonly #copiedMaps = new Set<MapName>();
  #offsetChanged = false;
  /** When the PBX wrote this fact, ms since 1970 on its clock; null if it does not say. */
  #writtenAt: number | null = null;
  /** Cached input for `deriveView`; null after a change. */
  #context: ViewContext | null = null;
  #quiet = false;
  /** A request is open no more, so a session may have to be shown that it hid. */
  #hasNewMatch = false;

  constructor(model: Model, world: ReduceContext) {
    this.input = world;
    this.#model = { ...model, own: model.own.readAnew(world.own) };
    this.#updateWallClock(world.wall - world.now);
    if (this.#model.own !== model.own) this.#applyOwnNumbers();
  }

  get model(): Model {
    return this.#model;
  }

  /** Starts the next fact. `quiet`: sessions that are new in it are not announced. `writtenAt`: by the PBX's clock. */
  startFact(quiet: boolean, writtenAt: number | null): void {
    this.set({ seq: this.#model.seq + 1 });
    this.#writtenAt = plausibleTime(writtenAt);
    this.#offsetChanged = false;
    this.#quiet = quiet;
  }

  /** Replaces everything. The new maps are shared, so they must be copied before a change. */
  replaceModel(model: Model): void {
    this.#copiedMaps.clear();
    this.#context = null;
    this.#model = model;
  }

  get now(): number {
    return this.input.now;
  }

  get stamp(): EvidenceStamp {
    return { seq: this.#model.seq, at: this.now };
  }

  get moment(): ViewContext {
    return (this.#context ??= this.#newContext());
  }

  set(change: Partial<Model>): void {
    this.#context = null;
    this.#model = { ...this.#model, ...change };
  }

  // Maps, copied before the first change.

  get sessions(): Sessions<Session> {
    return this.#own('sessions');
  }

  get ended(): LayeredMap<Ended> {
    return this.#own('ended');
  }

  get phones(): LayeredMap<Phone> {
    return this.#own('phones');
  }

  get placedCalls(): LayeredMap<PlacedCallState> {
    return this.#own('placedCalls');
  }

  #own<K extends MapName>(key: K): Model[K] {
    if (!this.#copiedMaps.has(key)) this.#model = { ...this.#model, [key]: this.#model[key].copy() };
    this.#copiedMaps.add(key);
    return this.#model[key];
  }

  /** Stores a session with its view, and updates what depends on it. Without `before` the session is a fresh object. */
  storeSession(session: Session, before: Session | undefined): void {
    if (before === undefined && session.placeholder === null) this.#replaceRecentPlaceholder(session);
    const matched = this.#matchRequest(session);
    const after = deriveView(matched, this.#viewContext(matched), before === undefined);
    if (after !== before) this.sessions.set(after.id, after);
    const { placedCallKey } = after;
    if (placedCallKey !== null && before !== after)
      this.updatePlacedCall(placedCallKey, { type: 'seen', legs: liveLegs(after) });
    this.replacePlaceholders(after);
  }

  /** Derives the view of an unchanged session again, because time has passed or other facts have changed. */
  refreshView(session: Session): void {
    this.storeSession(session, session);
  }

  newSession(id: string): Session {
    return { ...EMPTY_SESSION, id, placedCallKey: this.placedAs(id)?.call.key ?? null, since: this.#model.seq };
  }

  /** The placed call that has this session. */
  placedAs(sessionId: string): PlacedCallState | undefined {
    if (this.#model.placedCalls.size === 0) return undefined;
    return [...this.#model.placedCalls.values()].findLast(({ call }) => call.sessionId === sessionId);
  }

  /** The session of a placed call. */
  placedSession(key: string): Session | undefined {
    return this.#model.sessions.get(this.#model.placedCalls.get(key)?.call.sessionId ?? '');
  }

  /** Ends a session. `pbxTime`: time of the end, in ms since 1970 on the PBX's clock. */
  endSession(known: Session, by: Ended['by'], record: EndRecord | null = null, pbxTime: number | null = null): void {
    const { id } = known;
    // A session that ends this early is more likely an abandoned call than the one being placed.
    const session = this.#mayBePlacedHere(known) ? deriveView(known, this.#newContext()) : known;
    this.sessions.delete(id);
    const ended: Ended = {
      stamp: this.stamp,
      by,
      record,
      pbxTime: record?.endedAt ?? pbxTime,
      last: session,
      endedAt: this.#endedAt(record),
      unseen: isUnseen(session, by, record, this.#model.listening),
    };
    this.rememberEnd(id, ended);
    const { placedCallKey } = session;
    if (placedCallKey !== null)
      this.updatePlacedCall(placedCallKey, record === null ? { type: 'gone' } : { type: 'record', record });
    this.#settleHistory(historyAfterEnd, session, ended);
  }

  /** Adds call_cdr to the end of a session that is not known any more. */
  addRecord(id: string, record: EndRecord): void {
    const [stamp, known] = [this.stamp, this.#model.ended.get(id)];
    const { last, endedAt } = known ?? { last: null, endedAt: stamp.at };
    const ended: Ended = { stamp, by: 'record', record, pbxTime: record.endedAt, last, endedAt, unseen: false };
    this.rememberEnd(id, ended);
    const placed = this.placedAs(id);
    if (placed !== undefined) this.updatePlacedCall(placed.call.key, { type: 'record', record });
    if (last !== null && known?.record === null) this.#settleHistory(historyAfterRecord, last, ended);
  }

  #settleHistory(settle: typeof historyAfterEnd, session: Session, ended: Ended): void {
    const { history, listening } = this.#model;
    const polled = this.input.historyPolled && history.readable;
    const namelessWaitMs = polled ? LIMIT_MS.named : listening ? LIMIT_MS.linger : 0;
    this.set({ history: settle(history, session, ended, { ...this.#model, now: this.now, namelessWaitMs }) });
  }

  /** Remembers the end of a session. */
  rememberEnd(id: string, ended: Ended): void {
    const all = this.ended;
    all.delete(id);
    all.set(id, ended);
    dropOldest(all, MAX_COUNT.ends);
  }

  /** Removes a placeholder session whose call is now known by its own ID. */
  replacePlaceholder(id: string, by: string): void {
    this.sessions.delete(id);
    const replaced = this.#own('replaced');
    replaced.set(id, { by });
    dropOldest(replaced, MAX_COUNT.replaced);
  }

  updatePlacedCall(key: string, input: PlacedInput): void {
    const before = this.#model.placedCalls.get(key);
    if (before === undefined) return;
    const after = advance(before, input, { at: this.now, epoch: this.#model.epoch });
    if (after !== before) this.placedCalls.set(key, after);
    if (after.status !== before.status) this.#hasNewMatch = true;
  }

  updateClockOffset(pbxTime: number | null): void {
    const date = plausibleTime(pbxTime);
    if (date === null) return;
    const { offset } = this.#model;
    const sample = this.now - date;
    if (offset !== null && Math.abs(sample - offset) <= LIMIT_MS.offsetNoise) return;
    this.#offsetChanged = true;
    this.set({ offset: sample });
  }

  /** How long ago this was when the PBX wrote the data, in ms: a response may be late. `pbxTime`: ms since 1970. */
  age(pbxTime: number, offset: number): number {
    return (this.#writtenAt ?? this.now - offset) - pbxTime;
  }

  /** This fact changed the difference between the PBX's clock and ours. */
  get offsetChanged(): boolean {
    return this.#offsetChanged;
  }

  /** A list response is still expected and will show which calls continue, so no call is given up before it. */
  get awaitsList(): boolean {
    const { refused, list, uncertainSince } = this.#model;
    return !refused && (list === null || list.asked.at < uncertainSince);
  }

  #newContext(): ViewContext {
    const { own, offset, epoch, list } = this.#model;
    return {
      own,
      stamp: this.stamp,
      offset: offset ?? -epoch,
      epoch,
      offsetChanged: this.#offsetChanged,
      quiet: this.#quiet,
      onlyMine: list === null,
      mayBePlacedHere: false,
    };
  }

  #viewContext(session: Session): ViewContext {
    const context = this.moment;
    if (this.#mayBePlacedHere(session)) return { ...context, mayBePlacedHere: true };
    const placed = session.placedCallKey === null ? undefined : this.#model.placedCalls.get(session.placedCallKey);
    if (placed === undefined) return context;
    const { call, phone, phoneAnswered } = placed;
    return { ...context, placed: { dialled: call.plan.dial, phone, phoneAnswered } };
  }

  /** Whether the session may be the call of a request that the PBX has not answered. */
  #mayBePlacedHere(session: Session): boolean {
    if (this.#model.placedCalls.size === 0 || session.call !== null || session.placedCallKey !== null) return false;
    return [...this.#model.placedCalls.values()].some((placed) => mayMatchRequest(placed, session, this.now));
  }

  /** Shows the sessions that were hidden because they might have been the call of a request that is settled now. */
  revealUnmatchedSessions(): void {
    while (this.#hasNewMatch) {
      this.#hasNewMatch = false;
      for (const session of this.#model.sessions.awake())
        if (session.call === null && session.placeholder === null) this.refreshView(session);
    }
  }

  /** Matches a new session to a pending request that it looks like. A request is matched to one session only. */
  #matchRequest(session: Session): Session {
    if (session.placedCallKey !== null || session.me.rings > 0 || this.#model.placedCalls.size === 0) return session;
    for (const [key, placed] of this.#model.placedCalls) {
      if (!matchesRequest(placed, session, this.now)) continue;
      this.placedCalls.set(key, { ...placed, matchedSessionId: session.id });
      this.#hasNewMatch = true;
      if (placed.status === 'unanswered') this.updatePlacedCall(key, { type: 'matched', sessionId: session.id });
      return { ...session, placedCallKey: key };
    }
    return session;
  }

  /** Undoes a wrong match: the session is not the placed call. */
  unmatch(sessionId: string | null): void {
    const session = this.#model.sessions.get(sessionId ?? '');
    if (session !== undefined) this.storeSession({ ...session, placedCallKey: null, unmodifiedListRow: null }, session);
  }

  /** Removes the placeholders of busy phones whose call is this session. */
  replacePlaceholders(session: Session): void {
    if (session.placeholder !== null || this.#model.phones.size === 0 || session.placedCallKey !== null) return;
    for (const phone of this.#model.phones.values()) {
      if (phone.hasKnownSession || (phone.activity !== 'ringing' && phone.activity !== 'on-call')) continue;
      const live = liveLegs(session);
      const rings = live.some(({ toMe, state }) => toMe && state !== 'talking');
      const involves = rings || live.some(isMine);
      if (phone.activity === 'ringing' ? !rings : !involves) continue;
      this.phones.set(phone.extension, { ...phone, hasKnownSession: true });
      if (this.#model.sessions.has(phone.id)) this.replacePlaceholder(phone.id, session.id);
    }
  }

  /** Push reports an ended call to me just after a placeholder ended: the placeholder stood for that call. */
  #replaceRecentPlaceholder({ id, legs }: Session): void {
    const { history } = this.#model;
    const isRecent = ({ call, since }: Pending): boolean =>
      isPlaceholderId(call.id) && this.now - since < LIMIT_MS.linger;
    const pending = history.waiting.find(isRecent);
    if (pending === undefined || !legs.some(({ toMe, over }) => toMe && over !== null)) return;
    this.replacePlaceholder(pending.call.id, id);
    this.set({ history: { ...history, waiting: history.waiting.filter((one) => one !== pending) } });
  }

  #endedAt(record: EndRecord | null): number {
    const { verified, offset } = this.#model;
    const gap = this.now - verified.at;
    const known = gap > LIMIT_MS.longGap ? verified.at : this.now;
    const recorded = record?.endedAt ?? null;
    if (recorded === null || offset === null) return known;
    const at = recorded + offset;
    return at < this.now - LIMIT_MS.noise && at >= verified.at - LIMIT_MS.longGap ? at : known;
  }

  /**
   * Key of the placed call that my phone began to ring for; null if there is none. `pbxTime`: when it began to ring, ms
   * since 1970 on the PBX's clock; a ring that began before the request has another reason.
   */
  ringingFor(pbxTime: number | null): string | null {
    const { placedCalls, offset, epoch } = this.#model;
    const latest = pbxTime === null || offset === null ? Infinity : pbxTime + offset + epoch + LIMIT_MS.noise;
    const all = [...placedCalls.values()].filter((placed) => mayRing(placed, this.now, latest));
    return all.at(-1)?.call.key ?? null;
  }

  /** The user's numbers changed, so the legs that lead to them must be determined again. */
  #applyOwnNumbers(): void {
    const { own } = this.#model;
    for (const { id } of [...this.#model.sessions.values()]) {
      const session = this.#model.sessions.get(id);
      // A placeholder may have been replaced by a session before it.
      if (session === undefined) continue;
      const legs = session.legs.map((leg) => withOwn(leg, own));
      const wasMine = session.wasMine || legs.some(isMine);
      this.storeSession({ ...session, legs, wasMine }, session);
    }
  }

  #updateWallClock(epoch: number): void {
    const delta = epoch - this.#model.epoch;
    if (Math.abs(delta) <= LIMIT_MS.clockSet) return;
    this.set({ epoch });
    const roundedDelta = Math.round(delta);
    for (const session of [...this.#model.sessions.values()])
      this.sessions.set(session.id, withShiftedTimes(session, roundedDelta));
  }
}

type MapName = 'sessions' | 'ended' | 'phones' | 'placedCalls' | 'replaced';
