import { z } from 'zod';
import type { Call, CallEvent } from '../../shared/call.ts';
import { provenanceOnceCalled, type PlacedCall, type RecentCall } from '../../shared/dial.ts';
import { MAX_NOTE } from '../../shared/history.ts';
import { plainText } from '../../shared/plain-text.ts';
import { originSchema } from '../../shared/schema/dial.ts';
import { isPlaceholderId } from '../calls/model.ts';

/** How many calls are remembered. */
export const MAX_RECENTS = 50;
/** Longer names are cut. A list shows far fewer characters. */
const MAX_NAME_CHARACTERS = 120;

// The limits are those of the PBX's own fields.
const recentSchema = z.object({
  id: z.string().min(1).max(2048),
  number: z.string().max(256),
  name: z.string().max(1024),
  direction: z.enum(['incoming', 'outgoing']),
  outcome: z
    .enum([
      'connected',
      'missed',
      'declined',
      'unanswered',
      'busy',
      'not-picked-up',
      'cancelled',
      'failed',
      'refused',
      'unknown',
    ])
    // A later version may have written an outcome that this one does not know. The call stays in the list.
    .catch('unknown'),
  // An earlier version stored fractions of a millisecond.
  at: z.number().min(0).max(8.64e15).transform(Math.round),
  seconds: z.number().min(0).nullable(),
  provenance: originSchema.optional().catch(undefined),
  external: z.literal(true).optional().catch(undefined),
  note: z.string().max(1024).optional().catch(undefined),
});

/** The id of a call placed here is the key of its PlacedCall, which contains a hyphen. Session ids contain none. */
const PLACED_ID = /^[0-9]+-[0-9]+$/;

/** Adds a call, newest first. A session is listed once: later reports complete its entry. */
export function addRecent(recents: readonly RecentCall[], recent: RecentCall): RecentCall[] {
  const known = recents.find(({ id }) => id === recent.id);
  const cleaned = clean(recent);
  const entry = known === undefined ? cleaned : merge(known, cleaned);
  return newestFirst([entry, ...recents.filter(({ id }) => id !== recent.id)]);
}

export function removeRecent(recents: readonly RecentCall[], id: string): RecentCall[] {
  return recents.filter((recent) => recent.id !== id);
}

/**
 * The user's call that has ended, was missed or is in the history; null for every other event. Calls placed here also
 * give null: see `recentFromPlaced`.
 */
export function recentFromEvent(event: CallEvent, endedHere: ReadonlySet<string> = new Set()): RecentCall | null {
  if (event.type !== 'ended' && event.type !== 'missed' && event.type !== 'recorded') return null;
  if (event.call.placedHere) return null;
  if (event.type === 'recorded') return entryOf(event.call, event.outcome, event.seconds);
  const { call } = event;
  if (event.type === 'missed') return entryOf(call, 'missed', null);
  // A placeholder has no number to call back. If the call was missed or answered, the PBX's record gives the number.
  if (isPlaceholderId(call.id)) return null;
  // The user talked on this call, even if somebody else has it now.
  if (event.talk !== undefined) return entryOf(event.talk.call, 'connected', event.talk.seconds);
  if (!call.mine) return null;
  const ended = outcomeOf(call);
  const declined = directionOf(call) === 'incoming' && ended === 'unanswered' && endedHere.has(call.id);
  const seconds = call.answeredAt === null ? null : (event.at - call.answeredAt) / 1000;
  const outcome = event.mayBeAnswered === true && ended === 'unanswered' ? 'unknown' : ended;
  return entryOf(call, declined ? 'declined' : outcome, seconds);
}

function entryOf(call: Call, outcome: RecentCall['outcome'], seconds: number | null): RecentCall {
  return {
    id: call.id,
    number: call.other.number,
    name: call.other.name,
    ...(call.other.external === undefined ? {} : { external: call.other.external }),
    direction: directionOf(call),
    outcome,
    at: call.startedAt,
    seconds: seconds === null ? null : Math.max(0, Math.round(seconds)),
    provenance: directionOf(call) === 'incoming' ? 'caller' : 'history',
  };
}

/** A call placed here that is over; null while it continues, or if the request never reached the PBX. */
export function recentFromPlaced(placed: PlacedCall): RecentCall | null {
  const { end, reached, plan } = placed;
  const began = reached[0]?.at;
  if (end === null || began === undefined) return null;
  const connected = end.talkedMs !== null || reached.some(({ step }) => step === 'connected');
  return {
    // The key is known from the click on and does not depend on the PBX's answer.
    id: placed.key,
    // The number before dial rules, because the rules are applied again when the user dials it from the list.
    number: plan.e164 ?? plan.number,
    name: placed.name,
    direction: 'outgoing',
    outcome: connected ? 'connected' : withoutTalk(end.reason),
    at: began,
    seconds: end.talkedMs === null ? null : Math.max(0, Math.round(end.talkedMs / 1000)),
    provenance: provenanceOnceCalled(plan.kind, plan.provenance),
  };
}

/** Reads the calls of a stored file. Entries that cannot be read are left out. */
export function parseRecents(raw: unknown): RecentCall[] {
  if (!Array.isArray(raw)) return [];
  const items: unknown[] = raw.slice(0, 10 * MAX_RECENTS);
  const readable = items.flatMap((item): RecentCall[] => {
    const recent = recentSchema.safeParse(item);
    if (!recent.success) return [];
    const { note, provenance, external, ...data } = recent.data;
    const origin = { provenance: provenance ?? guessProvenance(data) };
    const kept = external === undefined ? { ...data, ...origin } : { ...data, external, ...origin };
    return [clean(note === undefined ? kept : { ...kept, note: plainText(note, MAX_NOTE) })];
  });
  return newestFirst(readable.filter(({ id }, index) => readable.findIndex((other) => other.id === id) === index));
}

/** The provenance of a call in a file that was written before provenances were stored. */
function guessProvenance({ id, direction }: Pick<RecentCall, 'id' | 'direction'>): RecentCall['provenance'] {
  if (direction === 'incoming') return 'caller';
  return PLACED_ID.test(id) ? 'dialled' : 'history';
}

/** Callers choose their own names, so only one plain line of limited length is stored. */
const clean = (recent: RecentCall): RecentCall => ({ ...recent, name: plainText(recent.name, MAX_NAME_CHARACTERS) });

const newestFirst = (recents: readonly RecentCall[]): RecentCall[] =>
  recents.toSorted((a, b) => b.at - a.at).slice(0, MAX_RECENTS);

function merge(known: RecentCall, later: RecentCall): RecentCall {
  return {
    ...later,
    ...(later.number === '' ? { number: known.number, provenance: known.provenance } : {}),
    name: later.name === '' ? known.name : later.name,
    outcome: mergeOutcome(known.outcome, later.outcome),
    at: Math.min(known.at, later.at),
    seconds: later.seconds ?? known.seconds,
    ...(known.note === undefined ? {} : { note: known.note }),
  };
}

/** Outcomes that a later report may replace. */
const VAGUE: ReadonlySet<RecentCall['outcome']> = new Set(['missed', 'unanswered', 'unknown']);

function mergeOutcome(known: RecentCall['outcome'], later: RecentCall['outcome']): RecentCall['outcome'] {
  if (known === 'connected' || later === 'connected') return 'connected';
  // The PBX's history is less precise: it has "missed" for a declined call and "unanswered" for a busy one.
  return later === 'unknown' || !VAGUE.has(known) ? known : later;
}

function directionOf(call: Call): RecentCall['direction'] {
  if (call.direction === 'incoming' || call.direction === 'outgoing') return call.direction;
  return call.other.number === call.caller.number ? 'incoming' : 'outgoing';
}

function outcomeOf(call: Call): RecentCall['outcome'] {
  if (call.answeredAt !== null || call.state === 'talking') return 'connected';
  return call.state === 'ringing' ? 'unanswered' : 'unknown';
}

/** The outcome that the reason of the end gives to a call on which nobody was seen to talk. */
function withoutTalk(reason: NonNullable<PlacedCall['end']>['reason']): RecentCall['outcome'] {
  switch (reason) {
    case 'phone-unanswered':
      return 'not-picked-up';
    case 'other-unanswered':
      return 'unanswered';
    case 'hung-up-here':
      return 'cancelled';
    case 'busy':
    case 'declined':
    case 'failed':
    case 'refused':
      return reason;
    case 'hung-up':
    case 'unanswered-request':
    case 'lost':
    case 'unknown':
      return 'unknown';
  }
}
