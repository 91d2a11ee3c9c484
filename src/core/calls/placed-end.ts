import type { EndReason, PlacedCall } from '../../shared/dial.ts';
import type { PbxCdr, PbxSession } from '../pbx/types.ts';
import { readLegs } from './legs.ts';
import type { OwnNumbers } from './own-numbers.ts';
import { readPlaced } from './placed-evidence.ts';
import { leadsTo } from './same-number.ts';

export interface PlacedEnd {
  reason: EndReason;
  /** What the user reads. */
  sentence: string;
}

/** What the PBX last said of the session, and when (ms since 1970). */
export interface Sighting {
  session: PbxSession;
  at: number;
}

const ENDED_AFTER = 'Ended after';
/** A connected call is looked at every five seconds. */
const NOTICED_LATE_MS = 15_000;
/** An entry that begins this much before or after the call is another call's, in ms. */
const CDR_EARLIER_MS = 5_000;
const CDR_LATER_MS = 300_000;

/** Why a call is over that nobody ended here, as far as its last step and the legs seen last tell. */
export function endByStep(call: PlacedCall, last: Sighting | null, own: OwnNumbers, now: number): PlacedEnd {
  switch (call.step) {
    case 'connected':
      return { reason: 'hung-up', sentence: talkedUntilGone(call, last, now) };
    case 'other-ringing':
      return { reason: 'other-unanswered', sentence: 'The other side did not answer or was busy.' };
    default: {
      // Only a leg of its own that rang to the end shows that the phone was not picked up.
      const evidence = last === null ? null : readPlaced(readLegs(last.session.legs), call.plan.dial, own);
      if (evidence?.phone === 'ringing')
        return { reason: 'phone-unanswered', sentence: 'Your phone was not answered.' };
      const shown = last?.session.legs.every((leg) => leg.talkingSeconds === 0) ?? false;
      const sentence = shown
        ? 'The call ended before it was connected.'
        : 'The call is over. The PBX did not show how it went.';
      return { reason: 'unknown', sentence };
    }
  }
}

/** The user ended it here. */
export function endByHand(call: PlacedCall, now: number): PlacedEnd {
  const sentence =
    call.step === 'connected' ? `You hung up after ${duration(talkedMs(call, now))}.` : 'You cancelled the call.';
  return { reason: 'hung-up-here', sentence };
}

/** What the call history adds to an end that was only inferred. What was seen with certainty stays. */
export function endByHistory(end: PlacedEnd, cdr: PbxCdr): PlacedEnd {
  switch (end.reason) {
    case 'hung-up': {
      const { answeredAt, endedAt } = cdr;
      const vague = !end.sentence.startsWith(ENDED_AFTER) && answeredAt !== null && endedAt !== null;
      const sentence = vague ? endedAfter(endedAt - answeredAt) : end.sentence;
      return { reason: 'hung-up', sentence: whoHungUp(sentence, cdr) };
    }
    case 'other-unanswered':
    case 'unknown':
      return endByStatus(end, cdr);
    default:
      return end;
  }
}

/** The entry of the call history that tells of this call; null when none is certain enough. `cdrs`: newest first. */
export function matchingCdr(cdrs: readonly PbxCdr[], call: PlacedCall, last: Sighting | null): PbxCdr | null {
  const begins = (last?.session.legs ?? []).flatMap((leg) => (leg.startedAt === null ? [] : [leg.startedAt]));
  // Legs and history share the PBX's clock. Without a leg there is only this computer's, which may differ.
  const begun = begins.length > 0 ? Math.min(...begins) : call.reached[0]?.at;
  if (begun === undefined) return null;
  const fits = ({ callee, startedAt, endedAt }: PbxCdr): boolean =>
    leadsTo(callee, call.plan.dial) &&
    startedAt !== null &&
    startedAt >= begun - CDR_EARLIER_MS &&
    startedAt <= begun + CDR_LATER_MS &&
    // The call before, to the same number, was over before this one began.
    endedAt !== null &&
    endedAt >= begun;
  return cdrs.find(fits) ?? null;
}

function endByStatus(end: PlacedEnd, cdr: PbxCdr): PlacedEnd {
  const { statusCode, answeredAt, endedAt } = cdr;
  // Before the other side rang, an entry does not say whose phone it speaks of.
  const who = end.reason === 'other-unanswered' ? 'The other side' : null;
  switch (statusCode) {
    case 486:
    case 600:
      return { reason: 'busy', sentence: who === null ? 'The PBX reported busy.' : `${who} was busy.` };
    case 603:
    case 607:
      return { reason: 'declined', sentence: who === null ? 'The call was declined.' : `${who} declined the call.` };
    case 408:
    case 480:
    case 487:
      return who === null
        ? { reason: 'unknown', sentence: 'The PBX reported no answer.' }
        : { reason: 'other-unanswered', sentence: `${who} did not answer.` };
    case 404:
    case 484:
    case 604:
      return { reason: 'failed', sentence: 'The PBX found nobody at that number.' };
  }
  if (statusCode !== null && statusCode >= 400) {
    return { reason: 'failed', sentence: `The call failed; the PBX reported ${statusCode}.` };
  }
  if (answeredAt !== null && endedAt !== null) {
    return { reason: 'hung-up', sentence: whoHungUp(endedAfter(endedAt - answeredAt), cdr) };
  }
  return end;
}

/** "Ended after 3:07." with who did it, where the history says so; spellings of its reasons differ by release. */
function whoHungUp(sentence: string, { endReason }: PbxCdr): string {
  const reason = endReason.toUpperCase();
  if (reason.startsWith('CALLEE_DISC')) return sentence.replace(/^Ended/, 'The other side hung up');
  if (reason.startsWith('CALLER_DISC')) return sentence.replace(/^Ended/, 'Hung up on your phone');
  if (/TRANSFER|^REFERRED|^REPLACED/.test(reason)) return sentence.replace(/^Ended/, 'Transferred');
  return sentence;
}

/** The end was noticed just after it came, or, after sleep or an outage, much later: then only the least is known. */
function talkedUntilGone(call: PlacedCall, last: Sighting | null, now: number): string {
  if (last === null || now - last.at <= NOTICED_LATE_MS) return endedAfter(talkedMs(call, now));
  return `Ended; you talked for at least ${duration(talkedMs(call, last.at))}.`;
}

function talkedMs(call: PlacedCall, now: number): number {
  const connected = call.reached.find(({ step }) => step === 'connected');
  return connected === undefined ? 0 : now - connected.at;
}

function endedAfter(ms: number): string {
  return `${ENDED_AFTER} ${duration(ms)}.`;
}

/** m:ss, from an hour on h:mm:ss. */
function duration(ms: number): string {
  const all = Math.max(0, Math.round(ms / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}
