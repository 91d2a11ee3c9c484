import type { Call, CallEvent } from '../../shared/call.ts';
import { settleOutputs, type NotifyOutput } from './announcement.ts';
import {
  incomingWording,
  missedTitle,
  missedWording,
  SUMMARY_BODY,
  waitingTitle,
  type Wording,
  type WordingContext,
} from './wording.ts';

/** More than this many new notifications within `STORM_MS` become one summary. */
export const STORM_LIMIT = 3;
export const STORM_MS = 5_000;

const WAITING_KEY = 'calls-waiting';
const MISSED_KEY = 'calls-missed';

interface Shown extends Wording {
  /** When it was announced, ms since 1970. */
  at: number;
  /** Part of the summary instead of a notification of its own. */
  grouped: boolean;
}

interface Ringing extends Shown {
  transferred: boolean;
  /** The session id that the notification began with; another one where the name came later. */
  shownAs: string;
}

/** What stands on the screen because of us, by session id, oldest first. */
export interface NotifyState {
  ringing: ReadonlyMap<string, Ringing>;
  /** Missed calls of the last moments: enough to notice a storm, never the whole list. */
  missed: ReadonlyMap<string, Shown>;
  /** When calls were announced lately, ms since 1970. */
  recent: readonly number[];
}

export const NO_NOTIFICATIONS: NotifyState = { ringing: new Map(), missed: new Map(), recent: [] };

export interface NotifyContext extends WordingContext {
  /** Announce calls for me. */
  incoming: boolean;
  /** Announce missed calls. */
  missed: boolean;
  /** Paused until then, ms since 1970; null when not paused. */
  pausedUntil: number | null;
}

/** `changed`: a call looks different, e.g. its name was found. `clear`: everything about live calls goes (signed out). */
export type NotifyInput = CallEvent | { type: 'changed'; call: Call } | { type: 'clear' };

/**
 * Decides what is announced. One notification per call: a change replaces it, an answer or end closes it, a missed call
 * takes its place. More than three new ones within five seconds become one summary, which grows by replacement and
 * shrinks in silence: nobody wants to be called again because a call has gone. Events of one look at the PBX belong
 * into one call of this function, so that a storm starts as a summary.
 */
export function announce(
  state: NotifyState,
  inputs: readonly NotifyInput[],
  context: NotifyContext,
  now: number,
): [NotifyState, NotifyOutput[]] {
  const outputs: NotifyOutput[] = [];
  let next = forget(state, now);
  for (const input of inputs) next = step(next, input, context, now, outputs);
  return [next, settleOutputs(outputs, keysOnScreen(state))];
}

function step(
  state: NotifyState,
  input: NotifyInput,
  context: NotifyContext,
  now: number,
  outputs: NotifyOutput[],
): NotifyState {
  switch (input.type) {
    case 'appeared':
      return state;
    case 'for-me':
      return rings(renamed(state, input), input.call, input.transferred, context, now, outputs);
    case 'moved':
      // A hunt group passes on without anybody having answered.
      if (!input.call.mine) return stopsRinging(state, input.call.id, outputs);
      return looksDifferent(state, input.call, state.ringing.get(input.call.id)?.transferred, context, outputs);
    case 'changed':
      return looksDifferent(state, input.call, state.ringing.get(input.call.id)?.transferred, context, outputs);
    case 'answered':
    case 'ended':
      return stopsRinging(state, input.call.id, outputs);
    case 'missed':
      return isMissed(stopsRinging(state, input.call.id, outputs), input.call, context, now, outputs);
    case 'clear':
      for (const id of state.ringing.keys()) state = stopsRinging(state, id, outputs);
      return state;
  }
}

function rings(
  state: NotifyState,
  call: Call,
  transferred: boolean,
  context: NotifyContext,
  now: number,
  outputs: NotifyOutput[],
): NotifyState {
  if (state.ringing.has(call.id)) return looksDifferent(state, call, transferred, context, outputs);
  if (!context.incoming || !announceable(call, context, now)) return state;

  const recent = [...state.recent, now];
  const storm = recent.length > STORM_LIMIT || [...state.ringing.values()].some((other) => other.grouped);
  const ringing = new Map(state.ringing);
  const entry: Ringing = {
    ...incomingWording(call, transferred, context),
    transferred,
    at: now,
    grouped: storm,
    shownAs: call.id,
  };
  ringing.set(call.id, entry);
  if (storm) {
    gather(ringing, now, outputs);
    outputs.push(waitingSummary(ringing));
  } else {
    outputs.push(single(call.id, entry, 'normal'));
  }
  return { ...state, ringing, recent };
}

/** The ring is known already, by another id: its notification changes, and nobody is called twice. */
function renamed(state: NotifyState, { call, insteadOf }: NotifyInput & { type: 'for-me' }): NotifyState {
  const known = insteadOf === undefined ? undefined : state.ringing.get(insteadOf);
  if (known === undefined) return state;
  const ringing = new Map([...state.ringing].map(([id, entry]) => [id === insteadOf ? call.id : id, entry]));
  return { ...state, ringing };
}

function looksDifferent(
  state: NotifyState,
  call: Call,
  transferred: boolean | undefined,
  context: NotifyContext,
  outputs: NotifyOutput[],
): NotifyState {
  const before = state.ringing.get(call.id);
  if (before === undefined) return state;
  const after: Ringing = {
    ...before,
    ...incomingWording(call, transferred ?? before.transferred, context),
    transferred: transferred ?? before.transferred,
  };
  const ringing = new Map(state.ringing).set(call.id, after);
  const same = before.grouped
    ? after.label === before.label
    : after.title === before.title && after.body === before.body;
  if (!same) outputs.push(before.grouped ? waitingSummary(ringing) : single(call.id, after, 'normal', before.shownAs));
  return { ...state, ringing };
}

function stopsRinging(state: NotifyState, id: string, outputs: NotifyOutput[]): NotifyState {
  const entry = state.ringing.get(id);
  if (entry === undefined) return state;
  const ringing = new Map(state.ringing);
  ringing.delete(id);
  if (!entry.grouped) outputs.push({ type: 'close', key: keyOf(entry.shownAs) });
  else if (![...ringing.values()].some((other) => other.grouped)) outputs.push({ type: 'close', key: WAITING_KEY });
  return { ...state, ringing };
}

function isMissed(
  state: NotifyState,
  call: Call,
  context: NotifyContext,
  now: number,
  outputs: NotifyOutput[],
): NotifyState {
  if (state.missed.has(call.id) || !context.missed || !announceable(call, context, now)) return state;
  const storm = state.missed.size >= STORM_LIMIT;
  const entry: Shown = { ...missedWording(call, context), at: now, grouped: storm };
  const missed = new Map(state.missed).set(call.id, entry);
  if (storm) {
    gather(missed, now, outputs);
    outputs.push(summary(MISSED_KEY, missedTitle([...missed.values()].map((each) => each.label)), 'low'));
  } else {
    outputs.push(single(call.id, entry, 'low'));
  }
  return { ...state, missed };
}

/** Takes the single notifications of the last seconds into the summary. */
function gather<T extends Shown & { shownAs?: string }>(
  entries: Map<string, T>,
  now: number,
  outputs: NotifyOutput[],
): void {
  for (const [id, entry] of entries) {
    if (entry.grouped || now - entry.at >= STORM_MS) continue;
    entries.set(id, { ...entry, grouped: true });
    outputs.push({ type: 'close', key: keyOf(entry.shownAs ?? id) });
  }
}

function forget(state: NotifyState, now: number): NotifyState {
  // A clock that was put back must not keep old entries "young" for hours: only the last five seconds count.
  const young = (at: number): boolean => at <= now && now - at < STORM_MS;
  const newestMissed = Math.max(0, ...[...state.missed.values()].map((entry) => entry.at));
  return {
    ringing: state.ringing,
    // A storm of missed calls lasts as long as each comes within five seconds of the one before.
    missed: young(newestMissed) && isStorm(state.missed) ? state.missed : keep(state.missed, young),
    recent: state.recent.filter(young),
  };
}

function keep(entries: ReadonlyMap<string, Shown>, young: (at: number) => boolean): Map<string, Shown> {
  return new Map([...entries].filter(([, entry]) => young(entry.at)));
}

function isStorm(entries: ReadonlyMap<string, Shown>): boolean {
  return [...entries.values()].some((entry) => entry.grouped);
}

/** Calls of one's own making and calls during a pause are nobody's news. */
function announceable(call: Call, context: NotifyContext, now: number): boolean {
  if (call.placedHere || call.direction === 'outgoing') return false;
  return context.pausedUntil === null || context.pausedUntil <= now;
}

function waitingSummary(ringing: ReadonlyMap<string, Ringing>): NotifyOutput {
  const labels = [...ringing.values()].filter((entry) => entry.grouped).map((entry) => entry.label);
  return summary(WAITING_KEY, waitingTitle(labels), 'normal');
}

function summary(key: string, title: string, urgency: 'low' | 'normal'): NotifyOutput {
  return { type: 'show', key, title, body: SUMMARY_BODY, urgency, sessionId: null };
}

function single(id: string, { title, body }: Wording, urgency: 'low' | 'normal', shownAs = id): NotifyOutput {
  return { type: 'show', key: keyOf(shownAs), title, body, urgency, sessionId: id };
}

function keyOf(sessionId: string): string {
  return `call:${sessionId}`;
}

function keysOnScreen(state: NotifyState): Set<string> {
  const keys = new Set<string>();
  for (const entry of state.ringing.values()) keys.add(entry.grouped ? WAITING_KEY : keyOf(entry.shownAs));
  for (const [id, entry] of state.missed) keys.add(entry.grouped ? MISSED_KEY : keyOf(id));
  return keys;
}
