import type { DialRules } from '../../shared/dial-rules.ts';
import type { DialPlan, DialReading, DialSource, DialWarning } from '../../shared/dial.ts';
import { planDial } from './plan-dial.ts';

/** What a text comes to: one number, several to choose from, or none and why. Pure, never throws. */
export function readDial(text: string, { source, rules }: { source: DialSource; rules: DialRules }): DialReading {
  const pieces = text.slice(0, 4000).split(/\n|; /).slice(0, 20);
  const plans = pieces.flatMap((piece) => planOf(piece, source, rules.country) ?? []);
  const [plan] = plans;
  if (plans.length > 1) return { found: 'choose', candidates: plans };
  if (plan !== undefined) return { found: 'one', plan };
  const read = planDial(text, { source, country: rules.country });
  return read.ok ? { found: 'one', plan: read.value } : { found: 'none', refusal: read.error };
}

function planOf(piece: string, source: DialSource, country: string): DialPlan | null {
  const [number = '', ...after] = piece.split(/(?=,)/);
  const read = planDial(number, { source, country });
  if (!read.ok) return null;
  const then = after.length === 0 ? null : after.join('').replace(/[^0-9*#,]/g, '');
  const warnings: DialWarning[] = [];
  if (then !== null) warnings.push('then-press');
  if (/^\+1900/.test(read.value.dial)) warnings.push('premium-rate');
  if (/^sips?:.*@/i.test(number)) warnings.push('foreign-host');
  const kind = /^(?:112|911)$/.test(read.value.dial) ? 'emergency' : read.value.kind;
  return { ...read.value, kind, then, warnings };
}
