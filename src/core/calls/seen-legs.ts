import type { PbxLeg } from '../pbx/types.ts';
import { sameOwn, type OwnNumbers } from './own-numbers.ts';

/** All that a session is read from. */
export interface Sight {
  legs: readonly PbxLeg[];
  own: OwnNumbers;
  /** The number dialled, for a call that was placed here. */
  placed: string | null;
  /** What to add to a time of the PBX's clock to get this computer's, in ms. */
  offset: number;
}

/** What a session was read from last. */
export interface SeenLegs extends Sight {
  /** What was read as the call's talking time, in seconds; null while it has none. */
  talking: number | null;
}

/**
 * The talking time of a call of which nothing has changed but that its legs talked on, all by the same time. Undefined
 * when anything else has. In a list of ten thousand calls nearly all do just that.
 */
export function talkedOn(seen: SeenLegs, { legs, own, placed, offset }: Sight): number | null | undefined {
  if (placed !== seen.placed || offset !== seen.offset || legs.length !== seen.legs.length) return undefined;
  if (!sameOwn(own, seen.own)) return undefined;
  let passed: number | null = null;
  for (let index = 0; index < legs.length; index++) {
    const [before, leg] = [seen.legs[index], legs[index]];
    if (before === undefined || leg === undefined || !sameLeg(before, leg)) return undefined;
    const [then, now] = [before.talkingSeconds, leg.talkingSeconds];
    if (then !== null && now !== null && then > 0 && now > 0) {
      if (passed !== null && passed !== now - then) return undefined;
      passed = now - then;
    } else if (then !== now) {
      return undefined;
    }
  }
  return seen.talking === null ? null : seen.talking + (passed ?? 0);
}

function sameLeg(a: PbxLeg, b: PbxLeg): boolean {
  return (
    a.startedAt === b.startedAt &&
    a.callee === b.callee &&
    a.caller === b.caller &&
    a.callerName === b.callerName &&
    a.trunk === b.trunk
  );
}
