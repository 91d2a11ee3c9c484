import type { Call, Party } from '../../shared/call.ts';
import { plainText } from '../../shared/plain-text.ts';

const MAX_NAME = 80;
const MAX_NUMBER = 40;
/** A name among others in a summary. */
const MAX_LABEL = 28;
const NAMED_IN_SUMMARY = 3;

export interface ContentContext {
  /** The user's own extension, which needs no mention; '' when not known. */
  extension: string;
  /** For people, e.g. "+1 201 555 0123". */
  formatNumber(number: string): string;
}

/** The other side of a call, as plain text and with the number as people write it; '' for what is not known. */
export interface OtherSide {
  name: string;
  number: string;
  /** The company of the person. */
  company: string;
  /** So many people share the number, and the name is ''; 0 otherwise. */
  several: number;
  /** The name is what the caller sent. */
  claimed: boolean;
}

/**
 * `called`: the queue, group or number that was called, unless it is the user's own extension; '' if there is nothing to
 * say.
 */
export interface IncomingContent {
  kind: 'incoming';
  other: OtherSide;
  called: string;
  /** The queue, menu or group that it came through; ''. */
  through: string;
  transferred: boolean;
  /** The person who passed it on; '' if not known. */
  by: string;
}

export interface MissedContent {
  kind: 'missed';
  other: OtherSide;
  called: string;
}

/** It is time to call somebody back. */
export interface ReminderContent {
  kind: 'reminder';
  other: OtherSide;
}

/** Many calls in one notification; the first of them by name, else number, else ''. */
export interface SummaryContent {
  kind: 'ringing-calls' | 'missed-calls' | 'reminders';
  count: number;
  others: readonly string[];
}

/** Calls that were missed while the user was away, by who called; '' for nobody known. */
export interface AwayContent {
  kind: 'missed-away';
  count: number;
  people: readonly { who: string; count: number }[];
  /** Who is to be called back by now. */
  reminders: readonly string[];
}

/** The data of a notification. The sentences are made of it where it is shown. */
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
    called: called(call, context),
    through: transferred ? '' : shown(via, context),
    transferred,
    by: transferred ? shown(call.passedBy ?? '', context) : '',
  };
}

export function missedContent(call: Call, context: ContentContext): MissedContent {
  return { kind: 'missed', other: otherSide(call.other, context), called: called(call, context) };
}

export function summaryContent(kind: SummaryContent['kind'], others: readonly OtherSide[]): SummaryContent {
  return { kind, count: others.length, others: others.slice(0, NAMED_IN_SUMMARY).map(summaryLabel) };
}

/** Who it is in a title; '' if nothing is known. */
export const nameOrNumber = ({ name, number }: OtherSide): string => name || number;

/** Who it is, short, for a summary. A summary cannot mark a name that only the caller sent, so it shows the number. */
export const summaryLabel = (other: OtherSide): string =>
  plainText(other.claimed ? other.number || other.name : nameOrNumber(other), MAX_LABEL);

/** Who a party is, short, for a summary; '' if nothing is known. */
export const labelOf = (party: Party, context: Pick<ContentContext, 'formatNumber'>): string =>
  summaryLabel(otherSide(party, context));

/** Whether two say the same of who it is. */
export const isSameSide = (a: OtherSide, b: OtherSide): boolean =>
  nameOrNumber(a) === nameOrNumber(b) && a.company === b.company && a.several === b.several && a.claimed === b.claimed;

/** Who a party is, as plain text. */
export function otherSide(party: Party, context: Pick<ContentContext, 'formatNumber'>): OtherSide {
  const raw = plainText(party.number, MAX_NUMBER);
  const number = shown(raw, context);
  const name = plainText(party.name, MAX_NAME);
  const known = {
    company: plainText(party.company ?? '', MAX_NAME),
    several: party.several ?? 0,
    claimed: party.claimed === true,
  };
  // Many trunks send the number as the name, too, or "Anonymous" as the name and "anonymous" as the number.
  if (!isSame(name, raw) && !isSame(name, number)) return { name, number, ...known };
  return { name: '', number: /\d/.test(number) ? number : name, ...known, claimed: false };
}

function called(call: Call, context: ContentContext): string {
  const dialled = plainText(call.callee.number, MAX_NUMBER);
  if (dialled === context.extension || dialled === call.other.number) return '';
  return plainText(call.callee.name, MAX_NAME) || shown(dialled, context);
}

function shown(number: string, context: Pick<ContentContext, 'formatNumber'>): string {
  const raw = plainText(number, MAX_NUMBER);
  return raw === '' ? '' : plainText(context.formatNumber(raw), MAX_NUMBER);
}

/** Created once: `localeCompare` takes as long as the rest of a notification. */
const collator = new Intl.Collator(undefined, { sensitivity: 'accent' });

/** Whether name and number are the same text, e.g. "Anonymous" and "anonymous". */
const isSame = (a: string, b: string): boolean => collator.compare(a, b) === 0;
