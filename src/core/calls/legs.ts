import type { Party } from '../../shared/call.ts';
import type { PbxLeg } from '../pbx/types.ts';
import { normaliseNumber } from './same-number.ts';

const CENTURY = { begins: Date.UTC(2000, 0), ends: Date.UTC(2100, 0) };
/** Talking times are 32-bit numbers of seconds. */
const LONGEST_TALK_S = 2 ** 32;

/** One leg of a session, ready to be compared. */
export interface Leg {
  /** Who calls whom, normalised: the same leg has the same key in every snapshot. */
  key: string;
  caller: Party;
  callee: Party;
  trunk: string;
  /** ms since 1970 on the PBX's clock. */
  startedAt: number | null;
  /** Seconds; 0 while nobody talked; null when the PBX does not say. */
  talking: number | null;
}

/**
 * The legs of a session, each once, in an order that does not depend on the PBX's. Entries for the same two parties
 * (two devices of one extension) become one leg, which talks when any of them does.
 */
export function readLegs(legs: readonly PbxLeg[]): Leg[] {
  const byKey = new Map<string, Leg>();
  for (const leg of legs) {
    const read = readLeg(leg);
    const twin = byKey.get(read.key);
    byKey.set(read.key, twin === undefined ? read : merge(twin, read));
  }
  return [...byKey.values()].sort((a, b) => compareText(a.key, b.key));
}

/** By code unit: the same on every computer. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A time in this century, else null: servers write "never" as the year 1 or 1970. */
export function plausibleTime(ms: number | null): number | null {
  return ms !== null && ms > CENTURY.begins && ms < CENTURY.ends ? ms : null;
}

function readLeg(leg: PbxLeg): Leg {
  return {
    key: `${normaliseNumber(leg.caller)} > ${normaliseNumber(leg.callee)}`,
    caller: { number: clip(leg.caller, 256), name: clip(leg.callerName, 1024) },
    callee: { number: clip(leg.callee, 256), name: '' },
    trunk: clip(leg.trunk, 64),
    startedAt: plausibleTime(leg.startedAt),
    talking: secondsOf(leg.talkingSeconds),
  };
}

function merge(a: Leg, b: Leg): Leg {
  return {
    key: a.key,
    caller: { number: eitherText(a.caller.number, b.caller.number), name: eitherText(a.caller.name, b.caller.name) },
    callee: { number: eitherText(a.callee.number, b.callee.number), name: '' },
    trunk: eitherText(a.trunk, b.trunk),
    startedAt:
      a.startedAt === null || b.startedAt === null ? (a.startedAt ?? b.startedAt) : Math.min(a.startedAt, b.startedAt),
    talking: a.talking === null || b.talking === null ? (a.talking ?? b.talking) : Math.max(a.talking, b.talking),
  };
}

function secondsOf(seconds: number | null): number | null {
  return seconds !== null && seconds >= 0 && seconds < LONGEST_TALK_S ? seconds : null;
}

function eitherText(a: string, b: string): string {
  if (a === '' || b === '') return a === '' ? b : a;
  return compareText(a, b) <= 0 ? a : b;
}

function clip(text: string, max: number): string {
  return text.length <= max ? text : text.slice(0, max).toWellFormed();
}
