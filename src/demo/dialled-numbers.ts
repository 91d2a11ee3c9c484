import { isInternal, isStaff, SALES_GROUP } from './office.ts';

/** The behaviour of the demo office when this number is dialled. */
export type Behaviour =
  'answers' | 'stays' | 'busy' | 'never-answers' | 'declines' | 'unknown-number' | 'own-phone-unanswered' | 'refused';

/**
 * Numbers to try in the demo. Every other outside number answers after a few seconds and hangs up after about a minute
 * and a half. All are in 201-555-01xx, which is reserved for fiction. In most of them the last two digits are those of the
 * SIP status, for example 86 for 486 Busy Here.
 */
const DEMO_NUMBERS: Readonly<Record<string, Behaviour>> = {
  '12015550186': 'busy',
  '12015550180': 'never-answers',
  '12015550163': 'declines',
  '12015550108': 'own-phone-unanswered',
  '12015550143': 'refused',
  '12015550199': 'stays',
};

/** The digits of a number without 00, so that +1 201…, 001201… and 1201… are the same. */
const digitsOf = (number: string): string => number.replace(/[^0-9*#]/g, '').replace(/^00/, '');

/** The behaviour of the demo office when `caller` dials `callee`. */
export function behaviourOf(callee: string, caller: string): Behaviour {
  const special = DEMO_NUMBERS[digitsOf(callee)];
  if (special !== undefined) return special;
  if (callee === caller) return 'busy';
  if (isInternal(callee)) return isStaff(callee) || callee === SALES_GROUP.extension ? 'answers' : 'unknown-number';
  return /^\+?[0-9*# ().-]+$/.test(callee) ? 'answers' : 'unknown-number';
}
