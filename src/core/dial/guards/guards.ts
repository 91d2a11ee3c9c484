import { GUARDS, isSwitchable, type GuardId } from '../../../shared/dial-guards.ts';
import type { DialRequest, DialSource } from '../../../shared/dial.ts';
import type { Settings } from '../../../shared/settings.ts';
import { sameNumber } from '../../../shared/same-number.ts';
import { isCostly, isNewCountry } from './destination.ts';
import { numberOf, type DialFacts } from './facts.ts';

/** The same number again within this time looks like a slip. */
const REPEATED_MS = 10_000;

/** What may come from somebody else's page, mail or script. */
const ELSEWHERE: ReadonlySet<DialSource> = new Set(['link', 'clipboard', 'command']);

export const isFromElsewhere = (source: DialSource): boolean => ELSEWHERE.has(source);

const APPLIES: Record<GuardId, (facts: DialFacts) => boolean> = {
  emergency: ({ plan }) => plan.kind === 'emergency',
  'feature-code': ({ plan, source }) => plan.kind === 'feature-code' && isFromElsewhere(source),
  'premium-rate': ({ plan }) => plan.warnings.includes('premium-rate'),
  satellite: isCostly,
  'foreign-host': ({ plan }) => plan.warnings.includes('foreign-host'),
  distant: isNewCountry,
  'on-the-phone': isOnThePhone,
  repeated: wasJustDialled,
  'in-a-call': ({ source, ownCalls, placed }) =>
    isFromElsewhere(source) &&
    // A phone that rings is no call yet.
    (ownCalls.some(({ state, placedHere }) => state !== 'ringing' || placedHere) || isLive(placed)),
};

/** Why this number must not be dialled without a question, the gravest reason first; [] when nothing speaks against it. */
export function guardsFor(facts: DialFacts, on: Settings['dialling']['guards']): DialRequest['guards'] {
  return GUARDS.filter(({ id }) => (!isSwitchable(id) || on[id]) && APPLIES[id](facts)).map(({ id, sentence }) => ({
    id,
    sentence,
  }));
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
