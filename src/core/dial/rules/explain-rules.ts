import { setImmediate } from 'node:timers/promises';
import type { DialRules } from '../../../shared/dial-rules.ts';
import type { RulesExplained } from '../../../shared/rule-bench.ts';
import { readDial } from '../read-dial.ts';
import { checkRules } from './check-rules.ts';

/**
 * What each text would come to, by the rules that are saved and by a draft, and what is wrong with the draft. Calls
 * and clicks are handled between two texts, however slow the patterns are.
 */
export async function explainRules(
  texts: readonly string[],
  { saved, draft }: { saved: DialRules; draft: DialRules },
): Promise<RulesExplained> {
  const problems = checkRules(draft);
  const lines: RulesExplained['lines'] = [];
  for (const text of texts) {
    await setImmediate();
    lines.push({
      saved: readDial(text, { source: 'typed', rules: saved }),
      draft: readDial(text, { source: 'typed', rules: draft }),
    });
  }
  return { problems, lines };
}
