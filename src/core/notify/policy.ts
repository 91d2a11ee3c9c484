import type { Call, CallEvent } from '../../shared/call.ts';
import { settleOutputs, type Announcement, type NotifyOutput } from './announcement.ts';
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

type Weight = Pick<Announcement, 'urgency' | 'stays'>;

/** Not `critical`, which would also stay on the screen: it overrides the desktop's "do not disturb". */
const RINGING: Weight = { urgency: 'normal', stays: true };
const MISSED: Weight = { urgency: 'low', stays: false };

interface Shown extends Wording {
  /** When it was announced, ms since 1970. */
  at: number;
  /** Part of the summary instead of a notification of its own. */
  grouped: boolean;
  /** The session id that its notification began with; another one where the name came later. */
  shownAs: string;
}

/** How it reached me. */
type Path = Pick<CallEvent & { type: 'for-me' }, 'transferred' | 'via'>;

interface Ringing extends Shown {
  path: Path;
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

/**
 * `changed`: a call looks different, e.g. its name was found. `clear`: everything about live calls goes (signed out).
 */
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
  const draft = draftOf(forget(state, now));
  for (const input of inputs) step(draft, input, context, now);
  const { ringing, missed, recent } = draft;
  const outputs = settleOutputs(draft.outputs, keysOnScreen(state));
  return [
    { ringing, missed, recent },
    outputs.map((output) => (output.type === 'sum-up' ? sumUp(output, draft) : output)),
  ];
}

/** Words of a summary are found once, when all that happened is known. */
type DraftOutput = NotifyOutput | { type: 'sum-up'; key: typeof WAITING_KEY | typeof MISSED_KEY };

/** The state while inputs are taken into it, ten thousand at once if need be. */
interface Draft {
  ringing: Map<string, Ringing>;
  missed: Map<string, Shown>;
  recent: number[];
  /** Those of `ringing` and `missed` that have a notification of their own. */
  single: { ringing: Set<string>; missed: Set<string> };
  outputs: DraftOutput[];
}

function draftOf({ ringing, missed, recent }: NotifyState): Draft {
  return {
    ringing: new Map(ringing),
    missed: new Map(missed),
    recent: [...recent],
    single: { ringing: singles(ringing), missed: singles(missed) },
    outputs: [],
  };
}

function singles(entries: ReadonlyMap<string, Shown>): Set<string> {
  return new Set([...entries].filter(([, entry]) => !entry.grouped).map(([id]) => id));
}

function step(draft: Draft, input: NotifyInput, context: NotifyContext, now: number): void {
  switch (input.type) {
    case 'appeared':
    case 'recorded':
      return;
    case 'for-me':
      rename(draft, input);
      rings(
        draft,
        input.call,
        { transferred: input.transferred, ...(input.via === undefined ? {} : { via: input.via }) },
        context,
        now,
      );
      return;
    case 'moved':
      // A hunt group passes on without anybody having answered.
      if (input.call.mine) looksDifferent(draft, input.call, undefined, context);
      else stopsRinging(draft, input.call.id);
      return;
    case 'changed':
      looksDifferent(draft, input.call, undefined, context);
      return;
    case 'answered':
    case 'ended':
      stopsRinging(draft, input.call.id);
      return;
    case 'missed':
      stopsRinging(draft, input.call.id);
      isMissed(draft, input.call, context, now);
      return;
    case 'clear':
      for (const id of [...draft.ringing.keys()]) stopsRinging(draft, id);
  }
}

function rings(draft: Draft, call: Call, path: Path, context: NotifyContext, now: number): void {
  const { ringing, single, recent, outputs } = draft;
  if (ringing.has(call.id)) {
    looksDifferent(draft, call, path, context);
    return;
  }
  if (!context.incoming || !announceable(call, context, now)) return;

  recent.push(now);
  const storm = recent.length > STORM_LIMIT || ringing.size > single.ringing.size;
  const entry: Ringing = {
    ...incomingWording(call, path, context),
    path,
    at: now,
    grouped: storm,
    shownAs: call.id,
  };
  ringing.set(call.id, entry);
  if (storm) {
    gather(ringing, single.ringing, now, outputs);
    outputs.push({ type: 'sum-up', key: WAITING_KEY });
  } else {
    single.ringing.add(call.id);
    outputs.push(alone(call.id, entry, RINGING));
  }
}

/** The ring is known already, by another id: its notification changes, and nobody is called twice. */
function rename({ ringing, single }: Draft, { call, insteadOf }: NotifyInput & { type: 'for-me' }): void {
  const known = insteadOf === undefined ? undefined : ringing.get(insteadOf);
  if (insteadOf === undefined || known === undefined) return;
  ringing.delete(insteadOf);
  ringing.set(call.id, known);
  if (single.ringing.delete(insteadOf)) single.ringing.add(call.id);
}

function looksDifferent(draft: Draft, call: Call, path: Path | undefined, context: NotifyContext): void {
  const before = draft.ringing.get(call.id);
  if (before === undefined) return;
  const after: Ringing = {
    ...before,
    ...incomingWording(call, path ?? before.path, context),
    path: path ?? before.path,
  };
  draft.ringing.set(call.id, after);
  // Who calls, and whether it was passed on, is worth another look; a trunk that is known a moment later is not.
  const same = before.grouped
    ? after.label === before.label
    : after.title === before.title &&
      (after.body === before.body || after.path.transferred === before.path.transferred);
  if (same) return;
  draft.outputs.push(before.grouped ? { type: 'sum-up', key: WAITING_KEY } : alone(call.id, after, RINGING));
}

function stopsRinging({ ringing, single, outputs }: Draft, id: string): void {
  const entry = ringing.get(id);
  if (entry === undefined) return;
  ringing.delete(id);
  single.ringing.delete(id);
  if (!entry.grouped) outputs.push({ type: 'close', key: keyOf(entry.shownAs) });
  else if (ringing.size === single.ringing.size) outputs.push({ type: 'close', key: WAITING_KEY });
}

function isMissed({ missed, single, outputs }: Draft, call: Call, context: NotifyContext, now: number): void {
  if (missed.has(call.id) || !context.missed || !announceable(call, context, now)) return;
  const storm = missed.size >= STORM_LIMIT;
  const entry: Shown = { ...missedWording(call, context), at: now, grouped: storm, shownAs: call.id };
  missed.set(call.id, entry);
  if (storm) {
    gather(missed, single.missed, now, outputs);
    outputs.push({ type: 'sum-up', key: MISSED_KEY });
  } else {
    single.missed.add(call.id);
    outputs.push(alone(call.id, entry, MISSED));
  }
}

/** Takes the single notifications of the last seconds into the summary. */
function gather<T extends Shown>(
  entries: Map<string, T>,
  single: Set<string>,
  now: number,
  outputs: DraftOutput[],
): void {
  for (const id of [...single]) {
    const entry = entries.get(id);
    if (entry === undefined || now - entry.at >= STORM_MS) continue;
    entries.set(id, { ...entry, grouped: true });
    single.delete(id);
    outputs.push({ type: 'close', key: keyOf(entry.shownAs) });
  }
}

function forget(state: NotifyState, now: number): NotifyState {
  // A clock that was put back must not keep old entries "young" for hours: only the last five seconds count.
  const young = (at: number): boolean => at <= now && now - at < STORM_MS;
  const newestMissed = [...state.missed.values()].reduce((newest, { at }) => Math.max(newest, at), 0);
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

function sumUp({ key }: DraftOutput & { type: 'sum-up' }, { ringing, missed }: Draft): NotifyOutput {
  if (key === MISSED_KEY) return summary(key, missedTitle([...missed.values()].map(({ label }) => label)), MISSED);
  const labels = [...ringing.values()].filter(({ grouped }) => grouped).map(({ label }) => label);
  return summary(key, waitingTitle(labels), RINGING);
}

function summary(key: string, title: string, weight: Weight): NotifyOutput {
  return { type: 'show', key, title, body: SUMMARY_BODY, ...weight, sessionId: null };
}

function alone(id: string, { title, body, shownAs }: Shown, weight: Weight): NotifyOutput {
  return { type: 'show', key: keyOf(shownAs), title, body, ...weight, sessionId: id };
}

function keyOf(sessionId: string): string {
  return `call:${sessionId}`;
}

function keysOnScreen(state: NotifyState): Set<string> {
  const keys = new Set<string>();
  for (const entry of state.ringing.values()) keys.add(entry.grouped ? WAITING_KEY : keyOf(entry.shownAs));
  for (const entry of state.missed.values()) keys.add(entry.grouped ? MISSED_KEY : keyOf(entry.shownAs));
  return keys;
}
