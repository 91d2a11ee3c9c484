import type { CodeEffect, Guard, GuardId } from '../../shared/dial-guards.ts';
import type { DialKind, DialWarning, NumberLabel } from '../../shared/dial.ts';
import type { CallableKind } from '../../shared/people.ts';
import type { Origin } from '../../shared/provenance.ts';
import { formatFor } from '../format.ts';

const { country, or, plural } = formatFor('en');

/** `then-press` is shown with the digits themselves. */
const warnings: Record<Exclude<DialWarning, 'then-press'>, string> = {
  vanity: 'Letters were converted to digits.',
  'not-completed': 'Dialled exactly as typed.',
  'not-valid': "This number doesn't seem to exist.",
  'unclear-end': 'Check the end: the digits after it may belong to it.',
  'unread-number': "The text has another number that couldn't be read.",
  'area-added': 'Your area code was added.',
  'premium-rate': 'Premium-rate number.',
  'foreign-host': 'This address belongs to another phone system.',
  'parameter-ignored': 'Part of the link was ignored.',
};

const labels: Record<NumberLabel, string> = {
  phone: 'Phone',
  mobile: 'Mobile',
  fax: 'Fax',
  'maybe-fax': 'Perhaps a fax',
};

/** What is known of a number without a name. */
const kinds: Record<DialKind, string> = {
  'feature-code': 'Feature code of your PBX',
  extension: 'Extension of your PBX',
  emergency: 'Emergency number',
  'short-code': 'Short code of the network',
  public: '',
};

/** What a number of a person is for. */
const numberKinds: Record<CallableKind, string> = {
  work: 'Office',
  mobile: 'Mobile',
  home: 'Home',
  main: 'Main number',
  extension: 'Extension',
  other: '',
};

const titles: Record<Origin, string> = {
  link: 'Call from a link?',
  clipboard: 'Call the number you copied?',
  command: 'Call from a script?',
  caller: 'Call this number back?',
  dialled: 'Call again?',
  history: 'Call this number?',
  favourite: 'Call this number?',
  directory: 'Call this number?',
  typed: 'Call this number?',
};

/** Why Traydial asks, if nothing more is known. */
const guards: Record<GuardId, string> = {
  emergency: 'Emergency? Use your handset – calling from here rings your phone first.',
  'feature-code': 'A feature code switches something on the PBX, such as forwarding all your calls.',
  rewritten: 'A dial rule calls a different number instead of this one.',
  'premium-rate': 'Calls to premium-rate numbers can be very expensive.',
  satellite: 'Calls to satellite and special networks can be very expensive.',
  unassigned: "This number doesn't seem to exist. It may be mistyped or forged.",
  'foreign-host': 'This address belongs to another phone system, but your own PBX would dial the number.',
  distant: "You haven't called this country from here before.",
  stranger: "You've never called this number. Callers can forge theirs to make you call back.",
  'on-the-phone': "You're already on a call with this number.",
  repeated: 'You called this number a few seconds ago.',
  'in-a-call': "You're on a call, and this number comes from a link, a command or the clipboard.",
};

/** What a feature code does, after its name. */
const codeEffects: Record<CodeEffect, string> = {
  'forward-all': 'forwards all your calls',
  'forward-unanswered': "forwards calls that you don't answer",
  'stop-forwarding': 'stops forwarding your calls',
  'say-forwarding': 'says where your calls are forwarded to',
  'do-not-disturb': 'turns on Do not disturb',
  'end-do-not-disturb': 'turns off Do not disturb',
  'listen-in': 'listens in on a call',
  park: 'parks a call',
  record: 'starts recording a call',
  'call-back': 'calls back whoever called last',
  'block-outgoing': 'blocks outgoing calls',
};

/** Why Traydial asks about this very number. */
function guardReason({ id, params: { number, countries, effect, to, outside } }: Guard): string {
  if (outside === true)
    return 'This may be a caller from outside, but the number is internal here. You might reach somebody else.';
  if (countries !== undefined) {
    const named = countries.slice(0, 3).map(country);
    const where = or(countries.length > named.length ? [...named, 'elsewhere'] : named);
    return `${number ?? 'This'} may be a premium number in ${where}. Set your country so that Traydial knows.`;
  }
  if (effect !== undefined) {
    return `This feature code usually ${codeEffects[effect]}${to === undefined ? '' : `, here to ${to}`}.`;
  }
  if (number === undefined) return guards[id];
  return id === 'rewritten'
    ? `A dial rule calls ${number} instead of this number.`
    : `The PBX would call ${number}. ${guards[id]}`;
}

/** The field, its results, and the question before a call. */
export const dialling = {
  field: 'Name or number',
  call: 'Call',
  callPerson: 'Call',
  enterKey: 'Enter',
  enterCalls: 'Call',
  enterCallsExtension: 'Call extension',
  enterDialsCode: 'Dial feature code',
  keys: 'Esc Hide · ? Keys',
  fromClipboard: 'From the clipboard:',
  chooseOne: (count: number): string => `Choose one of ${count} numbers`,
  results: 'Matches',
  numberKinds,
  saveContact: 'Save as contact…',
  enterOthers: { save: 'Save as contact', history: 'Search all calls' },
  noMatch: (typed: string): string => `No one matches “${typed}”.`,
  noMatchHint: 'Check the spelling, or type fewer letters.',
  nobodyElse: {
    save: (name: string): string => `New contact “${name}”…`,
    history: (text: string): string => `Search all calls for “${text}”`,
  },
  options: 'Advanced call options',
  optionsChanged: (count: number): string => `Advanced call options, ${count} changed for this call`,
  optionsHint: 'For this call only. Empty fields are not sent.',
  done: 'Done',
  close: 'Close',
  warnings,
  labels,
  isFax: 'The text calls it a fax number.',
  mayBeFax: 'The text calls this number or another one a fax number.',
  kinds,
  titles,
  whichNumber: 'Which number do you want to call?',
  callingSoon: 'Calling in a moment…',
  callingSoonSpoken: (who: string): string => `Calling ${who} in a moment. Escape cancels.`,
  readFrom: 'Original',
  readFromLink: 'From link',
  rule: 'Dial rule',
  sent: 'Sent to the PBX',
  thenPress: 'Then press',
  noteRule: (name: string): string => `Rule: ${name}`,
  noteSent: (number: string): string => `sent as ${number}`,
  noteThen: (digits: string): string => `then press ${digits}`,
  thenJoin: ', then ',
  callCandidate: (number: string): string => `Call ${number}`,
  numbersFound: 'Numbers found',
  why: 'Why Traydial asks',
  guards,
  codeEffects,
  guardReason,
  cancel: 'Cancel',
  undoHint: "Esc cancels. Hiding the window doesn't.",
  waiting: (count: number): string =>
    plural(count, { one: '# more number is waiting.', other: '# more numbers are waiting.' }),
  ignoreLinks: 'Ignore links for 10 minutes',
  linksIgnored: (until: string): string => `Links are ignored until ${until}`,
  openLinks: 'Open links again',
  change: 'Change',
  changeCountry: 'Change the country',
  dismissCountry: 'Dismiss the country',
  noExtension: "Traydial doesn't know your phone.",
};
