import { setImmediate } from 'node:timers/promises';
import type { DialRules } from '../../../shared/dial-rules.ts';
import type { RulesExplained } from '../../../shared/rule-bench.ts';
import { readDial } from '../read-dial.ts';
import { checkRules } from './check-rules.ts';
import { sampleOf } from './sample-numbers.ts';

/**
 * Applies the saved rules and a draft to each text, applies the draft to sample numbers, and finds the problems of the
 * draft. `extension` is the account's, '' while it is not known. Between two texts the function lets other work run, so
 * that slow patterns do not delay calls and clicks.
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
