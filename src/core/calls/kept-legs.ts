import type { Draft } from './draft.ts';
import type { ListedLeg } from './legs.ts';
import { LIMIT_MS } from './limits.ts';
import type { EvidenceStamp, Leg, Session } from './model.ts';

// Some PBXs list the legs that have ended until their call ends.

/**
 * The listed legs that the list shows only because the PBX keeps ended legs. A talking time that stands still proves
 * that. Otherwise the leg may have been offered the call again, so another leg must go on.
 */
export function keptLegs(draft: Draft, listed: readonly ListedLeg[], before: Session): readonly ListedLeg[] {
  const proofs = listed.map(({ leg, talking }) => proofOfEnd(draft, knownLeg(before, leg), talking));
  const goesOn = proofs.includes('none');
  return listed.filter((_leg, index) => proofs[index] === 'counter' || (goesOn && proofs[index] === 'event'));
}

/** A leg that push reported may have another caller in the list. */
export function knownLeg({ legs }: Session, { key, to }: Leg): Leg | undefined {
  return legs.find((leg) => leg.key === key) ?? legs.find((leg) => !leg.listed && leg.to === to);
}

function proofOfEnd({ model }: Draft, known: Leg | undefined, talking: number | null): 'none' | 'counter' | 'event' {
  if (known === undefined || known.over === null) return 'none';
  const { over, countedFrom, target, event } = known;
  const phone = (model.phones.get(known.to) ?? model.phones.get(known.from))?.activity;
  const isQuiet = phone === 'idle' || (phone === 'on-call' && talking === 0);
  const isReported = model.listening && (target || isQuiet);
  if (talking !== null && talking > 0 && countedFrom !== null)
    return countedFrom + talking * 1000 <= over.at + LIMIT_MS.noise ? 'counter' : 'none';
  return isReported || (talking === null && event !== null) ? 'event' : 'none';
}

/**
 * Ends the listed legs whose talking time stands still while the call goes on, and those that rang me when another phone
 * answered. If the talking times of all legs stand still, they prove nothing.
 */
export function withoutKept(
  { stamp }: Draft,
  asked: EvidenceStamp,
  legs: readonly Leg[],
  listed: readonly ListedLeg[],
  before: Session,
): Leg[] {
  if (legs.length < 2) return [...legs];
  const stops = legs.map((leg, index) => stoppedAt(leg, listed[index]?.talking ?? null, asked));
  const goesOn = legs.some(({ over }, index) => over === null && stops[index] === null);
  return legs.map((leg, index) => {
    const at = (goesOn ? stops[index] : null) ?? silencedAt(leg, legs);
    if (leg.over !== null || at === null) return leg;
    return { ...leg, over: before.legs.find(({ key }) => key === leg.key)?.over ?? { seq: stamp.seq, at } };
  });
}

/** When the talking time stopped, in monotonic ms; null if it may still run, or never did. */
function stoppedAt({ countedFrom }: Leg, talking: number | null, asked: EvidenceStamp): number | null {
  if (talking === null || countedFrom === null) return null;
  const end = countedFrom + talking * 1000;
  return end < asked.at - LIMIT_MS.noise ? end : null;
}

/** When another phone answered the call that rang this phone of mine, in monotonic ms; null if none did. */
function silencedAt({ toMe, state, rangAt }: Leg, legs: readonly Leg[]): number | null {
  if (!toMe || state !== 'ringing' || rangAt === null) return null;
  const answers = legs.flatMap((one) => (one.toMe || one.over !== null ? [] : (one.answeredAt ?? [])));
  const later = answers.filter((at) => at > rangAt);
  return later.length === 0 ? null : Math.min(...later);
}
