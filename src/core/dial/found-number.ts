import type { DialPlan, DialSource, DialWarning } from '../../shared/dial.ts';
import type { DialRules } from '../../shared/dial-rules.ts';
import { plainText } from '../../shared/plain-text.ts';
import { ok, type Result } from '../../shared/result.ts';
import { showNumber } from '../../shared/show-number.ts';
import { classify } from './classify.ts';
import type { WrittenNumber } from './read-number.ts';
import { isEmergency } from './emergency.ts';
import { applyRules, type RuleInput, type RuleOutcome } from './rules/apply-rules.ts';

export interface DialContext {
  source: DialSource;
  rules: DialRules;
  /** Hosts and domains of the own PBX, in lower case; without them every host in a link is a foreign one. */
  ownHosts?: readonly string[];
}

const MAX_INPUT = 200;

/** A plan before it is known what was typed or clicked. */
export type NumberPlan = Omit<DialPlan, 'input'>;

/** From a number as it was written to what the PBX gets. Errors: those of classify. */
export function planNumber(
  { number, then }: WrittenNumber,
  rules: DialRules,
  warnings: readonly DialWarning[] = [],
): Result<NumberPlan> {
  const classified = classify(number, rules);
  if (!classified.ok) return classified;
  const { kind, dial, e164 } = classified.value;
  const noted = new Set([
    ...(then === null ? [] : (['then-press'] as const)),
    ...warnings,
    ...classified.value.warnings,
  ]);
  return ok({
    shown: showNumber(dial, rules.country),
    kind,
    e164,
    then,
    ...written({ kind, dial, e164 }, rules),
    warnings: [...noted],
  });
}

/** By the rules, unless they would make an emergency number of a number that is none. */
function written(number: RuleInput, rules: DialRules): RuleOutcome {
  const outcome = applyRules(number, rules);
  const turned = number.kind !== 'emergency' && isEmergency(outcome.dial, rules.country);
  return turned ? { dial: number.dial, rule: null, trunk: '', callerId: '' } : outcome;
}

/** A SIP link may hold a password: "sip:1001:secret@pbx". */
export const shownInput = (text: string): string =>
  plainText(text.slice(0, 1000).replace(/(sips?:[^:@\s]{0,64}):[^@\s]{0,200}@/gi, '$1@'), MAX_INPUT);
