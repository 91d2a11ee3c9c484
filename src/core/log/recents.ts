import { z } from 'zod';
import type { Call, CallEvent } from '../../shared/call.ts';
import type { PlacedCall, RecentCall } from '../../shared/dial.ts';
import { plainText } from '../../shared/plain-text.ts';
import { isNameless } from '../calls/model.ts';

/** How many calls are remembered. */
export const MAX_RECENTS = 50;
/** In characters. Longer names are cut; a list shows far fewer. */
const MAX_NAME = 120;

// The limits are those of the PBX's own fields.
const recentSchema = z.object({
  id: z.string().min(1).max(2048),
  number: z.string().max(256),
  name: z.string().max(1024),
  direction: z.enum(['incoming', 'outgoing']),
  outcome: z.enum(['connected', 'missed', 'declined', 'unanswered', 'unknown']),
  at: z.number().min(0).max(8.64e15),
  seconds: z.number().min(0).nullable(),
}) satisfies z.ZodType<RecentCall>;

/** Adds a call, newest first. A session is listed once: what is told of it later completes what is known. */
export function addRecent(recents: readonly RecentCall[], recent: RecentCall): RecentCall[] {
  const known = recents.find(({ id }) => id === recent.id);
  const cleaned = clean(recent);
  const entry = known === undefined ? cleaned : merge(known, cleaned);
  return newestFirst([entry, ...recents.filter(({ id }) => id !== recent.id)]);
}

/**
 * Adds those of the user's own calls that have ended or been missed; the same list when there are none. `endedHere`: ids
 * of the calls that the user ended.
 */
export function addEvents(
  recents: RecentCall[],
  events: readonly CallEvent[],
  endedHere: ReadonlySet<string> = new Set(),
): RecentCall[] {
  return events.reduce((all, event) => {
    const recent = recentFromEvent(event, endedHere);
    return recent === null ? all : addRecent(all, recent);
  }, recents);
}

export function removeRecent(recents: readonly RecentCall[], id: string): RecentCall[] {
  return recents.filter((recent) => recent.id !== id);
}

/**
 * The user's own call that has ended, was missed, or is in the history; null for every other event. A call placed here is
 * none: see `recentFromPlaced`.
 */
export function recentFromEvent(event: CallEvent, endedHere: ReadonlySet<string> = new Set()): RecentCall | null {
  if (event.type !== 'ended' && event.type !== 'missed' && event.type !== 'recorded') return null;
  if (event.call.placedHere) return null;
  if (event.type === 'recorded') return entryOf(event.call, event.outcome, event.seconds);
  const { call } = event;
  if (event.type === 'missed') return entryOf(call, 'missed', null);
  // Nobody can be called back; and where it was missed or answered, that comes with its number from the history.
  if (isNameless(call.id)) return null;
  // I talked on it, whoever has it since.
  if (event.talk !== undefined) return entryOf(event.talk.call, 'connected', event.talk.seconds);
  if (!call.mine) return null;
  const ended = outcomeOf(call);
  const declined = directionOf(call) === 'incoming' && ended === 'unanswered' && endedHere.has(call.id);
  const seconds = call.answeredAt === null ? null : (event.at - call.answeredAt) / 1000;
  return entryOf(call, declined ? 'declined' : ended, seconds);
}

function entryOf(call: Call, outcome: RecentCall['outcome'], seconds: number | null): RecentCall {
  return {
    id: call.id,
    number: call.other.number,
    name: call.other.name,
    direction: directionOf(call),
    outcome,
    at: call.startedAt,
    seconds: seconds === null ? null : Math.max(0, Math.round(seconds)),
  };
}

/** A call placed from here that is over; null while it goes on, and where it never got as far as the PBX. */
export function recentFromPlaced(placed: PlacedCall): RecentCall | null {
  const { end, reached, plan } = placed;
  const began = reached[0]?.at;
  if (end === null || began === undefined) return null;
  const connected = end.talkedMs !== null || reached.some(({ step }) => step === 'connected');
  return {
    // Known from the click on, and the same whatever the PBX answers.
    id: placed.key,
    // Not as a dial rule wrote it: dialled from the list it would go through the rules a second time.
    number: plan.e164 ?? plan.dial,
    name: placed.name,
    direction: 'outgoing',
    outcome: connected ? 'connected' : withoutTalk(end.reason),
    at: began,
    seconds: end.talkedMs === null ? null : Math.max(0, Math.round(end.talkedMs / 1000)),
  };
}

/** The calls of a stored file; entries that cannot be read are left out. */
export function parseRecents(raw: unknown): RecentCall[] {
  if (!Array.isArray(raw)) return [];
  const items: unknown[] = raw.slice(0, 10 * MAX_RECENTS);
  const readable = items.flatMap((item) => {
    const recent = recentSchema.safeParse(item);
    return recent.success ? [clean(recent.data)] : [];
  });
  return newestFirst(readable.filter(({ id }, index) => readable.findIndex((other) => other.id === id) === index));
}

/** Callers choose their names, so one plain line of a name is stored. */
const clean = (recent: RecentCall): RecentCall => ({ ...recent, name: plainText(recent.name, MAX_NAME) });

const newestFirst = (recents: readonly RecentCall[]): RecentCall[] =>
  recents.toSorted((a, b) => b.at - a.at).slice(0, MAX_RECENTS);

function merge(known: RecentCall, later: RecentCall): RecentCall {
  return {
    ...later,
    number: later.number === '' ? known.number : later.number,
    name: later.name === '' ? known.name : later.name,
    outcome: mergeOutcome(known.outcome, later.outcome),
    at: Math.min(known.at, later.at),
    seconds: later.seconds ?? known.seconds,
  };
}

function mergeOutcome(known: RecentCall['outcome'], later: RecentCall['outcome']): RecentCall['outcome'] {
  if (known === 'connected' || later === 'connected') return 'connected';
  // The PBX's history calls a declined call missed.
  return known === 'declined' || later === 'unknown' ? known : later;
}

function directionOf(call: Call): RecentCall['direction'] {
  if (call.direction === 'incoming' || call.direction === 'outgoing') return call.direction;
  return call.other.number === call.caller.number ? 'incoming' : 'outgoing';
}

function outcomeOf(call: Call): RecentCall['outcome'] {
  if (call.answeredAt !== null || call.state === 'talking') return 'connected';
  return call.state === 'ringing' ? 'unanswered' : 'unknown';
}

/** What the reason of the end says about a call on which nobody was seen to talk. */
function withoutTalk(reason: NonNullable<PlacedCall['end']>['reason']): RecentCall['outcome'] {
  switch (reason) {
    case 'phone-unanswered':
    case 'other-unanswered':
    case 'busy':
    case 'declined':
    case 'hung-up-here':
      return 'unanswered';
    case 'hung-up':
    case 'failed':
    case 'refused':
    case 'unanswered-request':
    case 'lost':
    case 'unknown':
      return 'unknown';
  }
}
