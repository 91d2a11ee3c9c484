import type { Draft } from './draft.ts';
import type { ListedLeg } from './legs.ts';
import { LIMIT_MS } from './limits.ts';
import type { FactStamp, Leg, LegEnds, Session } from './model.ts';

// Some PBXs list an ended leg until its call ends. Here such a leg is called kept.

/**
 * Returns the listed legs that are known to have ended and are only kept. A talking time that stands still proves that.
 * Without it the phone may have been offered the call again, so another leg must go on.
 */
export function keptLegs(draft: Draft, listed: readonly ListedLeg[], before: Session): readonly ListedLeg[] {
  const proofs = listed.map(({ ends, talking }) => proofOfEnd(draft, knownLeg(before, ends), talking));
  const goesOn = proofs.includes('none');
  return listed.filter((_leg, index) => proofs[index] === 'counter' || (goesOn && proofs[index] === 'event'));
}

/** Finds the leg of the session that a listed leg stands for. Push may have reported it with another caller. */
export function knownLeg({ legs }: Session, { key, to }: LegEnds): Leg | undefined {
  return legs.find((leg) => leg.key === key) ?? legs.find((leg) => !leg.wasListed && leg.to === to);
}

/** What proves that the leg has ended: its talking time stands still (`counter`), or push reported its end (`event`). */
function proofOfEnd({ model }: Draft, known: Leg | undefined, talking: number | null): 'none' | 'counter' | 'event' {
  if (known === undefined || known.end === null) return 'none';
  const { end, isTarget, eventStamp } = known;
  const phone = (model.phones.get(known.to) ?? model.phones.get(known.from))?.activity;
  const isQuiet = phone === 'idle' || (phone === 'on-call' && talking === 0);
  const isReported = model.hasPush && (isTarget || isQuiet);
  // If the list never showed the leg talking, its talking time counts from the answer that push reported.
  const countedFrom = known.countedFrom ?? known.answeredAt;
  if (talking !== null && talking > 0 && countedFrom !== null)
    return countedFrom + talking * 1000 <= end.at + LIMIT_MS.noise ? 'counter' : 'none';
  return isReported || (talking === null && eventStamp !== null) ? 'event' : 'none';
}

/**
 * Ends the listed legs whose talking time stands still while the call goes on, and those that rang me when another
 * phone answered. If the talking times of all legs stand still, they prove nothing.
 */
export function endKeptLegs(
  { stamp }: Draft,
  asOf: FactStamp,
  legs: readonly Leg[],
  listed: readonly ListedLeg[],
  before: Session,
): Leg[] {
  if (legs.length < 2) return [...legs];
  const stops = legs.map((leg, index) => stoppedAt(leg, listed[index]?.talking ?? null, asOf));
  const goesOn = legs.some(({ end }, index) => end === null && stops[index] === null);
  return legs.map((leg, index) => {
    const at = (goesOn ? stops[index] : null) ?? silencedAt(leg, legs);
    if (leg.end !== null || at === null) return leg;
    return { ...leg, end: before.legs.find(({ key }) => key === leg.key)?.end ?? { seq: stamp.seq, at } };
  });
}

/** When the talking time stopped, in monotonic ms; null if it still runs, or if there is none. */
function stoppedAt({ countedFrom }: Leg, talking: number | null, asOf: FactStamp): number | null {
  if (talking === null || countedFrom === null) return null;
  const end = countedFrom + talking * 1000;
  return end < asOf.at - LIMIT_MS.noise ? end : null;
}

/** When another phone answered the call that rang this phone of mine, in monotonic ms; null if none did. */
function silencedAt({ toMe, state, rangAt }: Leg, legs: readonly Leg[]): number | null {
  if (!toMe || state !== 'ringing' || rangAt === null) return null;
  const answers = legs.flatMap((one) => (one.toMe || one.end !== null ? [] : (one.answeredAt ?? [])));
  const later = answers.filter((at) => at > rangAt);
  return later.length === 0 ? null : Math.min(...later);
}
