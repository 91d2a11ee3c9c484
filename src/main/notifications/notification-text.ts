import type { PlannedNotification } from '../../core/notify/planned-notification.ts';
import {
  nameOrNumber,
  type AwayContent,
  type IncomingContent,
  type MissedContent,
  type NotificationContent,
  type OtherSide,
  type SummaryContent,
} from '../../core/notify/content.ts';
import type { MainMessages } from '../../messages/main.ts';
import type { DesktopNotification } from './notifier.ts';

type Words = MainMessages['notifications'];
type Text = Pick<DesktopNotification, 'title' | 'body'>;

/** A notification in the language of the messages. */
export function desktopNotification(
  { content, silent: _silent, ...notification }: PlannedNotification,
  { notifications }: MainMessages,
): Omit<DesktopNotification, 'silent'> {
  return { ...notification, ...textOf(content, notifications) };
}

function textOf(content: NotificationContent, words: Words): Text {
  switch (content.kind) {
    case 'incoming':
      return incomingText(content, words);
    case 'missed':
      return missedText(content, words);
    case 'ringing-calls':
      return { title: words.ringingCalls(content.count, named(content, words)), body: words.clickToView };
    case 'missed-calls':
      return { title: words.missedCalls(content.count, named(content, words)), body: words.clickToView };
    case 'missed-away':
      return { title: words.missedCalls(content.count, awayNames(content, words)), body: awayText(content, words) };
    case 'reminder':
      return {
        title: words.reminder(titleOf(content.other, words)),
        body: joined([content.other.company, ...source(content.other, words)]) || words.clickToView,
      };
    case 'reminders':
      return { title: words.reminders(content.count, named(content, words)), body: words.clickToView };
    case 'links-waiting':
      return { title: words.numbersWait(content.count), body: words.linksKeepComing };
  }
}

/** "Anna Berg" / "Berg GmbH · Incoming call · to Sales · through 8000 · +1 201 555 0123": who it is, then what was called. */
function incomingText({ other, called, through, transferred, by }: IncomingContent, words: Words): Text {
  const parts = [
    other.company,
    !transferred ? words.incoming : by === '' ? words.transferred : words.transferredBy(by),
    called && words.called(called),
    through && words.through(through),
    ...source(other, words),
  ];
  return { title: titleOf(other, words), body: joined(parts) };
}

/** "Missed call: Anna Berg" / "to 4000 · +1 201 555 0123". */
function missedText({ other, called }: MissedContent, words: Words): Text {
  return {
    title: words.missed(titleOf(other, words)),
    body: joined([other.company, called && words.called(called), ...source(other, words)]) || words.clickToView,
  };
}

const titleOf = (other: OtherSide, words: Words): string =>
  other.several > 0 ? words.people(other.several) : nameOrNumber(other) || words.unknownCaller;

/** The number below a name, and whether the name is the caller's own. */
const source = (other: OtherSide, words: Words): string[] => [
  other.name !== '' || other.several > 0 ? other.number : '',
  other.claimed ? words.claimed : '',
];

const joined = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(' · ');

const NAMED_AWAY = 3;

/** "Anna Berg (2), +1 201 555 0123 and 2 more". */
function awayNames({ people }: AwayContent, words: Words): string {
  const named = people.slice(0, NAMED_AWAY).map(({ who, count }) => {
    const name = who || words.unknownCaller;
    return count === 1 ? name : `${name} (${count})`;
  });
  return words.named(named, people.length - named.length);
}

/** "While you were away", or "While you were away · To call back: Bo Chen". */
const awayText = ({ reminders }: AwayContent, words: Words): string =>
  joined([
    words.whileAway,
    reminders.length === 0
      ? ''
      : words.toCallBack(named({ count: reminders.length, others: reminders.slice(0, NAMED_AWAY) }, words)),
  ]);

/** "Anna Berg, Bo Chen, +1 201 555 0123 and 2 more". */
function named({ count, others }: Pick<SummaryContent, 'count' | 'others'>, words: Words): string {
  return words.named(
    others.map((other) => other || words.unknownCaller),
    count - others.length,
  );
}
