import type { DialPlan, DialReading } from '../../shared/dial.ts';
import type { Origin } from '../../shared/provenance.ts';
import type { DialRules } from '../../shared/dial-rules.ts';
import { isEmergencyCall } from '../numbers/emergency.ts';
import type { ReadNumber } from '../numbers/found-number.ts';
import type { NumberPlace } from '../numbers/national-number.ts';
import { readNumbers } from '../numbers/read-numbers.ts';
import { applyRules, type RuleOutcome } from './rules/apply-rules.ts';
import { effectOf } from './rules/outcome.ts';

export interface DialContext {
  provenance: Origin;
  rules: DialRules;
  /** Hosts and domains of the own PBX, in lower case; without them every host in a link is a foreign one. */
  ownHosts?: readonly string[];
}

/**
 * From a text (typed, pasted, a link) to the one number the PBX gets, several to choose from, or none and why: what
 * readNumbers finds, written by the dial rules. Pure, never throws.
 */
export function readDial(text: string, { provenance, rules, ownHosts = [] }: DialContext): DialReading {
  const place = placeOf(rules);
  const reading = readNumbers(text, { provenance, place, ownHosts });
  if (reading.found === 'none') return reading;
  if (reading.found === 'one') return { found: 'one', plan: planned(reading.number, provenance, rules) };
  const candidates = unlike(reading.candidates.map((number) => planned(number, provenance, rules)));
  const [only, ...others] = candidates;
  // A rule may write two numbers in one way.
  return only !== undefined && others.length === 0 ? { found: 'one', plan: only } : { found: 'choose', candidates };
}

/** Digits in front of an emergency number are an outside line where a rule dials them for one. */
const placeOf = (rules: DialRules): NumberPlace => ({
  ...rules,
  outsideLines: rules.rules.flatMap(({ enabled, outsidePrefix }) =>
    enabled && outsidePrefix !== '' ? [outsidePrefix] : [],
  ),
});

function planned(number: ReadNumber, provenance: Origin, rules: DialRules): DialPlan {
  const { dial, rule } = written(number, rules);
  const effect = rule === null ? null : effectOf(number, dial, rule, placeOf(rules));
  return {
    ...number,
    number: number.dial,
    dial,
    rule: rule?.name ?? null,
    trunk: rule?.trunk ?? '',
    callerId: rule?.callerId ?? '',
    reaches: effect?.reaches ?? null,
    provenance: effect?.replaces === true ? 'rule' : provenance,
  };
}

/** By the rules, unless they would make an emergency number of a number that is none. */
function written(number: ReadNumber, rules: DialRules): RuleOutcome {
  const outcome = applyRules(number, rules);
  const turned = number.kind !== 'emergency' && isEmergencyCall(outcome.dial, placeOf(rules));
  return turned ? { dial: number.dial, rule: null } : outcome;
}

const unlike = (plans: readonly DialPlan[]): DialPlan[] =>
  plans.filter(({ dial, then }, at) => plans.findIndex((other) => other.dial === dial && other.then === then) === at);
