import { setImmediate } from 'node:timers/promises';
import type { DialRules } from '../../../shared/dial-rules.ts';
import type { RulesExplained } from '../../../shared/rule-bench.ts';
import { readDial } from '../read-dial.ts';
import { checkRules } from './check-rules.ts';
import { sampleOf } from './sample-numbers.ts';

/**
 * Applies the saved rules and a draft to each text and the draft to a sample of numbers, and finds the errors of the
 * draft. `extension`: the account's, '' while it is not known. Yields between texts, so that slow patterns do not delay
 * calls and clicks.
 */
export async function explainRules(
  texts: readonly string[],
  { saved, draft, extension }: { saved: DialRules; draft: DialRules; extension: string },
): Promise<RulesExplained> {
  const problems = checkRules(draft);
  const lines: RulesExplained['lines'] = [];
  for (const text of texts) {
    await setImmediate();
    lines.push({
      saved: readDial(text, { provenance: 'typed', rules: saved }),
      draft: readDial(text, { provenance: 'typed', rules: draft }),
    });
  }
  return { problems, sample: sampleOf(draft, extension), lines };
}
