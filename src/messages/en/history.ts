import { notifyPerson } from './notify-person.ts';
import type { HistoryFilter } from '../../shared/history.ts';
import { formatFor } from '../format.ts';
import { why } from './why.ts';

const { plural } = formatFor('en');

const filters: Record<NonNullable<HistoryFilter['only']> | 'all', string> = {
  all: 'All',
  missed: 'Missed',
  incoming: 'Incoming',
  outgoing: 'Outgoing',
  'call-back': 'To call back',
};

export const english = {
  notifyMe: 'Notifications',
  notifyPerson,
  why,
  title: 'Call history',
  list: 'Calls',
  search: 'Find by name, number or note',
  filter: 'Which calls',
  filters,
  today: 'Today',
  none: 'No calls yet.',
  noneFound: 'No call matches.',
  gone: 'This call is no longer in the list.',
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
  transferredBy: 'Transferred by',
  transferredTo: 'Transferred to',
  passedOnTo: (who: string): string => `transferred to ${who}`,
  note: 'Note',
  noteHint: 'Only on this computer',
  deleteThis: 'Delete this call',
  nobodyWaits: 'Nobody to call back.',
  voicemails: (count: number): string =>
    `${plural(count, { one: '# new voicemail', other: '# new voicemails' })}. Listen at your phone.`,
  counted: (filter: string, count: string): string => `${filter} (${count})`,
  remind: 'Remind me…',
  remindOf: (who: string): string => `Remind me to call ${who}`,
  reminder: 'Reminder:',
  reminderAt: (time: string): string => `Reminder: ${time}`,
  reminderTimes: { hour: 'In an hour', afternoon: 'This afternoon', tomorrow: 'Tomorrow', monday: 'Monday' },
  remindAt: (when: string, time: string): string => `${when}, ${time}`,
  removeReminder: 'Remove reminder',
  tomorrow: 'Tomorrow',
  done: 'Done',
  doneWith: (who: string): string => `Done with ${who}`,
  isDone: (who: string): string => `Done: ${who}`,
  undo: 'Undo',
};
