import type { CallDirection } from '../../shared/call.ts';
import type { PlacedEnd } from '../../shared/dial.ts';
import { normaliseNumber } from '../../shared/same-number.ts';
import type { OwnPhones } from '../numbers/own-numbers.ts';
import type { RecordTarget } from './push/types.ts';
import type { PbxCdr } from './types.ts';

// What a record of a call that is over shows: `call_cdr`, or an entry of the call history.

/** The end of a call as `call_cdr` or the call history reports it. Times in ms since 1970 on the PBX's clock. */
export interface EndRecord {
  caller: string;
  callee: string;
  answeredAt: number | null;
  endedAt: number | null;
  /** As the PBX writes it: compare by prefix and without case. */
  endReason: string;
  /** SIP status; 0 is a normal end; null when missing. */
  statusCode: number | null;
  /** `answered`, `noanswer` or `fail`; '' if the PBX does not report it. */
  callStatus: string;
  /** The phones that the call was offered to; empty if the PBX does not report them. */
  targets: readonly RecordTarget[];
}

const BUSY: ReadonlySet<number> = new Set([486, 600]);
const DECLINED: ReadonlySet<number> = new Set([603, 607]);
const UNANSWERED: ReadonlySet<number> = new Set([408, 480, 487]);
const DECLINED_WORDS = /BUSY|DECLIN|REJECT|DISTURB|^DND/i;
/** The call was completed elsewhere (22.6), forwarded by a rule, picked up by a colleague, parked or transferred. */
const TAKEN_WORDS = /ELSEWHERE|FORWARD|REDIRECT|PICK_?UP|PICKED|PARK|REFERRED|REPLACED|TRANSFER/i;

/** Why a call was not answered, by its SIP status (RFC 3261, section 21); null if the status shows no failure. */
export function failureOf(statusCode: number | null): 'busy' | 'declined' | 'unanswered' | 'failed' | null {
  if (statusCode === null || statusCode < 400) return null;
  if (BUSY.has(statusCode)) return 'busy';
  if (DECLINED.has(statusCode)) return 'declined';
  return UNANSWERED.has(statusCode) ? 'unanswered' : 'failed';
}

/** Whether a call to me was missed or declined, according to its record; `not-missed` if it was neither. */
export function judge({
  statusCode,
  endReason,
}: Pick<PbxCdr, 'statusCode' | 'endReason'>): 'missed' | 'declined' | 'not-missed' {
  const failure = failureOf(statusCode);
  if (failure === 'busy' || failure === 'declined' || DECLINED_WORDS.test(endReason)) return 'declined';
  if (TAKEN_WORDS.test(endReason)) return 'not-missed';
  return failure === 'unanswered' || statusCode === null || statusCode === 0 ? 'missed' : 'not-missed';
}

/** My talk on a call, as call_cdr reports it; null if it reports none, or does not list the phones. */
export function ownTalk(record: EndRecord | null, direction: CallDirection, own: OwnPhones): Talk | null {
  return record === null ? null : talkIn(record, (number) => own.has(number) === (direction !== 'outgoing'));
}

/** When phones of these numbers were on the call, as call_cdr reports it; null if none answered. */
export function talkIn({ targets }: EndRecord, isTheirs: (number: string) => boolean): Talk | null {
  const answered = targets.filter(({ number, answeredAt }) => answeredAt !== null && isTheirs(number));
  if (answered.length === 0) return null;
  return {
    answeredAt: Math.min(...answered.map(({ answeredAt }) => answeredAt ?? Infinity)),
    endedAt: Math.max(...answered.map(({ answeredAt, endedAt }) => endedAt ?? answeredAt ?? 0)),
  };
}

/** Whether call_cdr shows that another phone answered after mine had begun to ring. */
export function wasAnsweredElsewhere({ targets }: EndRecord, own: OwnPhones): boolean {
  const rings = targets.flatMap(({ number, rangAt }) => (own.has(number) ? (rangAt ?? []) : []));
  return (
    rings.length > 0 &&
    targets.some(({ number, answeredAt }) => !own.has(number) && (answeredAt ?? 0) > Math.max(...rings))
  );
}

/** A person's phone rings before it is answered; a queue or a menu answers at once. Records have whole seconds. */
const PERSON_RINGS_MS = 2_000;
/** A phone that a call is passed on to begins to ring at most this long after the first one has left, in ms. */
export const PASSED_WITHIN_MS = 5_000;

/**
 * Who passed a call on to me, and to whom I passed it on, as call_cdr shows it; '' if it does not. Other targets that
 * answered may be a queue or a menu, which the PBX itself connects.
 */
export function passedOn({ targets }: EndRecord, own: OwnPhones): { by: string; to: string } {
  const answered = targets
    .flatMap((target) => (target.answeredAt === null ? [] : { ...target, answeredAt: target.answeredAt }))
    .toSorted((a, b) => a.answeredAt - b.answeredAt);
  const others = answered.filter(({ number }) => !own.has(number));
  const mine = answered.find(({ number }) => own.has(number));
  if (mine === undefined) return { by: '', to: '' };
  const last = answered.findLast(({ number }) => own.has(number)) ?? mine;
  const left = last.endedAt ?? Infinity;
  const to = others.find(
    ({ answeredAt, endedAt, rangAt = null }) =>
      answeredAt > last.answeredAt &&
      (endedAt ?? Infinity) > left &&
      (isTransfer(last.endReason) ||
        (rangAt !== null && rangAt - left <= PASSED_WITHIN_MS && answeredAt - rangAt >= PERSON_RINGS_MS)),
  );
  const by = others.findLast(
    ({ answeredAt, endReason, rangAt = null }) =>
      answeredAt < (mine.rangAt ?? mine.answeredAt) &&
      (isTransfer(endReason) || (rangAt !== null && answeredAt - rangAt >= PERSON_RINGS_MS)),
  );
  return { by: by?.number ?? '', to: to?.number ?? '' };
}

const isTransfer = (reason = ''): boolean => /TRANSFER|^REFERRED/i.test(reason);

type Talk = Pick<EndRecord, 'answeredAt' | 'endedAt'>;

/** Duration of the talk in seconds; null if the record shows no answer. */
export function talkSeconds({ answeredAt, endedAt }: Talk): number | null {
  return answeredAt === null ? null : Math.max(0, ((endedAt ?? answeredAt) - answeredAt) / 1000);
}

/** A history entry in the form of call_cdr. */
export function recordOf({ caller, callee, answeredAt, endedAt, endReason, statusCode }: PbxCdr): EndRecord {
  return { caller, callee, answeredAt, endedAt, endReason, statusCode, callStatus: '', targets: [] };
}

/** Who ended a call that I placed; null if the record does not say. Spellings of the reasons differ by release. */
export function whoEnded({ endReason }: EndRecord): PlacedEnd['by'] {
  const reason = endReason.toUpperCase();
  if (reason.startsWith('CALLEE_DISC')) return 'other';
  if (reason.startsWith('CALLER_DISC')) return 'me';
  return /TRANSFER|^REFERRED|^REPLACED/.test(reason) ? 'transfer' : null;
}

/** Whether the record is of a call to a phone of mine. */
export function isToMe({ caller, callee }: Pick<PbxCdr, 'caller' | 'callee'>, own: OwnPhones): boolean {
  return own.has(callee) && normaliseNumber(caller) !== normaliseNumber(callee);
}

/** Whether the record is of a call that I dialled. */
export function isFromMe({ caller, callee }: Pick<PbxCdr, 'caller' | 'callee'>, own: OwnPhones): boolean {
  return own.has(caller) && !own.has(callee) && normaliseNumber(callee) !== '';
}
