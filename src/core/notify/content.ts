import type { Call, Party } from '../../shared/call.ts';
import { plainText } from '../../shared/plain-text.ts';

/** Maximum lengths, in characters. A label is a name or number in a summary, beside others. */
const MAX_NAME = 80;
const MAX_NUMBER = 40;
const MAX_LABEL = 28;
/** A summary names this many people and counts the rest. */
const NAMED_IN_SUMMARY = 3;

export interface ContentContext {
  /** The user's own extension, which a notification does not mention; '' when not known. */
  extension: string;
  /** Formats a number for people, e.g. "+1 201 555 0123". */
  formatNumber(number: string): string;
}

/** The other party of a call, as plain text. The number is formatted for people. What is not known is ''. */
export interface OtherSide {
  name: string;
  number: string;
  company: string;
  /** How many people share the number; 0 if there are not several. If there are several, the name is ''. */
  several: number;
  /** The caller sent this name, and no directory confirms it. */
  claimed: boolean;
}

/** A call that rings for the user. */
export interface IncomingContent {
  kind: 'incoming';
  other: OtherSide;
  /** The queue, group or number that was called; '' if it is the user's own extension. */
  called: string;
  /** The queue, menu or group that passed the call to the user; '' if there is none. */
  through: string;
  transferred: boolean;
  /** The person who transferred the call; '' if not known. */
  by: string;
}

export interface MissedContent {
  kind: 'missed';
  other: OtherSide;
  /** As in IncomingContent. */
  called: string;
}

/** A reminder to call somebody back. */
export interface ReminderContent {
  kind: 'reminder';
  other: OtherSide;
}

/** Several calls in one notification. */
export interface SummaryContent {
  kind: 'ringing-calls' | 'missed-calls' | 'reminders';
  count: number;
  /** The first few, by name or number; '' for somebody of whom neither is known. */
  others: readonly string[];
}

/** The calls that were missed while the user was away. */
export interface AwayContent {
  kind: 'missed-away';
  count: number;
  /** Who called and how often. `who` is '' for callers of whom nothing is known. */
  people: readonly { who: string; count: number }[];
  /** The people for whom a reminder is due. */
  reminders: readonly string[];
}

/** What a notification is about. The sentences are made from it when it is shown. */
export type NotificationContent =
  | IncomingContent
  | MissedContent
  | ReminderContent
  | SummaryContent
  | AwayContent
  | { kind: 'links-waiting'; count: number };

export function incomingContent(
  call: Call,
  { transferred, via = '' }: { transferred: boolean; via?: string | undefined },
  context: ContentContext,
): IncomingContent {
  return {
    kind: 'incoming',
    other: otherSide(call.other, context),
    called: calledNumber(call, context),
    through: transferred ? '' : formatted(via, context),
    transferred,
    by: transferred ? formatted(call.passedBy ?? '', context) : '',
  };
}

export function missedContent(call: Call, context: ContentContext): MissedContent {
  return { kind: 'missed', other: otherSide(call.other, context), called: calledNumber(call, context) };
}

export function summaryContent(kind: SummaryContent['kind'], others: readonly OtherSide[]): SummaryContent {
  return { kind, count: others.length, others: others.slice(0, NAMED_IN_SUMMARY).map(summaryLabel) };
}

/** What to call the other party in a title; '' if nothing is known. */
export const nameOrNumber = ({ name, number }: OtherSide): string => name || number;

/**
 * A short name or number for a summary; '' if nothing is known. A summary has no room to mark a name as claimed, so it
 * shows the number instead of such a name.
 */
export const summaryLabel = (other: OtherSide): string =>
  plainText(other.claimed ? other.number || other.name : nameOrNumber(other), MAX_LABEL);

/** The summary label of a party. */
export const shortLabel = (party: Party, context: Pick<ContentContext, 'formatNumber'>): string =>
  summaryLabel(otherSide(party, context));

/** True if a notification would show both in the same way. */
export const isSameSide = (a: OtherSide, b: OtherSide): boolean =>
  nameOrNumber(a) === nameOrNumber(b) && a.company === b.company && a.several === b.several && a.claimed === b.claimed;

/** A party as a notification shows it. */
export function otherSide(party: Party, context: Pick<ContentContext, 'formatNumber'>): OtherSide {
  const rawNumber = plainText(party.number, MAX_NUMBER);
  const number = formatted(rawNumber, context);
  const name = plainText(party.name, MAX_NAME);
  const company = plainText(party.company ?? '', MAX_NAME);
  const several = party.several ?? 0;
  // Many trunks send the number a second time as the name, or "Anonymous" as the name and "anonymous" as the number.
  if (equalsIgnoringCase(name, rawNumber) || equalsIgnoringCase(name, number)) {
    return { name: '', number: /\d/.test(number) ? number : name, company, several, claimed: false };
  }
  return { name, number, company, several, claimed: party.claimed === true };
}

function calledNumber(call: Call, context: ContentContext): string {
  const called = plainText(call.callee.number, MAX_NUMBER);
  if (called === context.extension || called === call.other.number) return '';
  return plainText(call.callee.name, MAX_NAME) || formatted(called, context);
}

function formatted(number: string, context: Pick<ContentContext, 'formatNumber'>): string {
  const plainNumber = plainText(number, MAX_NUMBER);
  return plainNumber === '' ? '' : plainText(context.formatNumber(plainNumber), MAX_NUMBER);
}

/** Created only once, because creating a collator takes as long as making a notification. */
const collator = new Intl.Collator(undefined, { sensitivity: 'accent' });

const equalsIgnoringCase = (a: string, b: string): boolean => collator.compare(a, b) === 0;
