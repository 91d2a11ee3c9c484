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
  isNumberOfOutsider,
  newCountryNumberIn,
  premiumNumberIn,
  unassignedNumberIn,
} from './destination.ts';
import { numberOf, type DialSituation } from './situation.ts';

/** Dialling the same number again within this time may be a mistake. */
const REPEATED_MS = 10_000;

/**
 * A guard is a check that turns dialling into a question. It returns the details that its reason mentions, {} if the
 * reason mentions none, and null if the guard has no reason to ask.
 */
type GuardCheck = (situation: DialSituation) => GuardParams | null;

const GUARD_CHECKS: Record<GuardId, GuardCheck> = {
  emergency: (situation) => withNumber(emergencyNumberIn(situation), situation),
  'feature-code': checkFeatureCode,
  rewritten: ({ plan, country }) => (plan.provenance === 'rule' ? { number: showNumber(plan.dial, country) } : null),
  'premium-rate': checkPremiumRate,
  satellite: (situation) => withNumber(costlyNumberIn(situation), situation),
  unassigned: (situation) => withNumber(unassignedNumberIn(situation), situation),
  'foreign-host': ({ plan }) => reasonIf(plan.warnings.includes('foreign-host')),
  distant: (situation) => withNumber(newCountryNumberIn(situation), situation),
  stranger: (situation) => (isNumberOfOutsider(situation) ? { outside: true } : reasonIf(isCallersNumber(situation))),
  'on-the-phone': (situation) => reasonIf(hasCallWithNumber(situation)),
  repeated: (situation) => reasonIf(wasJustDialled(situation)),
  'in-a-call': (situation) => reasonIf(isFromElsewhere(situation.provenance) && isInCall(situation)),
};

/**
 * The reasons to ask before dialling this number, most serious first; [] if there are none. `switches` says which guards
 * the user has switched on.
 */
export function guardsFor(situation: DialSituation, switches: Settings['dialling']['guards']): Guard[] {
  return GUARDS.flatMap((id) => {
    // An outside caller's number may be the extension of somebody else here, so the user cannot switch this question off.
    const isOn = !isSwitchable(id) || switches[id] || (id === 'stranger' && isNumberOfOutsider(situation));
    const params = isOn ? GUARD_CHECKS[id](situation) : null;
    return params === null ? [] : [{ id, params }];
  });
}

/** The result of a guard whose reason mentions no details. */
const reasonIf = (mustAsk: boolean): GuardParams | null => (mustAsk ? {} : null);

/**
 * The result of a guard that looks for a number. The question always shows the dialled number, so the details contain the
 * found number only if it is another one.
 */
function withNumber(found: Destination | undefined, { plan, country }: DialSituation): GuardParams | null {
  if (found === undefined) return null;
  return found.dial === plan.number ? {} : { number: showNumber(found.dial, country) };
}

function checkPremiumRate(situation: DialSituation): GuardParams | null {
  const found = premiumNumberIn(situation);
  if (found === undefined) return null;
  const { number, possibleCountries } = found;
  return {
    ...withNumber(number, situation),
    ...(possibleCountries.length === 0 ? {} : { countries: possibleCountries }),
  };
}

function checkFeatureCode(situation: DialSituation): GuardParams | null {
  const featureCode = featureCodeIn(situation);
  if (featureCode === null) return null;
  const meaning = readFeatureCode(featureCode);
  if (meaning === null) return {};
  const { effect, to } = meaning;
  return to === '' ? { effect } : { effect, to: showNumber(to, situation.country) };
}

/** Finds a feature code that the user did not choose, or one that a dial rule made of a number. */
function featureCodeIn({ plan, provenance, country }: DialSituation): string | null {
  if (plan.kind === 'feature-code') return isOwn(provenance) ? null : plan.number;
  // Only a * or # at the start counts, because a rule may write the prefix of another site with a * after it.
  const madeByRule = destinationsOf(plan, country).find(
    ({ kind, dial }) => kind === 'feature-code' && /^[*#]/.test(dial),
  );
  return madeByRule?.dial ?? null;
}

/** True if the user is on a call, or places one. An incoming call that still rings does not count. */
function isInCall({ ownCalls, placed }: DialSituation): boolean {
  return isLive(placed) || ownCalls.some(({ state, placedHere }) => state !== 'ringing' || placedHere);
}

/** True if the user already has a live call with this number. */
function hasCallWithNumber({ plan, ownCalls, placed }: DialSituation): boolean {
  const numbers = [plan.dial, numberOf(plan)];
  if (isLive(placed) && placed.plan.dial === plan.dial) return true;
  return ownCalls.some(({ other }) => numbers.some((number) => sameNumber(other.number, number)));
}

function wasJustDialled({ plan, dialledNumbers, now }: DialSituation): boolean {
  const number = numberOf(plan);
  return dialledNumbers.some(
    (dialled) => sameNumber(dialled.number, number) && dialled.at <= now && now - dialled.at < REPEATED_MS,
  );
}

const isLive = (placed: DialSituation['placed']): placed is NonNullable<DialSituation['placed']> =>
  placed !== null && placed.step !== 'ended';
