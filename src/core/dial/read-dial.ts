import type { DialPlan, DialReading } from '../../shared/dial.ts';
import type { Origin } from '../../shared/provenance.ts';
import type { DialRules } from '../../shared/dial-rules.ts';
import { isEmergencyCall } from '../numbers/emergency.ts';
import type { ReadNumber } from '../numbers/found-number.ts';
import type { NumberPlace } from '../numbers/national-number.ts';
import { readNumbers } from '../numbers/read-numbers.ts';
import { applyRules, type RuleOutcome } from './rules/apply-rules.ts';
import { effectOf } from './rules/rule-effect.ts';

export interface DialContext {
  provenance: Origin;
  rules: DialRules;
  /** Hosts and domains of the user's PBX, in lower case. A link to any other host is foreign. */
  ownHosts?: readonly string[];
}

/**
 * Reads a typed or pasted text or a link, and applies the dial rules to each number in it. The result is one plan,
 * several to choose from, or none and the reason. Pure, never throws.
 */
export function readDial(text: string, { provenance, rules, ownHosts = [] }: DialContext): DialReading {
  const place = placeOf(rules);
  const reading = readNumbers(text, { provenance, place, ownHosts });
  if (reading.found === 'none') return reading;
  if (reading.found === 'one') return { found: 'one', plan: planFor(reading.number, provenance, rules) };
  const candidates = withoutDuplicates(reading.candidates.map((number) => planFor(number, provenance, rules)));
  const [only, ...others] = candidates;
  // A rule may turn two numbers into the same one.
  return only !== undefined && others.length === 0 ? { found: 'one', plan: only } : { found: 'choose', candidates };
}

/** The user's place. Its outside lines are the digits that the enabled rules put in front of numbers. */
const placeOf = (rules: DialRules): NumberPlace => ({
  ...rules,
  outsideLines: rules.rules.flatMap(({ enabled, outsidePrefix }) =>
    enabled && outsidePrefix !== '' ? [outsidePrefix] : [],
  ),
});

function planFor(number: ReadNumber, provenance: Origin, rules: DialRules): DialPlan {
  const { dial, rule } = applySafeRules(number, rules);
  const effect = rule === null ? null : effectOf(number, dial, rule, placeOf(rules));
  return {
    ...number,
    number: number.dial,
    dial,
    rule: rule?.name ?? null,
    trunk: rule?.trunk ?? '',
    callerId: rule?.callerId ?? '',
    afterRules: effect?.afterRules ?? null,
    provenance: effect?.replaces === true ? 'rule' : provenance,
  };
}

/** Applies the rules, unless they would turn another number into an emergency number. */
function applySafeRules(number: ReadNumber, rules: DialRules): RuleOutcome {
  const outcome = applyRules(number, rules);
  const becomesEmergency = number.kind !== 'emergency' && isEmergencyCall(outcome.dial, placeOf(rules));
  return becomesEmergency ? { dial: number.dial, rule: null } : outcome;
}

const withoutDuplicates = (plans: readonly DialPlan[]): DialPlan[] =>
  plans.filter(
    ({ dial, digitsAfterAnswer }, at) =>
      plans.findIndex((other) => other.dial === dial && other.digitsAfterAnswer === digitsAfterAnswer) === at,
  );
