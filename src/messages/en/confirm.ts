import type { DialConfirm } from '../../shared/dial.ts';
import type { Origin } from '../../shared/provenance.ts';

const origins: Record<Origin, { name: string; hint: string }> = {
  typed: { name: 'Typed or picked in Traydial', hint: '' },
  dialled: { name: "Numbers you've called", hint: 'From the tray menu you always have 3 s to cancel.' },
  favourite: {
    name: 'Favourites',
    hint: 'A favourite made from a call that came in counts as a caller until you call it.',
  },
  directory: { name: 'Directory and contacts', hint: 'Somebody whom you picked from a search.' },
  caller: { name: 'Callers', hint: 'Missed and received calls. A caller can send any number.' },
  history: { name: 'Calls from your phone', hint: 'Calls that you made without Traydial.' },
  link: { name: 'Clicked links', hint: 'Numbers on web pages and in e-mails.' },
  clipboard: { name: 'Clipboard', hint: 'From the tray menu or by the shortcut.' },
  command: { name: 'Command line', hint: '' },
};
const choices: Record<DialConfirm, string> = {
  ask: 'Ask first',
  undo: 'Call after 3 s',
  'at-once': 'Call at once',
};

/** What happens before a call, by who chose the number. */
export const confirm = {
  title: 'Where the number comes from',
  about: 'Only numbers that you type or pick yourself can be called at once.',
  more: 'Other sources',
  origins,
  choices,
};
