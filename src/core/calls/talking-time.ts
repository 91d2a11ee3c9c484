import type { PbxLeg, PbxSession } from '../pbx/types.ts';
import type { Draft } from './draft.ts';
import { plausibleTalk, plausibleTime } from '../pbx/plausible.ts';
import { LIMIT_MS } from './limits.ts';
import type { Leg, RestingSession, Session } from './model.ts';
import { isResting } from '../sessions.ts';

/** Whether nothing but the talking time has changed. In a list of ten thousand that is true of nearly all sessions. */
export function isUnchanged(draft: Draft, before: Session | RestingSession, { legs }: PbxSession): boolean {
  const rests = isResting(before);
  const row = rests ? before.row : before.inList && before.confirmBy === null ? before.unmodifiedListRow : null;
  if (row === null || draft.clockChanged || row.legs.length !== legs.length) return false;
  for (let index = 0; index < legs.length; index++) {
    const [then, now, leg] = [row.legs[index], legs[index], rests ? before : before.legs[index]];
    if (then === undefined || now === undefined || leg === undefined || !sameLeg(then, now)) return false;
    if (!isStateUnchanged(draft, leg, now)) return false;
  }
  return true;
}

function sameLeg(a: PbxSession['legs'][number], b: PbxSession['legs'][number]): boolean {
  return (
    a === b ||
    (a.callee === b.callee &&
      a.caller === b.caller &&
      a.startedAt === b.startedAt &&
      a.callerName === b.callerName &&
      a.trunk === b.trunk)
  );
}

function isStateUnchanged(draft: Draft, leg: Leg | RestingSession, { startedAt, talkingSeconds }: PbxLeg): boolean {
  const known = 'derive' in leg ? undefined : leg;
  const talking = plausibleTalk(talkingSeconds);
  if (known !== undefined && (known.countedFrom !== null) !== (talking ?? 0) > 0) return false;
  if (talking === null) return leg.state === 'unknown';
  // If the leg was only offered the call so far, the list is the first source to report that it rings.
  if (talking === 0) return leg.state === 'ringing' && known?.rangAt !== null;
  if (leg.state === 'talking')
    return leg.answeredAt !== null && Math.abs(draft.now - talking * 1000 - leg.answeredAt) <= LIMIT_MS.noise;
  return runsSinceStart(draft, plausibleTime(startedAt), talking, known);
}

/**
 * Whether a talking time counts from the start of the session, so that it proves no answer. The documents describe
 * `talking_time` as the duration of the session, but PBXs differ:
 * - A leg with 0 in an older session proves that this PBX counts from the answer.
 * - A leg that push reports as ringing, with a value that equals the age of the session, proves the opposite.
 * - Until one of them is proven, a value that equals the age of the session counts from its start.
 */
export function runsSinceStart(
  draft: Draft,
  startedAt: number | null,
  talking: number | null,
  known: Leg | undefined,
): boolean {
  const { talkingTime, pbxToMonotonicMs } = draft.model;
  if (talking === 0) return false;
  // The value of a leg that has ended may stand still, so it need not equal the age.
  if (talkingTime !== 'unproven') return talkingTime === 'of-session';
  if (talking === null || startedAt === null || pbxToMonotonicMs === null) return false;
  const age = draft.age(startedAt, pbxToMonotonicMs);
  const matches = Math.abs(age - talking * 1000) <= LIMIT_MS.talkingTimeMatch;
  const rings = known?.state === 'ringing' && known.eventStamp !== null && known.end === null && known.rangAt !== null;
  if (matches && rings && age > 2 * LIMIT_MS.talkingTimeMatch) draft.set({ talkingTime: 'of-session' });
  return matches && known?.state !== 'talking';
}

/** A talking time of 0 in an older session proves that this PBX counts from the answer. */
export function learnTalkingTime(draft: Draft, sessions: readonly PbxSession[]): void {
  const { talkingTime, pbxToMonotonicMs } = draft.model;
  if (talkingTime === 'of-leg' || pbxToMonotonicMs === null) return;
  const proven = sessions.some(({ legs }) =>
    legs.some(
      ({ talkingSeconds, startedAt }) =>
        talkingSeconds === 0 &&
        startedAt !== null &&
        draft.age(startedAt, pbxToMonotonicMs) > 2 * LIMIT_MS.talkingTimeMatch,
    ),
  );
  if (proven) draft.set({ talkingTime: 'of-leg' });
}
