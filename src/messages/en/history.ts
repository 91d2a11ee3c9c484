import type { HistoryFilter } from '../../shared/history.ts';
import { formatFor } from '../format.ts';
import { why } from './why.ts';

const { plural } = formatFor('en');

const filters: Record<NonNullable<HistoryFilter['only']> | 'all', string> = {
  all: 'All',
  missed: 'Missed',
  incoming: 'Incoming',
  outgoing: 'Outgoing',
};

export const english = {
  why,
  title: 'Call history',
  list: 'Calls',
  search: 'Find by name, number or note',
  filter: 'Which calls',
  filters,
  today: 'Today',
  none: 'No calls yet.',
  noneFound: 'No call matches.',
  export: 'Export as CSV…',
  exported: 'The history was exported.',
  deleteAll: 'Delete all…',
  askDelete: (who: string, count: number): string =>
    plural(count, { one: `Delete the call with ${who}?`, other: `Delete # calls with ${who}?` }),
  askDeleteAll: 'Delete the whole history? Your PBX keeps its own records.',
  delete: 'Delete',
  keep: 'Keep',
  times: (count: number): string => plural(count, { one: '# call', other: '# calls' }),
  details: (who: string): string => `Details of ${who}`,
  detailsTitle: 'Details',
  call: (who: string): string => `Call ${who}`,
  at: (day: string, time: string): string => `${day}, ${time}`,
  rang: 'Rang',
  answered: 'Answered',
  ended: 'Ended',
  called: 'Called number',
  note: 'Note',
  noteHint: 'Only on this computer',
  deleteThis: 'Delete this call',
};
