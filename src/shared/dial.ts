import type { z } from 'zod';
import type { Party } from './call.ts';
import type { Guard } from './dial-guards.ts';
import type { AppError } from './errors.ts';
import { isOwn, type Origin, type Provenance } from './provenance.ts';
import type { dialOptionsSchema, favouriteSchema } from './schema/dial.ts';

/** A number that can be dialled, and what is known about it. */
export interface Destination {
  kind: DialKind;
  /** Only 0-9 * # and a leading +. */
  dial: string;
  /** E.164 with its +, for a public number whose country is certain. */
  e164: string | null;
  warnings: DialWarning[];
}

/** The step before a number is dialled: a question, three seconds in which the user can undo it, or nothing. */
export type DialConfirm = 'ask' | 'undo' | 'at-once';

/** One number, ready to be confirmed and dialled. */
export interface DialPlan extends Destination {
  /** The text that was typed or clicked, cleaned for display, at most 200 characters. */
  input: string;
  /** The number as people read it, e.g. "+1 201 555 0123". */
  shown: string;
  /** The number as it would be dialled without rules. `kind`, `e164` and `warnings` describe this number. */
  number: string;
  /** The number that the PBX gets, after the rules: only 0-9 * # and a leading +. */
  dial: string;
  /** Digits to press after the answer, which the API cannot send: 0-9 * # and , for a pause of two seconds. */
  digitsAfterAnswer: string | null;
  /** Name of the dial rule that produced `dial`; null if no rule did. */
  rule: string | null;
  /** The trunk that the rule sets for this call; '' leaves the setting. */
  trunk: string;
  /** The caller ID that the rule sets for this call; '' leaves the setting. */
  callerId: string;
  /** How `dial` is read, if a rule may have replaced the number and not only changed its form; otherwise null. */
  afterRules: Destination | null;
  /** The provenance of `dial`. */
  provenance: Provenance;
  /** The label in the text; absent if there is none. */
  label?: NumberLabel;
}

/** The label of a number in the text, for example "Fax:". Enter never calls a number that is or may be a fax. */
export type NumberLabel = 'phone' | 'mobile' | 'fax' | 'maybe-fax';

export type DialKind = 'public' | 'extension' | 'feature-code' | 'emergency' | 'short-code';

export type DialWarning =
  /** The user has to press digits after the answer; see `digitsAfterAnswer`. */
  | 'then-press'
  /** Letters were read as the digits of a phone's keys. */
  | 'vanity'
  /** The country is not certain, so the number is dialled as written. */
  | 'not-completed'
  /** The numbering plan does not contain this number. */
  | 'not-valid'
  /** The digits after the number may belong to it, or to the words after them. */
  | 'unclear-end'
  /** The text contains another number, which could not be read. */
  | 'unread-number'
  /** The number was completed with the user's area code. */
  | 'area-added'
  | 'premium-rate'
  /** The link names a host that is not the user's PBX. */
  | 'foreign-host'
  /** The link has a parameter that does not change what to dial, and that was ignored. */
  | 'parameter-ignored';

/**
 * The result of reading a text: one number, several to choose from, or none and the reason. `isNew`: no contact has the
 * number, so the user can save it as one.
 */
export type DialReading =
  | { found: 'one'; plan: DialPlan; isNew?: true }
  | { found: 'choose'; candidates: DialPlan[] }
  | { found: 'none'; refusal: AppError };

/** Optional fields of POST /api/sessions; '' and null omit a field. */
export type DialOptions = z.output<typeof dialOptionsSchema>;
export type AdditionalHeader = NonNullable<DialOptions['additionalHeader']>;
export type HeaderDirection = DialOptions['headerDirection'];

/** The steps of a call that the PBX places: it rings the user's phone first, then the other party. */
export type PlacedStep = 'requested' | 'phone-ringing' | 'other-ringing' | 'connected' | 'ended';

/** Why a placed call ended, as far as the API shows. */
export type EndReason =
  | 'hung-up-here'
  | 'hung-up'
  /** The user's own phone was not picked up. */
  | 'phone-unanswered'
  /** The other party did not answer. */
  | 'other-unanswered'
  | 'busy'
  | 'declined'
  | 'failed'
  /** The PBX refused to place the call. */
  | 'refused'
  /** The PBX did not answer the request, so the call may have been placed. */
  | 'unanswered-request'
  /** The call could not be followed to its end. */
  | 'lost'
  | 'unknown';

/** How a placed call ended. */
export interface PlacedEnd {
  reason: EndReason;
  /** The side that ended the call or caused the reason; null if not known. */
  by: 'me' | 'other' | 'transfer' | null;
  /** How long the two talked, in ms; null if they did not talk, or if that is not known. */
  talkedMs: number | null;
  /** The end was noticed late, so the two may have talked for longer. */
  atLeast: boolean;
  /** The duration is from the PBX's record. */
  exact?: true;
  /** The SIP status that the PBX reported; null if there is none, or if it does not say why the call ended. */
  status: number | null;
  /** The PBX showed the steps of the call until its end. */
  followedToEnd: boolean;
}

/** A call dialled from this program. Times in ms since 1970. */
export interface PlacedCall {
  /** Local key, stable from the first step on. */
  key: string;
  /** The PBX's session id; null until the PBX gave one. */
  sessionId: string | null;
  plan: DialPlan;
  /** The display name, when one is known. */
  name: string;
  step: PlacedStep;
  /**
   * The steps that the call has reached, in order. `at` is when a step began, if the PBX says so, or else when it was
   * first reported. A step that the API did not show is absent.
   */
  reached: { step: PlacedStep; at: number }[];
  /** A source has shown that the user's own phone rings. Before that, the ringing is only assumed. */
  phoneRings: boolean;
  end: PlacedEnd | null;
  error: AppError | null;
  /** True while a request to hang up is pending. */
  hangingUp: boolean;
  /** True while the PBX cannot be polled, so `step` may be out of date. */
  stale: boolean;
}

/**
 * The provenance of a number after it was called from here. It becomes `dialled`, because the user confirmed the number.
 * A feature code from a caller or a link keeps its provenance, because one more click could forward all calls.
 */
export function provenanceOnceCalled(kind: DialKind, provenance: Provenance): Origin {
  return kind !== 'feature-code' || provenance === 'rule' || isOwn(provenance) ? 'dialled' : provenance;
}

/** A number that waits until the user confirms it or chooses one of several, or until the time to undo it is over. */
export interface DialQuestion {
  id: string;
  provenance: Origin;
  mode: 'ask' | 'undo';
  /** When the number is dialled unless the user undoes it, ms since 1970; null if the user must answer first. */
  dueAt: number | null;
  /** The number; null while there are several to choose from. */
  plan: DialPlan | null;
  /** The numbers to choose from; empty if there is only one, which is then `plan`. */
  candidates: DialPlan[];
  /** Name of the owner of the number; '' if not known. */
  name: string;
  /** The reasons for asking, the most serious first. */
  guards: readonly Guard[];
}

export interface DialState {
  placed: PlacedCall | null;
  question: DialQuestion | null;
  /** How many more numbers wait until this question is answered. */
  waiting: number;
  /** The question did not bring the window to the front, because links or commands were declined too often. */
  inBackground: boolean;
  /** Until when links and commands are ignored, ms since 1970; null if they are not ignored. */
  ignoredUntil: number | null;
  /** Why a text could not be dialled, for the message at the dial field, and where the text came from. */
  refusal: { error: AppError; provenance: Origin; at: number } | null;
}

/** No call is placed and no question is open. */
export const IDLE: DialState = {
  placed: null,
  question: null,
  waiting: 0,
  inBackground: false,
  ignoredUntil: null,
  refusal: null,
};

export interface RecentCall extends Party {
  id: string;
  direction: 'incoming' | 'outgoing';
  outcome:
    | 'connected'
    | 'missed'
    /** The side that was called declined. */
    | 'declined'
    /** The other party did not answer. */
    | 'unanswered'
    | 'busy'
    /** The user's own phone was not picked up, so nobody was called. */
    | 'not-picked-up'
    /** The user ended the call before anybody answered. */
    | 'cancelled'
    | 'failed'
    /** The PBX did not place the call. */
    | 'refused'
    | 'unknown';
  /** ms since 1970. */
  at: number;
  /** Talking time in seconds; null when not known. */
  seconds: number | null;
  provenance: Origin;
  /** A missed call that the user has not seen in the list, and after which they have not talked with that person. */
  unseen?: true;
  /** The user's note about the call, in one line. */
  note?: string;
}

/** A number that the user keeps as a favourite. */
export type Favourite = z.output<typeof favouriteSchema>;
