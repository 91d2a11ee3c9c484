import { GUARDS, isSwitchable, type Guard, type GuardId, type GuardParams } from '../../../shared/dial-guards.ts';
import type { Destination } from '../../../shared/dial.ts';
import type { Settings } from '../../../shared/settings.ts';
import { isFromElsewhere, isOwn } from '../../../shared/provenance.ts';
import { sameNumber } from '../../../shared/same-number.ts';
import { showNumber } from '../../../shared/show-number.ts';
import { readFeatureCode } from '../feature-codes.ts';
import {
  costlyNumberIn,
  destinationsOf,
  emergencyNumberIn,
  isStranger,
  newCountryNumberIn,
  premiumNumberIn,
  unassignedNumberIn,
} from './destination.ts';
import { numberOf, type DialFacts } from './facts.ts';

/** Dialling the same number again within this time may be a mistake. */
const REPEATED_MS = 10_000;

/** Whether a guard applies; the facts about this number where the reason mentions some. */
const APPLIES: Record<GuardId, (facts: DialFacts) => boolean | GuardParams> = {
  emergency: (facts) => about(emergencyNumberIn(facts), facts),
  'feature-code': whatItDoes,
  rewritten: ({ plan, country }) => plan.provenance === 'rule' && { number: showNumber(plan.dial, country) },
  'premium-rate': aboutPremium,
  satellite: (facts) => about(costlyNumberIn(facts), facts),
  unassigned: (facts) => about(unassignedNumberIn(facts), facts),
  'foreign-host': ({ plan }) => plan.warnings.includes('foreign-host'),
  distant: (facts) => about(newCountryNumberIn(facts), facts),
  stranger: isStranger,
  'on-the-phone': isOnThePhone,
  repeated: wasJustDialled,
  'in-a-call': ({ provenance, ownCalls, placed }) =>
    isFromElsewhere(provenance) &&
    // A phone that rings is not a call yet.
    (ownCalls.some(({ state, placedHere }) => state !== 'ringing' || placedHere) || isLive(placed)),
};

/**
 * Why this number must not be dialled without a question, the gravest reason first; [] when nothing speaks against it.
 */
export function guardsFor(facts: DialFacts, on: Settings['dialling']['guards']): Guard[] {
  return GUARDS.flatMap((id) => {
    const found = !isSwitchable(id) || on[id] ? APPLIES[id](facts) : false;
    return found === false ? [] : [{ id, params: found === true ? {} : found }];
  });
}

/** The number where it is not the one on the screen. */
function about(found: Destination | undefined, { plan, country }: DialFacts): boolean | GuardParams {
  if (found === undefined) return false;
  return found.dial === plan.number || { number: showNumber(found.dial, country) };
}

function aboutPremium(facts: DialFacts): boolean | GuardParams {
  const found = premiumNumberIn(facts);
  const number = about(found?.number, facts);
  if (found === undefined || found.possibleCountries.length === 0) return number;
  return { ...(typeof number === 'object' ? number : {}), countries: found.possibleCountries };
}

/** A code that somebody else chose, or that a rule made of a number. */
function featureCode({ plan, provenance, country }: DialFacts): string | null {
  if (plan.kind === 'feature-code') return isOwn(provenance) ? null : plan.number;
  // A rule may write the prefix of another site with a * in it.
  const made = destinationsOf(plan, country).find(({ kind, dial }) => kind === 'feature-code' && /^[*#]/.test(dial));
  return made?.dial ?? null;
}

function whatItDoes(facts: DialFacts): boolean | GuardParams {
  const code = featureCode(facts);
  const known = readFeatureCode(code ?? '');
  if (known === null) return code !== null;
  return { effect: known.effect, ...(known.to === '' ? {} : { to: showNumber(known.to, facts.country) }) };
}

function isOnThePhone({ plan, ownCalls, placed }: DialFacts): boolean {
  const numbers = [plan.dial, numberOf(plan)];
  if (isLive(placed) && placed.plan.dial === plan.dial) return true;
  return ownCalls.some(({ other }) => numbers.some((number) => sameNumber(other.number, number)));
}

function wasJustDialled({ plan, placements, now }: DialFacts): boolean {
  const number = numberOf(plan);
  return placements.some((last) => sameNumber(last.number, number) && last.at <= now && now - last.at < REPEATED_MS);
}

const isLive = (placed: DialFacts['placed']): placed is NonNullable<DialFacts['placed']> =>
  placed !== null && placed.step !== 'ended';
