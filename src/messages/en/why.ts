import type { NotificationProblem } from '../../shared/notice.ts';
import type { CallKind, NotifyReason } from '../../shared/notified.ts';
import { formatFor } from '../format.ts';

const { clockTime } = formatFor('en');

const notShown: Record<NotificationProblem, string> = {
  'not-shown': "A notification was sent, but your desktop didn't show it.",
  'not-allowed': "Your system doesn't allow Traydial to show notifications.",
  'no-service': 'No notification service was running on your desktop.',
  'no-answer': "Your desktop's notification service didn't answer.",
  'cannot-ask': "Traydial couldn't find out whether your desktop's notification service answers.",
  'program-missing': 'The program notify-send is missing on this computer.',
  'not-loaded': "Traydial couldn't load its notifications.",
  'choice-unsupported': "This computer can't show notifications the way you chose.",
};

type Sentences = Record<Exclude<NotifyReason['code'], 'paused' | 'quiet-hours' | 'rule' | 'not-shown'>, string>;

const ringing: Sentences = {
  announced: 'Traydial sent a notification when the call rang.',
  'summed-up': 'Several calls rang at once, so Traydial sent one notification about all of them.',
  'incoming-off': 'Notifications of incoming calls are off.',
  'missed-off': 'Notifications of missed calls are off.',
  person: 'You chose never to be notified of calls from this person.',
  away: 'You were away.',
  'placed-here': 'You made this call with Traydial.',
  outgoing: 'You made this call.',
  'not-mine': 'The call rang a colleague, not you.',
  'not-seen-ringing':
    "Traydial didn't see it begin to ring, for example because it was already ringing when Traydial connected.",
  'record-only': 'Nothing reported the call while it took place. Traydial found it in the records of your PBX.',
  slept: 'Your computer was asleep. Traydial found the call in the records of your PBX.',
  'before-start': 'It took place before Traydial was started. Traydial found it in the records of your PBX.',
  'not-kept': 'Not known: Traydial has kept no reason for this call.',
};

export const why = {
  notified: 'Why was I notified?',
  notNotified: 'Why was I not notified?',
  ringing,
  missed: {
    ...ringing,
    announced: 'Traydial sent a notification of the missed call.',
    'summed-up': 'Traydial sent one notification about this and other missed calls.',
    away: 'You were away when you missed it, so it waited for the summary.',
  } satisfies Sentences,
  because: {
    person: 'You chose to be notified of every call from this person.',
    favourite: 'You chose to be notified of every call from favourites.',
  },
  quietHours: (until: number): string => `Quiet hours, until ${clockTime(until)}.`,
  rule: {
    internal: "You aren't notified of internal calls.",
    external: "You aren't notified of external calls.",
    queue: "You aren't notified of calls through a queue or group.",
  } satisfies Record<CallKind, string>,
  paused: (until: number): string => `Notifications were paused until ${clockTime(until)}.`,
  notShown,
  settings: 'Notification settings',
};
