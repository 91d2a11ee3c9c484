import { isInternal, isStaff, SALES_GROUP } from './office.ts';

/** How a call to a number goes once it is placed. */
export type Behaviour =
  'answers' | 'stays' | 'busy' | 'never-answers' | 'declines' | 'unknown-number' | 'own-phone-unanswered' | 'refused';

export interface DemoNumber {
  /** E.164. The last two digits recall the SIP status of the outcome: 86 for 486 Busy Here. */
  number: string;
  /** As a person would write it. */
  shown: string;
  behaviour: Behaviour;
  /** SIP status in the call history, 0 for a normal end. */
  statusCode: number;
  /** One sentence for a README or a list of things to try. */
  sentence: string;
}

/**
 * Numbers to try in the demo. Every other outside number answers after a few seconds and hangs up after
 * about a minute and a half. All lie in 201-555-01xx, which is kept free for fiction.
 */
export const DEMO_NUMBERS: readonly DemoNumber[] = [
  {
    number: '+12015550186',
    shown: '+1 201 555 0186',
    behaviour: 'busy',
    statusCode: 486,
    sentence: 'Is busy: the call ends soon after you pick up your phone.',
  },
  {
    number: '+12015550180',
    shown: '+1 201 555 0180',
    behaviour: 'never-answers',
    statusCode: 480,
    sentence: 'Never answers: it rings for 20 seconds.',
  },
  {
    number: '+12015550163',
    shown: '+1 201 555 0163',
    behaviour: 'declines',
    statusCode: 603,
    sentence: 'Declines the call after three seconds.',
  },
  {
    number: '+12015550108',
    shown: '+1 201 555 0108',
    behaviour: 'own-phone-unanswered',
    statusCode: 408,
    sentence: 'You do not pick up your own phone: the PBX gives up after 20 seconds.',
  },
  {
    number: '+12015550143',
    shown: '+1 201 555 0143',
    behaviour: 'refused',
    statusCode: 403,
    sentence: 'The PBX refuses to place the call.',
  },
  {
    number: '+12015550199',
    shown: '+1 201 555 0199',
    behaviour: 'stays',
    statusCode: 0,
    sentence: 'Answers and stays on the line until you hang up.',
  },
];

/** The number as its digits: +1 201…, 001201… and 1201… are one number. */
const digitsOf = (number: string): string => number.replace(/[^0-9*#]/g, '').replace(/^00/, '');

/** What will happen when `callee` is dialled from `caller`. */
export function behaviourOf(callee: string, caller: string): Behaviour {
  const special = DEMO_NUMBERS.find((entry) => digitsOf(entry.number) === digitsOf(callee));
  if (special !== undefined) return special.behaviour;
  if (callee === caller) return 'busy';
  if (isInternal(callee)) return isStaff(callee) || callee === SALES_GROUP.extension ? 'answers' : 'unknown-number';
  return /^\+?[0-9*# ().-]+$/.test(callee) ? 'answers' : 'unknown-number';
}
