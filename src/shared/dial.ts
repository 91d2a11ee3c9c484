import type { GuardId } from './dial-guards.ts';
import type { AppError } from './errors.ts';

/** Where a wish to dial came from. */
export type DialSource = 'typed' | 'link' | 'menu' | 'clipboard' | 'redial' | 'command';

/** What happens before a number is dialled: a question, three seconds in which it can be undone, or nothing. */
export type DialConfirm = 'ask' | 'undo' | 'at-once';

/** One number, ready to be confirmed and dialled. */
export interface DialPlan {
  /** What was typed or clicked, cleaned for display, at most 200 characters. */
  input: string;
  /** The number for people, e.g. "+1 201 555 0123". */
  shown: string;
  /** What the PBX gets: only 0-9 * # and a leading +. */
  dial: string;
  kind: DialKind;
  /** E.164 with its +, for a public number whose country is certain. */
  e164: string | null;
  /** Digits to press after the answer, which the API cannot send: 0-9 * # and , for a pause of two seconds. */
  then: string | null;
  /** Name of the dial rule that wrote `dial`; null when none did. */
  rule: string | null;
  /** What that rule wants for this call; '' leaves the options alone. */
  trunk: string;
  callerId: string;
  warnings: DialWarning[];
  /** What the text calls it; absent where it says nothing. */
  label?: NumberLabel;
}

/** A choice has its fax numbers last, and none of them is the one that Enter calls. */
export type NumberLabel = 'phone' | 'mobile' | 'fax';

export type DialKind = 'public' | 'extension' | 'feature-code' | 'emergency' | 'short-code';

export type DialWarning =
  /** Has to be pressed after the answer. */
  | 'then-press'
  /** Letters were read as the digits of a phone's keys. */
  | 'vanity'
  /** The country could not be made sure: dialled as it stands. */
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

/** What a text comes to: one number, several to choose from, or none and why. */
export type DialReading =
  { found: 'one'; plan: DialPlan } | { found: 'choose'; candidates: DialPlan[] } | { found: 'none'; refusal: AppError };

export type AdditionalHeader =
  'ANSWER_MODE' | 'CALL_INFO' | 'ALERT_INFO_AUTO_ANSWER_DELAY0' | 'ALERT_INFO_AUTO_ANSWER' | 'ALERT_INFO_INTERCOM';

export type HeaderDirection = 'CALLER' | 'CALLEE' | 'ALL';

/**
 * The body of POST /api/sessions beyond caller and callee ("Create a session", OpenAPI 22.2).
 * '' and null leave a field out. Limits: trunk 64; rewrite* 16; userData and target* 128; name 1,024 characters.
 */
export interface DialOptions {
  sendSdp: boolean;
  callerDisplayName: string;
  trunk: string;
  rewriteFrom: string;
  rewritePai: string;
  rewriteRpi: string;
  userData: string;
  target: string;
  targetInstanceId: string;
  targetExtensionNumber: string;
  additionalHeader: AdditionalHeader | null;
  headerDirection: HeaderDirection;
}

/** The steps of a call that the PBX places: it rings the user's phone first, then the other party. */
export type PlacedStep = 'asking' | 'phone-ringing' | 'other-ringing' | 'connected' | 'ended';

/** Why a placed call ended, as far as the API can tell. */
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
  /** Who ended it, or whose doing the reason is; null when not known. */
  by: 'me' | 'other' | 'transfer' | null;
  /** How long the two talked, in ms; null when they did not, or that is not known. */
  talkedMs: number | null;
  /** The end was noticed late: they may have talked for longer. */
  atLeast: boolean;
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

/** A wish to dial that waits: for the user's yes, for their choice among several numbers, or for the time to undo it. */
export interface DialRequest {
  id: string;
  source: DialSource;
  mode: 'ask' | 'undo';
  /** When it is dialled unless it is undone, ms since 1970; null for a question, which is never dialled by itself. */
  dueAt: number | null;
  /** The number; null while there are several to choose from. */
  plan: DialPlan | null;
  /** The numbers to choose from; empty when there is one. */
  candidates: DialPlan[];
  /** Whose number it is, '' when that is not known. */
  name: string;
  /** Why it asks although it need not, the gravest first. */
  guards: { id: GuardId; sentence: string }[];
}

export interface DialState {
  placed: PlacedCall | null;
  request: DialRequest | null;
  /** A link that held nothing to dial, to be told at the dial field. */
  refusal: { error: AppError; at: number } | null;
}

export interface RecentCall {
  id: string;
  number: string;
  name: string;
  direction: 'incoming' | 'outgoing';
  outcome: 'connected' | 'missed' | 'declined' | 'unanswered' | 'unknown';
  /** ms since 1970. */
  at: number;
  /** Talking time in seconds; null when not known. */
  seconds: number | null;
}

/** A number that the user keeps at hand. */
export interface Favourite {
  number: string;
  /** As the PBX knew it when it was kept; may be ''. */
  name: string;
}
