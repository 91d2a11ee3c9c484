import type { Call, CallEvent, OwnTalk, Party } from '../../shared/call.ts';
import { compareText } from './legs.ts';
import { LIMITS } from './limits.ts';
import type { Ended, Model, Session } from './model.ts';
import { sameNumber } from '../../shared/same-number.ts';

/**
 * What happened between two models. Pure. `appeared` once per session; `for-me` when a leg to one of my phones rings that
 * was not there before, so again after it left me; `answered` once per leg, when it speaks for the call; `moved` when the
 * other party or the callee of that leg changes (with `mine` false: it left me); `ended` once the session is over,
 * followed by `missed` where that is certain. Calls placed here are never for me nor missed. What was there when the
 * program first looked is not announced.
 */
export function diff(before: Model, after: Model): CallEvent[] {
  if (before === after) return [];
  const events: CallEvent[] = [];
  for (const id of changedIds(before, after)) sessionEvents(id, before, after, events);
  for (const decided of after.history.decided) {
    if (decided.seq <= before.seq) continue;
    const { call, at } = decided;
    if (decided.type === 'missed') events.push({ type: 'missed', call, at });
    else events.push({ type: 'recorded', call, at, outcome: decided.outcome, seconds: decided.seconds });
  }
  return inPlace(events);
}

/** In the order of ids: what the PBX lists first must not matter; the ends come last. */
function changedIds(before: Model, after: Model): string[] {
  const changed: string[] = [];
  const gone: string[] = [];
  if (before.sessions !== after.sessions) {
    for (const [id, session] of after.sessions) if (before.sessions.get(id) !== session) changed.push(id);
    for (const id of before.sessions.keys()) if (!after.sessions.has(id)) gone.push(id);
  }
  if (before.ended !== after.ended) {
    for (const [id, { stamp, last }] of after.ended) {
      const unseen = stamp.seq > before.seq && !before.sessions.has(id) && !after.sessions.has(id);
      if (unseen && last !== null && passedUnseen(last, before)) gone.push(id);
    }
  }
  return [...changed.sort(compareText), ...gone.sort(compareText)];
}

/** A call of mine that came and went since then. */
function passedUnseen({ bornAt, concernsMe, quiet }: Session, before: Model): boolean {
  return bornAt > before.seq && concernsMe && !quiet;
}

function sessionEvents(id: string, before: Model, after: Model, events: CallEvent[]): void {
  const [was, is] = [before.sessions.get(id), after.sessions.get(id)];
  if (is !== undefined) {
    // It was over and has come back in between.
    const another = was !== undefined && was.bornAt !== is.bornAt && was.call !== null;
    if (another && was.call !== null) events.push({ type: 'ended', call: was.call, at: wall(after, after.surely.at) });
    steps(another ? undefined : was, is, events);
    return;
  }
  const by = after.replaced.get(id);
  if (by !== undefined) {
    if (was !== undefined) replaced(was, by, events);
    return;
  }
  const end = after.ended.get(id);
  if (end === undefined || end.stamp.seq <= before.seq) {
    dropped(was, events);
    return;
  }
  const last = end.last ?? was;
  // What was never shown has no end either.
  if (last === undefined || last.call === null) return;
  if ((was === undefined || was.call === null) && !passedUnseen(last, before)) return;
  steps(was, last, events);
  const at = Math.round(wall(after, end.endedAt));
  const talk = talkOf(last, end, after);
  events.push({ type: 'ended', call: last.call, at, ...(talk === null ? {} : { talk }) });
}

function steps(was: Session | undefined, is: Session, events: CallEvent[]): void {
  const { call } = is;
  if (call === null) return;
  const before = was?.call ?? null;
  const first = before === null;
  if (first && is.quiet) return;
  if (first) events.push({ type: 'appeared', call });
  else if (movedOn(before, call)) events.push({ type: 'moved', call });
  if (is.rings > (first ? 0 : (was?.rings ?? 0))) {
    const { transferred, via } = is.ring;
    // A ring that is over already is told as it was.
    const rang = is.atMe || is.rangMe === null ? call : is.rangMe;
    events.push({ type: 'for-me', call: rang, transferred, ...(via === '' ? {} : { via }) });
  }
  if (is.answers > (first ? 0 : (was?.answers ?? 0))) events.push({ type: 'answered', call });
}

/** A call that rang me namelessly has its name now: the ring that is told with it is that one. */
function replaced({ call, id }: Session, by: string, events: CallEvent[]): void {
  if (call === null) return;
  const index = events.findIndex(
    (event) => event.type === 'for-me' && event.call.id === by && event.insteadOf === undefined,
  );
  const event = events[index];
  if (call.state !== 'ringing' || event?.type !== 'for-me')
    events.push({ type: 'moved', call: { ...call, mine: false } });
  else events[index] = { ...event, insteadOf: id };
}

/** Nobody will tell how it goes on: what announces that it rings must go. */
function dropped(was: Session | undefined, events: CallEvent[]): void {
  const call = was?.call ?? null;
  if (call === null || !call.mine || call.state === 'talking') return;
  events.push({ type: 'moved', call: { ...call, mine: false } });
}

/** A call that was missed is told so right after its end. */
function inPlace(events: CallEvent[]): CallEvent[] {
  if (!events.some(({ type }) => type === 'missed' || type === 'recorded')) return events;
  const ordered: CallEvent[] = [];
  const later = events.filter(({ type }) => type === 'missed' || type === 'recorded');
  for (const event of events) {
    if (event.type === 'missed' || event.type === 'recorded') continue;
    ordered.push(event);
    if (event.type !== 'ended') continue;
    const index = later.findIndex(({ call }) => call.id === event.call.id);
    if (index !== -1) ordered.push(...later.splice(index, 1));
  }
  return [...ordered, ...later];
}

/** My talk on it; call_cdr has the exact times, where they are those of my talk. */
function talkOf({ talk }: Session, { record, endedAt }: Ended, { offset }: Model): OwnTalk | null {
  if (talk === null) return null;
  const { call, from, until } = talk;
  if (from === null) return { call, seconds: null };
  const told = record?.answeredAt ?? null;
  const ended = record?.endedAt ?? null;
  const exact =
    until === null && told !== null && ended !== null && offset !== null
      ? Math.abs(told + offset - from) <= LIMITS.noise + LIMITS.offsetNoise
      : false;
  const ms = exact ? (ended ?? 0) - (told ?? 0) : (until ?? endedAt) - from;
  return { call, seconds: Math.max(0, ms) / 1000 };
}

const wall = ({ epoch }: Model, monotonic: number): number => monotonic + epoch;

function movedOn(before: Call, after: Call): boolean {
  return !sameParty(before.callee, after.callee) || !sameParty(before.other, after.other);
}

function sameParty(a: Party, b: Party): boolean {
  return a.number === b.number || sameNumber(a.number, b.number);
}
