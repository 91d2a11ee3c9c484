import type { PlacedCall, PlacedEnd } from '../../shared/dial.ts';
import { duration } from './time.ts';

/** How a placed call ended, in one sentence; '' while it goes on. */
export function endWords({ end, error }: PlacedCall): string {
  if (end === null) return '';
  switch (end.reason) {
    case 'refused':
    case 'unanswered-request':
      return error?.message ?? 'The PBX did not place the call.';
    case 'hung-up-here':
      return end.talkedMs === null ? 'You cancelled the call.' : `You hung up after ${talked(end.talkedMs)}.`;
    case 'hung-up':
      return hungUpWords(end);
    case 'phone-unanswered':
      return 'Your phone was not answered.';
    case 'other-unanswered':
      return end.by === 'other' ? 'The other side did not answer.' : 'The other side did not answer or was busy.';
    case 'busy':
      return end.by === 'other' ? 'The other side was busy.' : 'The PBX reported busy.';
    case 'declined':
      return end.by === 'other' ? 'The other side declined the call.' : 'The call was declined.';
    case 'failed':
      return failedWords(end);
    case 'lost':
      return 'Traydial could not follow the call to its end.';
    case 'unknown':
      return unknownWords(end);
  }
}

function hungUpWords({ by, talkedMs, atLeast }: PlacedEnd): string {
  if (talkedMs === null) return 'The call has ended.';
  if (atLeast && by === null) return `Ended; you talked for at least ${talked(talkedMs)}.`;
  const who =
    by === 'other'
      ? 'The other side hung up'
      : by === 'me'
        ? 'Hung up on your phone'
        : by === null
          ? 'Ended'
          : 'Transferred';
  return `${who} after ${atLeast ? 'at least ' : ''}${talked(talkedMs)}.`;
}

function failedWords({ status }: PlacedEnd): string {
  if (status === 404 || status === 484 || status === 604) return 'The PBX found nobody at that number.';
  return status === null ? 'The call failed.' : `The call failed; the PBX reported ${status}.`;
}

function unknownWords({ status, seen }: PlacedEnd): string {
  if (status !== null) return 'The PBX reported no answer.';
  return seen ? 'The call ended before it was connected.' : 'The call is over. The PBX did not show how it went.';
}

/** As the recent calls round it, so that both say the same. */
const talked = (ms: number): string => duration(Math.round(ms / 1000) * 1000);
