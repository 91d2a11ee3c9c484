import type { DialRules } from '../../shared/dial-rules.ts';
import type { DialReading, DialSource } from '../../shared/dial.ts';
import { planDial } from './plan-dial.ts';
import { applyRules } from './rules/apply-rules.ts';
import { matchesExtension } from './rules/extension-pattern.ts';

/** What a text comes to by the dial rules. Pure, never throws. */
export function readDial(text: string, { source, rules }: { source: DialSource; rules: DialRules }): DialReading {
  const read = planDial(text, { source, country: rules.country });
  if (!read.ok) return { found: 'none', refusal: read.error };
  const { input, shown, dial } = read.value;
  const kind =
    read.value.kind === 'feature-code'
      ? 'feature-code'
      : matchesExtension(dial, rules.extensions)
        ? 'extension'
        : 'public';
  const e164 = kind === 'public' && dial.startsWith('+') ? dial : null;
  const written = applyRules({ kind, dial, e164 }, rules);
  return { found: 'one', plan: { input, shown, kind, e164, then: null, warnings: [], ...written } };
}
