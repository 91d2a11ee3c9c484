import type { Call, CallEvent } from '../../shared/call.ts';
import type { NotifyMoment, NotifyReason } from '../../shared/notified.ts';
import { decide, decideWithoutRing, type DecideContext, type Decision } from './decide.ts';
import { settleOutputs, type PlannedNotification, type NotifyOutput } from './planned-notification.ts';
import {
  incomingContent,
  missedContent,
  isSameSide,
  summaryContent,
  summaryLabel,
  type ContentContext,
  type IncomingContent,
  type MissedContent,
} from './content.ts';

/** More than this many new notifications within `STORM_MS` become one summary. */
export const STORM_LIMIT = 3;
export const STORM_MS = 5_000;

const WAITING_KEY = 'calls-waiting';
const MISSED_KEY = 'calls-missed';

type Weight = Pick<PlannedNotification, 'urgency' | 'stays'>;

/** Not `critical`, which would also stay on the screen: it overrides the desktop's "do not disturb". */
const RINGING: Weight = { urgency: 'normal', stays: true };
const MISSED: Weight = { urgency: 'low', stays: false };

/** A call whose notification is on the screen. */
interface Shown {
  call: Call;
  content: IncomingContent | MissedContent;
  /** When the call was announced (ms since 1970). */
  at: number;
  /** True if a summary announces the call; false if the call has a notification of its own. */
  grouped: boolean;
  /** Why the call is announced. */
  reason: NotifyReason;
  /** Plays no sound, because the user's rule for the person says so. */
  silent: boolean;
  /** The session id in the key of the notification. It stays the same when the call becomes known by another id. */
  keySessionId: string;
}

/** How the call reached me. */
type Path = Pick<CallEvent & { type: 'for-me' }, 'transferred' | 'via'>;

interface Ringing extends Shown {
  content: IncomingContent;
  path: Path;
}

/** The calls whose notifications are on the screen, by session id, oldest first. */
export interface NotifyState {
  ringing: ReadonlyMap<string, Ringing>;
  /** The latest missed calls, as far as they are needed to detect a storm. */
  missed: ReadonlyMap<string, Shown>;
  /** When calls were announced lately, ms since 1970. */
  recent: readonly number[];
}

export const NO_NOTIFICATIONS: NotifyState = { ringing: new Map(), missed: new Map(), recent: [] };

export type NotifyContext = ContentContext & DecideContext;

/** `changed`: a call looks different, e.g. its name was found. `clear`: the user signed out, and all calls are gone. */
export type NotifyInput = CallEvent | { type: 'changed'; call: Call } | { type: 'clear' };

/**
 * Decides which notifications are shown, replaced and closed. Each call has one notification: a change replaces it, an
 * answer or the end of the call closes it, and the notification of a missed call replaces it. More than three new notifications within
 * five seconds (a storm) become one summary. The summary is shown again when a call is added. When a call ends, the
 * summary stays as it is, because the end needs no attention. Pass all events of one poll together, so that a storm begins as a summary.
 *
 * Returns the next state, what to show and close, and why each call was announced or not. Of several decisions about the
 * same call and moment, the last one is valid.
 */
export function notify(
  state: NotifyState,
  inputs: readonly NotifyInput[],
  context: NotifyContext,
  now: number,
): [NotifyState, NotifyOutput[], Decision[]] {
  const draft = draftOf(withoutOldEntries(state, now));
  for (const input of inputs) applyInput(draft, input, context, now);
  const { ringing, missed, recent, decisions } = draft;
  const outputs = settleOutputs(draft.outputs, keysOnScreen(state));
  return [
    { ringing, missed, recent },
    outputs.map((output) => (output.type === 'sum-up' ? summaryNotification(output, draft) : output)),
    decisions,
  ];
}

/** `sum-up` shows a summary again. The content of the summary is made after all inputs were applied. */
type DraftOutput = NotifyOutput | { type: 'sum-up'; key: typeof WAITING_KEY | typeof MISSED_KEY };

/** The state while inputs are applied. It is mutable, because a copy for each of ten thousand calls would be slow. */
interface Draft {
  ringing: Map<string, Ringing>;
  missed: Map<string, Shown>;
  recent: number[];
  /** The ids in `ringing` and `missed` that have a notification of their own. */
  ungrouped: { ringing: Set<string>; missed: Set<string> };
  outputs: DraftOutput[];
  decisions: Decision[];
}

function draftOf({ ringing, missed, recent }: NotifyState): Draft {
  return {
    ringing: new Map(ringing),
    missed: new Map(missed),
    recent: [...recent],
    ungrouped: { ringing: ungroupedIds(ringing), missed: ungroupedIds(missed) },
    outputs: [],
    decisions: [],
  };
}

function ungroupedIds(entries: ReadonlyMap<string, Shown>): Set<string> {
  return new Set([...entries].filter(([, entry]) => !entry.grouped).map(([id]) => id));
}

function applyInput(draft: Draft, input: NotifyInput, context: NotifyContext, now: number): void {
  switch (input.type) {
    case 'appeared':
      decideOnly(draft, input.call, decideWithoutRing(input.call));
      return;
    case 'recorded':
      // A missed call was announced before. The record only adds its number.
      if (input.outcome !== 'missed') decideOnly(draft, input.call, { code: 'record-only' });
      return;
    case 'for-me':
      moveToNewId(draft, input);
      addRinging(draft, input, context, now);
      return;
    case 'moved':
      // A hunt group passes a call on although nobody answered.
      if (input.call.mine) updateIfRinging(draft, input.call, context, now);
      else removeRinging(draft, input.call.id);
      return;
    case 'changed':
      updateIfRinging(draft, input.call, context, now);
      return;
    case 'ended':
      if (input.call.mine) decideOnly(draft, input.call, decideWithoutRing(input.call));
      removeRinging(draft, input.call.id);
      return;
    case 'answered':
      removeRinging(draft, input.call.id);
      return;
    case 'missed':
      removeRinging(draft, input.call.id);
      addMissed(draft, input.call, context, now);
      return;
    case 'clear':
      for (const id of [...draft.ringing.keys()]) removeRinging(draft, id);
  }
}

/** Records why a call is not announced. */
function decideOnly({ decisions }: Draft, call: Call, reason: NotifyReason): void {
  decisions.push({ call, moment: 'ringing', reason, key: null });
}

function addRinging(draft: Draft, event: NotifyInput & { type: 'for-me' }, context: NotifyContext, now: number): void {
  const { ringing, ungrouped, recent, outputs, decisions } = draft;
  const { call, transferred, via, insteadOf } = event;
  const path = { transferred, ...(via === undefined ? {} : { via }) };
  const ringingEntry = ringing.get(call.id);
  const replacedId = insteadOf === undefined ? {} : { insteadOf };
  if (ringingEntry !== undefined) {
    const reasonAgainst = updateRinging(draft, call, path, context, now);
    if (reasonAgainst !== null)
      decisions.push({ call, moment: 'ringing', reason: reasonAgainst, key: null, ...replacedId });
    else if (insteadOf !== undefined) decisions.push({ ...decisionOn(ringingEntry, 'ringing'), call, ...replacedId });
    return;
  }
  const reason = decide('ringing', call, context, now, via ?? call.via);
  if (reason.code !== 'announced') {
    decisions.push({ call, moment: 'ringing', reason, key: null, ...replacedId });
    return;
  }
  recent.push(now);
  const isStorm = recent.length > STORM_LIMIT || ringing.size > ungrouped.ringing.size;
  const entry: Ringing = {
    call,
    content: incomingContent(call, path, context),
    path,
    at: now,
    grouped: isStorm,
    reason,
    silent: isSilent(call, context),
    keySessionId: call.id,
  };
  ringing.set(call.id, entry);
  decisions.push({ ...decisionOn(entry, 'ringing'), ...replacedId });
  if (isStorm) {
    moveIntoSummary(draft, 'ringing', now);
    outputs.push({ type: 'sum-up', key: WAITING_KEY });
  } else {
    ungrouped.ringing.add(call.id);
    outputs.push(ownNotification(call.id, entry, RINGING));
  }
}

function decisionOn({ call, grouped, keySessionId, reason }: Shown, moment: NotifyMoment): Decision {
  if (!grouped) return { call, moment, reason, key: keyOf(keySessionId) };
  return { call, moment, reason: { code: 'summed-up' }, key: moment === 'ringing' ? WAITING_KEY : MISSED_KEY };
}

/** Moves a ring that is already announced under another id to the new id. It keeps its notification. */
function moveToNewId({ ringing, ungrouped }: Draft, { call, insteadOf }: NotifyInput & { type: 'for-me' }): void {
  const entry = insteadOf === undefined ? undefined : ringing.get(insteadOf);
  if (insteadOf === undefined || entry === undefined) return;
  ringing.delete(insteadOf);
  ringing.set(call.id, entry);
  if (ungrouped.ringing.delete(insteadOf)) ungrouped.ringing.add(call.id);
}

function updateIfRinging(draft: Draft, call: Call, context: NotifyContext, now: number): void {
  const reasonAgainst = updateRinging(draft, call, undefined, context, now);
  if (reasonAgainst !== null) decideOnly(draft, call, reasonAgainst);
}

/**
 * Shows what became known of a ringing call that is announced, and returns null. If the user turned out not to want
 * notifications of such calls or of this person, closes the notification and returns the reason.
 */
function updateRinging(
  draft: Draft,
  call: Call,
  path: Path | undefined,
  context: NotifyContext,
  now: number,
): NotifyReason | null {
  const oldEntry = draft.ringing.get(call.id);
  if (oldEntry === undefined) return null;
  const currentPath = path ?? oldEntry.path;
  const reason = decide('ringing', call, context, now, currentPath.via ?? call.via);
  // A notification stays if a pause or quiet hours began after it was shown.
  if (reason.code === 'rule' || reason.code === 'person') {
    removeRinging(draft, call.id);
    return reason;
  }
  const content = incomingContent(call, currentPath, context);
  const newEntry: Ringing = { ...oldEntry, call, content, path: currentPath, silent: isSilent(call, context) };
  draft.ringing.set(call.id, newEntry);
  // For example, a notification shows a new name or a transfer, but no trunk.
  if (looksSame(oldEntry, newEntry)) return null;
  draft.outputs.push(
    oldEntry.grouped ? { type: 'sum-up', key: WAITING_KEY } : ownNotification(call.id, newEntry, RINGING),
  );
  return null;
}

function looksSame({ grouped, content: before }: Ringing, { content: after }: Ringing): boolean {
  if (grouped) return summaryLabel(after.other) === summaryLabel(before.other);
  const isSameTransfer = after.transferred === before.transferred && after.by === before.by;
  return isSameSide(after.other, before.other) && isSameTransfer;
}

function removeRinging({ ringing, ungrouped, outputs }: Draft, id: string): void {
  const entry = ringing.get(id);
  if (entry === undefined) return;
  ringing.delete(id);
  ungrouped.ringing.delete(id);
  if (!entry.grouped) outputs.push({ type: 'close', key: keyOf(entry.keySessionId) });
  else if (ringing.size === ungrouped.ringing.size) outputs.push({ type: 'close', key: WAITING_KEY });
}

function addMissed(draft: Draft, call: Call, context: NotifyContext, now: number): void {
  const { missed, ungrouped, outputs, decisions } = draft;
  if (missed.has(call.id)) return;
  const reason = decide('missed', call, context, now);
  if (reason.code !== 'announced') {
    decisions.push({ call, moment: 'missed', reason, key: null });
    return;
  }
  const isStorm = missed.size >= STORM_LIMIT;
  const entry: Shown = {
    call,
    content: missedContent(call, context),
    at: now,
    grouped: isStorm,
    reason,
    silent: isSilent(call, context),
    keySessionId: call.id,
  };
  missed.set(call.id, entry);
  decisions.push(decisionOn(entry, 'missed'));
  if (isStorm) {
    moveIntoSummary(draft, 'missed', now);
    outputs.push({ type: 'sum-up', key: MISSED_KEY });
  } else {
    ungrouped.missed.add(call.id);
    outputs.push(ownNotification(call.id, entry, MISSED));
  }
}

/** Moves calls that were announced in the last seconds from their own notifications into the summary. */
function moveIntoSummary(draft: Draft, moment: NotifyMoment, now: number): void {
  const entries: Map<string, Shown> = draft[moment];
  for (const id of [...draft.ungrouped[moment]]) {
    const entry = entries.get(id);
    if (entry === undefined || now - entry.at >= STORM_MS) continue;
    const grouped = { ...entry, grouped: true };
    entries.set(id, grouped);
    draft.ungrouped[moment].delete(id);
    draft.outputs.push({ type: 'close', key: keyOf(entry.keySessionId) });
    draft.decisions.push(decisionOn(grouped, moment));
  }
}

function withoutOldEntries(state: NotifyState, now: number): NotifyState {
  // A clock that was put back must not keep old entries for hours: only the last five seconds count.
  const isRecent = (at: number): boolean => at <= now && now - at < STORM_MS;
  const newestMissed = [...state.missed.values()].reduce((newest, { at }) => Math.max(newest, at), 0);
  return {
    ringing: state.ringing,
    // A storm of missed calls lasts as long as each call is missed within five seconds of the previous one.
    missed: isRecent(newestMissed) && hasSummary(state.missed) ? state.missed : filterEntries(state.missed, isRecent),
    recent: state.recent.filter(isRecent),
  };
}

function filterEntries(entries: ReadonlyMap<string, Shown>, isRecent: (at: number) => boolean): Map<string, Shown> {
  return new Map([...entries].filter(([, entry]) => isRecent(entry.at)));
}

function hasSummary(entries: ReadonlyMap<string, Shown>): boolean {
  return [...entries.values()].some((entry) => entry.grouped);
}

function summaryNotification({ key }: DraftOutput & { type: 'sum-up' }, { ringing, missed }: Draft): NotifyOutput {
  const isRinging = key === WAITING_KEY;
  const entries: Shown[] = isRinging ? [...ringing.values()].filter(({ grouped }) => grouped) : [...missed.values()];
  const content = summaryContent(
    isRinging ? 'ringing-calls' : 'missed-calls',
    entries.map((entry) => entry.content.other),
  );
  const silent = entries.every((entry) => entry.silent);
  return { type: 'show', key, content, ...(isRinging ? RINGING : MISSED), ...(silent ? { silent } : {}), call: null };
}

const isSilent = ({ other }: Call, { ruleFor }: NotifyContext): boolean => ruleFor(other) === 'silent';

function ownNotification(id: string, { call, content, silent, keySessionId }: Shown, weight: Weight): NotifyOutput {
  return {
    type: 'show',
    key: keyOf(keySessionId),
    content,
    ...weight,
    ...(silent ? { silent } : {}),
    call: { id, at: call.startedAt },
  };
}

/** The ringing call of a notification. Its session id may have become known after the notification was shown. */
export function ringingShownBy({ ringing }: NotifyState, key: string): PlannedNotification['call'] {
  const found = [...ringing].find(([, { grouped, keySessionId }]) => !grouped && keyOf(keySessionId) === key);
  return found === undefined ? null : { id: found[0], at: found[1].call.startedAt };
}

function keyOf(sessionId: string): string {
  return `call:${sessionId}`;
}

function keysOnScreen(state: NotifyState): Set<string> {
  const keys = new Set<string>();
  for (const entry of state.ringing.values()) keys.add(entry.grouped ? WAITING_KEY : keyOf(entry.keySessionId));
  for (const entry of state.missed.values()) keys.add(entry.grouped ? MISSED_KEY : keyOf(entry.keySessionId));
  return keys;
}
