import type { CallDirection, CallState, ListState } from '../../shared/call.ts';
import { formatFor } from '../format.ts';

const direction: Record<CallDirection, string> = {
  incoming: 'Incoming',
  outgoing: 'Outgoing',
  internal: 'Internal',
  unknown: 'Call',
};

const state: Record<CallState, string> = { ringing: 'Ringing', talking: 'Talking', unknown: 'In progress' };

/** The connection in a word or two. An account that may not list calls is connected, too: it can dial. */
const list: Record<ListState['status'], string> = {
  live: 'Connected',
  starting: 'Connecting',
  stale: 'Retrying',
  forbidden: 'Connected',
  off: 'Not connected',
};

export const calls = {
  direction,
  state,
  list,
  missed: 'Missed',
  declined: 'Declined',
  noAnswer: 'No answer',
  length: formatFor('en').length,
};
