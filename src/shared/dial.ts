import type { z } from 'zod';
import type { Party } from './call.ts';
import type { Guard } from './dial-guards.ts';
import type { AppError } from './errors.ts';
import { isOwn, type Origin, type Provenance } from './provenance.ts';
import type { dialOptionsSchema, favouriteSchema } from './schema/dial.ts';

/** The kind of a number. */
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
  /** The number for people, e.g. "+1 201 555 0123". */
  shown: string;
  /** As it would be dialled without rules. The fields of a Destination describe this number. */
  number: string;
  /** The number that the PBX gets: only 0-9 * # and a leading +. */
  dial: string;
  /** Digits to press after the answer, which the API cannot send: 0-9 * # and , for a pause of two seconds. */
  then: string | null;
  /** Name of the dial rule that wrote `dial`; null when none did. */
  rule: string | null;
  /** The option that the rule sets for this call; '' changes nothing. */
  trunk: string;
  callerId: string;
  /** The number that the PBX gets, if a rule changed the number and not only its form. */
  reaches: Destination | null;
  /** The provenance of `dial`. */
  provenance: Provenance;
  /** The label in the text; absent if there is none. */
  label?: NumberLabel;
}

/** A choice has its fax numbers last; what is or may be a fax is not the one that Enter calls. */
export type NumberLabel = 'phone' | 'mobile' | 'fax' | 'maybe-fax';

export type DialKind = 'public' | 'extension' | 'feature-code' | 'emergency' | 'short-code';

export type DialWarning =
  /** Has to be pressed after the answer. */
  | 'then-press'
  /** Letters were read as the digits of a phone's keys. */
  | 'vanity'
  /** The country is not certain, so the number is dialled as written. */
  | 'not-completed'
  /** Not a number that exists, as far as the numbering plan says. */
  | 'not-valid'
  /** Digits behind it may belong to it, or to the words after them. */
  | 'unclear-end'
  /** The text holds another number, which could not be read. */
  | 'unread-number'
  /** Completed with the own area code. */
  | 'area-added'
  | 'premium-rate'
  /** A SIP address of another host. */
  | 'foreign-host'
  /** A parameter of the link that says nothing about what to dial was left out. */
  | 'parameter-ignored';

/**
 * The result of reading a text: one number, several to choose from, or none and the reason. `isNew`: nobody is known by
 * the number, and it can be kept as a contact.
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
export type PlacedStep = 'asking' | 'phone-ringing' | 'other-ringing' | 'connected' | 'ended';

/** Why a placed call ended, as far as the API shows. */
export type EndReason =
  | 'hung-up-here'
  | 'hung-up'
  | 'phone-unanswered'
  | 'other-unanswered'
  | 'busy'
  | 'declined'
  | 'failed'
  | 'refused'
  | 'unanswered-request'
  /** It could not be followed to its end. */
  | 'lost'
  | 'unknown';

/** How a placed call ended. */
export interface PlacedEnd {
  reason: EndReason;
  /** The side that ended the call or caused the reason; null if not known. */
  by: 'me' | 'other' | 'transfer' | null;
  /** How long the two talked, in ms; null when they did not, or that is not known. */
  talkedMs: number | null;
  /** The end was noticed late: they may have talked for longer. */
  atLeast: boolean;
  /** The duration is that of the PBX's record. */
  exact?: true;
  /** SIP status that the PBX reported; null without one that matters. */
  status: number | null;
  /** The PBX showed how it went until the end. */
  seen: boolean;
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
   * Steps that were seen, in order, each with when it was first seen, or since when the PBX says it lasts. A step the
   * API could not show is absent, not invented.
   */
  reached: { step: PlacedStep; at: number }[];
  /** The own phone was seen to ring; before that it is only supposed to. */
  phoneRings: boolean;
  end: PlacedEnd | null;
  error: AppError | null;
  /** True while a hang-up request is on its way. */
  hangingUp: boolean;
  /** True when the PBX cannot be asked at the moment: the step shown is the last one seen. */
  stale: boolean;
}

/**
 * The provenance of a number after it was called from here: `dialled`, because the user confirmed it. A feature code
 * from a caller or a link keeps its provenance, because one more click could forward all calls.
 */
export function provenanceOnceCalled(kind: DialKind, provenance: Provenance): Origin {
  return kind !== 'feature-code' || provenance === 'rule' || isOwn(provenance) ? 'dialled' : provenance;
}

/**
 * A number that waits before it is dialled: for the user to confirm it, to choose one of several, or to undo it in time.
 */
export interface DialQuestion {
  id: string;
  provenance: Origin;
  mode: 'ask' | 'undo';
  /** When it is dialled unless it is undone, ms since 1970; null for a question, which is never dialled by itself. */
  dueAt: number | null;
  /** The number; null while there are several to choose from. */
  plan: DialPlan | null;
  /** The numbers to choose from; empty when there is one. */
  candidates: DialPlan[];
  /** Name of the owner of the number; '' if not known. */
  name: string;
  /** The reasons for asking, the most serious first. */
  guards: readonly Guard[];
}

export interface DialState {
  placed: PlacedCall | null;
  question: DialQuestion | null;
  /** How many numbers wait behind the question. */
  waiting: number;
  /** The question came without the window: links and commands were declined too often. */
  quiet: boolean;
  /** Until when links and commands are ignored, ms since 1970; null when they are not. */
  ignoredUntil: number | null;
  /** The text that could not be dialled, shown at the dial field, and its source. */
  refusal: { error: AppError; provenance: Origin; at: number } | null;
}

/** No call is placed and no question is open. */
export const IDLE: DialState = {
  placed: null,
  question: null,
  waiting: 0,
  quiet: false,
  ignoredUntil: null,
  refusal: null,
};

export interface RecentCall extends Party {
  id: string;
  direction: 'incoming' | 'outgoing';
  outcome:
    | 'connected'
    | 'missed'
    /** By the side that was called. */
    | 'declined'
    /** The other party did not answer. */
    | 'unanswered'
    | 'busy'
    /** The own phone was not picked up, so nobody was called. */
    | 'not-picked-up'
    /** Ended here before anybody answered. */
    | 'cancelled'
    | 'failed'
    /** The PBX did not place it. */
    | 'refused'
    | 'unknown';
  /** ms since 1970. */
  at: number;
  /** Talking time in seconds; null when not known. */
  seconds: number | null;
  provenance: Origin;
  /** A missed call that nobody has seen, called back or talked about since. */
  open?: true;
  /** What the user wrote about it, in one line. */
  note?: string;
}

/** A number that the user keeps as a favourite. */
export type Favourite = z.output<typeof favouriteSchema>;
