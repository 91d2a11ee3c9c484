import type { DialKind, DialWarning } from '../../shared/dial.ts';
import { formatFor } from '../format.ts';
import { errors } from './errors.ts';
import { why } from './why.ts';

const { clockTime, when } = formatFor('en');

const help = `Traydial calls phone numbers from your desk phone.

  traydial                    start Traydial, or show its window
  traydial dial NUMBER        call a number, like a click on a link; starts Traydial if necessary
  traydial hangup             end your call
  traydial show               show the window
  traydial why [NUMBER]       print why you were notified of your latest calls, or of those with a number, or why not
  traydial explain TEXT       print what would be dialled for a text, without dialling it
  traydial --help             print this text
  traydial --version          print the version

Instead of a command you can give a link (tel:, callto:, sip:, sips:, traydial:).

Exit codes: 0 done, or asked in the window; 1 refused; 2 not understood; 3 not running or not signed in.
`;

/** What became of a sub-command in the running program, without the errors. */
const results = {
  shown: 'Traydial is in front.',
  'hung-up': 'Hung up.',
  'no-call': 'There is no call to hang up.',
  'not-found': 'Traydial knows no such call.',
  'several-calls': "You're in more than one call. Choose the one to hang up in the window.",
  'signed-out': "You aren't signed in.",
  asked: (number: string) => `Traydial's window asks whether to call ${number}.`,
  'calling-soon': (number: string) => `Traydial calls ${number} in 3 seconds. You can cancel this in its window.`,
  'waits-for-sign-in': (number: string) => `You aren't signed in. ${number} waits in the window until you are.`,
  'read-after-sign-in': (number: string) => `You aren't signed in. Traydial will read ${number} again once you are.`,
  'waits-for-question': (number: string) => `${number} waits until you answer the open question in Traydial's window.`,
};

const usage = {
  'number-missing': (command: string) => `traydial ${command} needs a number.`,
  'too-long': () => 'That text is too long.',
  'unexpected-arguments': (command: string) => `traydial ${command} takes no arguments.`,
  'unknown-command': (command: string) => `Unknown command "${command}".`,
};

/** Why the process of the sub-command got no answer. */
const failures = {
  'not-running': 'Traydial is not running.',
  unreachable: "Traydial is running, but it can't be reached from here. Quit it and start it again.",
  'not-started': "Traydial didn't start.",
  late: (seconds: number) => `Traydial didn't start within ${seconds} seconds. Nothing was dialled.`,
  ended: 'Traydial quit before it answered.',
  silent: "Traydial is running but didn't answer. Check its window before you try again.",
  'not-understood': "The running Traydial didn't understand that. Quit it and start it again.",
};

const kind: Record<DialKind, string> = {
  public: 'public number',
  extension: 'extension of the PBX',
  'feature-code': 'feature code',
  emergency: 'emergency number',
  'short-code': 'short number',
};

const warning: Record<DialWarning, string> = {
  'then-press': 'more digits have to be pressed after the answer',
  vanity: 'letters were converted to digits',
  'not-completed': 'dialled exactly as written, because its country is not certain',
  'not-valid': "this number doesn't seem to exist",
  'unclear-end': 'the digits behind it may be part of it',
  'unread-number': "the text contains another number that can't be read",
  'area-added': 'completed with your area code',
  'premium-rate': 'premium-rate number',
  'foreign-host': 'the address belongs to another phone system',
  'parameter-ignored': 'part of the link was ignored',
};

/** What `explain` prints: a column of names, each with a value. */
const explained = {
  several: 'Several numbers to choose from:',
  kind,
  warning,
  /** All of the same width. */
  label: { kind: 'kind ', dials: 'dials', then: 'then ', rule: 'rule ', note: 'note ' },
  press: (digits: string) => `press ${digits}`,
  replaced: 'the rule calls another number instead',
};

/** How a call is named. */
const call = {
  unknown: 'Unknown caller',
  at: (at: number, now: number): string => {
    const [day, time] = [when(at, now), clockTime(at)];
    return day === time ? time : `${day} ${time}`;
  },
};

export const english = {
  errors,
  help,
  results,
  usage: { ...usage, seeHelp: 'See traydial --help.' },
  failures,
  explained,
  why,
  call,
};
