import { formatFor } from '../format.ts';

const { plural, number } = formatFor('en');

export const notifications = {
  incoming: 'Incoming call',
  transferred: 'Transferred to you',
  transferredBy: (who: string): string => `Transferred by ${who}`,
  called: (called: string): string => `to ${called}`,
  through: (queue: string): string => `through ${queue}`,
  missed: (who: string): string => `Missed call: ${who}`,
  unknownCaller: 'Unknown caller',
  people: (count: number): string => plural(count, { one: '# person', other: '# people' }),
  claimed: 'name sent by the caller',
  clickToView: 'Click to view',
  whileAway: 'While you were away',
  ringingCalls: (count: number, who: string): string =>
    `${plural(count, { one: '# call', other: '# calls' })} ringing: ${who}`,
  missedCalls: (count: number, who: string): string =>
    `${plural(count, { one: '# missed call', other: '# missed calls' })}: ${who}`,
  reminder: (who: string): string => `Call back ${who}`,
  reminders: (count: number, who: string): string =>
    `${plural(count, { one: '# reminder', other: '# reminders' })}: call back ${who}`,
  toCallBack: (who: string): string => `To call back: ${who}`,
  /** `more`: how many are not named. */
  named: (names: readonly string[], more: number): string =>
    more === 0 ? names.join(', ') : `${names.join(', ')} and ${number(more)} more`,
  numbersWait: (count: number): string =>
    plural(count, { one: 'Call this number?', other: '# numbers wait for your answer' }),
  linksKeepComing: 'Links keep coming. Click to answer or to ignore links for 10 minutes.',
  testCaller: 'Anna Example',
  test: 'Test – this is what an incoming call looks like',
};
