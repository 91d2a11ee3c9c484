import { errorText, type ErrorTexts } from '../../messages/error-text.ts';
import { duration } from '../../messages/format.ts';
import type { WindowMessages } from '../../messages/window.ts';
import type { PlacedCall, PlacedEnd } from '../../shared/dial.ts';

type Words = WindowMessages['placed'];

/** `errors` is null until the texts of errors are loaded. */
export interface EndMessages {
  placed: Words;
  errors: ErrorTexts | null;
}

/** How a placed call ended, in one sentence; '' while it continues. */
export function endWords({ end, error }: PlacedCall, messages: EndMessages): string {
  if (end === null) return '';
  const { placed, errors } = messages;
  const byOther = end.by === 'other';
  switch (end.reason) {
    case 'refused':
    case 'unanswered-request':
      return error === null || errors === null ? placed.ends[end.reason] : errorText({ errors }, error).message;
    case 'hung-up-here':
      return end.talkedMs === null ? placed.ends['hung-up-here'] : placed.youHungUp(talked(end));
    case 'hung-up':
      return hungUpWords(placed, end);
    case 'other-unanswered':
      return byOther ? placed.noAnswer : placed.ends['other-unanswered'];
    case 'busy':
      return byOther ? placed.theyWereBusy : placed.ends.busy;
    case 'declined':
      return byOther ? placed.theyDeclined : placed.ends.declined;
    case 'failed':
      return failedWords(placed, end);
    case 'phone-unanswered':
    case 'lost':
      return placed.ends[end.reason];
    case 'unknown':
      return unknownWords(placed, end);
  }
}

function hungUpWords(placed: Words, end: PlacedEnd): string {
  if (end.talkedMs === null) return placed.ends['hung-up'];
  const after = end.atLeast ? placed.atLeast(talked(end)) : talked(end);
  switch (end.by) {
    case 'other':
      return placed.theyHungUp(after);
    case 'me':
      return placed.hungUpOnPhone(after);
    case 'transfer':
      return placed.transferred(after);
    case null:
      return placed.endedAfter(after);
  }
}

function failedWords(placed: Words, { status }: PlacedEnd): string {
  if (status === 404 || status === 484 || status === 604) return placed.nobodyThere;
  return status === null ? placed.ends.failed : placed.failedWith(status);
}

function unknownWords(placed: Words, { status, followedToEnd }: PlacedEnd): string {
  if (status !== null) return placed.pbxNoAnswer;
  return followedToEnd ? placed.notConnected : placed.ends.unknown;
}

/** The talking time, rounded as in the recent calls: an answered call took at least a second. */
const talked = ({ talkedMs }: PlacedEnd): string => duration(Math.max(1, Math.round((talkedMs ?? 0) / 1000)) * 1000);
