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
  isCallersNumber,
  isOutsideCaller,
  newCountryNumberIn,
  premiumNumberIn,
  unassignedNumberIn,
} from './destination.ts';
import { numberOf, type DialFacts } from './facts.ts';

/** Dialling the same number again within this time may be a mistake. */
const REPEATED_MS = 10_000;

/**
 * A guard is a check that turns dialling into a question. It returns the details that its reason mentions, {} if the
 * reason mentions none, and null if the guard has no reason to ask.
 */
type GuardCheck = (facts: DialFacts) => GuardParams | null;

const GUARD_CHECKS: Record<GuardId, GuardCheck> = {
  emergency: (facts) => withNumber(emergencyNumberIn(facts), facts),
  'feature-code': checkFeatureCode,
  rewritten: ({ plan, country }) => (plan.provenance === 'rule' ? { number: showNumber(plan.dial, country) } : null),
  'premium-rate': checkPremiumRate,
  satellite: (facts) => withNumber(costlyNumberIn(facts), facts),
  unassigned: (facts) => withNumber(unassignedNumberIn(facts), facts),
  'foreign-host': ({ plan }) => withoutDetails(plan.warnings.includes('foreign-host')),
  distant: (facts) => withNumber(newCountryNumberIn(facts), facts),
  stranger: (facts) => (isOutsideCaller(facts) ? { outside: true } : withoutDetails(isCallersNumber(facts))),
  'on-the-phone': (facts) => withoutDetails(hasCallWithNumber(facts)),
  repeated: (facts) => withoutDetails(wasJustDialled(facts)),
  'in-a-call': (facts) => withoutDetails(isFromElsewhere(facts.provenance) && isInCall(facts)),
};

/**
 * The reasons to ask before dialling this number, most serious first; [] if there are none. `switches` says which guards
 * the user has switched on.
 */
export function guardsFor(facts: DialFacts, switches: Settings['dialling']['guards']): Guard[] {
  return GUARDS.flatMap((id) => {
    // An outside caller's number may be the extension of somebody else here, so the user cannot switch this question off.
    const isOn = !isSwitchable(id) || switches[id] || (id === 'stranger' && isOutsideCaller(facts));
    const params = isOn ? GUARD_CHECKS[id](facts) : null;
    return params === null ? [] : [{ id, params }];
  });
}

const withoutDetails = (hasReason: boolean): GuardParams | null => (hasReason ? {} : null);

/** The question always shows the dialled number, so the details contain the found number only if it is another one. */
function withNumber(found: Destination | undefined, { plan, country }: DialFacts): GuardParams | null {
  if (found === undefined) return null;
  return found.dial === plan.number ? {} : { number: showNumber(found.dial, country) };
}

function checkPremiumRate(facts: DialFacts): GuardParams | null {
  const found = premiumNumberIn(facts);
  if (found === undefined) return null;
  const { number, possibleCountries } = found;
  return { ...withNumber(number, facts), ...(possibleCountries.length === 0 ? {} : { countries: possibleCountries }) };
}

function checkFeatureCode(facts: DialFacts): GuardParams | null {
  const featureCode = featureCodeIn(facts);
  if (featureCode === null) return null;
  const meaning = readFeatureCode(featureCode);
  if (meaning === null) return {};
  const { effect, to } = meaning;
  return to === '' ? { effect } : { effect, to: showNumber(to, facts.country) };
}

/** Finds a feature code that the user did not choose, or one that a dial rule made of a number. */
function featureCodeIn({ plan, provenance, country }: DialFacts): string | null {
  if (plan.kind === 'feature-code') return isOwn(provenance) ? null : plan.number;
  // Only a * or # at the start counts, because a rule may write the prefix of another site with a * after it.
  const madeByRule = destinationsOf(plan, country).find(
    ({ kind, dial }) => kind === 'feature-code' && /^[*#]/.test(dial),
  );
  return madeByRule?.dial ?? null;
}

/** True if the user is on a call, or places one. An incoming call that still rings does not count. */
function isInCall({ ownCalls, placed }: DialFacts): boolean {
  return isLive(placed) || ownCalls.some(({ state, placedHere }) => state !== 'ringing' || placedHere);
}

/** True if the user already has a live call with this number. */
function hasCallWithNumber({ plan, ownCalls, placed }: DialFacts): boolean {
  const numbers = [plan.dial, numberOf(plan)];
  if (isLive(placed) && placed.plan.dial === plan.dial) return true;
  return ownCalls.some(({ other }) => numbers.some((number) => sameNumber(other.number, number)));
}

function wasJustDialled({ plan, dialledNumbers, now }: DialFacts): boolean {
  const number = numberOf(plan);
  return dialledNumbers.some(
    (dialled) => sameNumber(dialled.number, number) && dialled.at <= now && now - dialled.at < REPEATED_MS,
  );
}

const isLive = (placed: DialFacts['placed']): placed is NonNullable<DialFacts['placed']> =>
  placed !== null && placed.step !== 'ended';
