import { planDial } from '../dial/plan-dial.ts';
import { EXIT, type CommandAnswer } from './exit-codes.ts';

const KINDS = {
  public: 'public number',
  extension: 'extension of the PBX',
  'feature-code': 'feature code',
} as const;

/** What would be dialled for a text, in words for a terminal. Dials nothing. */
export function explain(text: string, country: string): CommandAnswer {
  const plan = planDial(text, { source: 'command', country });
  if (!plan.ok) {
    const { message, action } = plan.error;
    return { exit: EXIT.refused, text: action === undefined ? message : `${message} ${action}` };
  }
  const { shown, dial, kind } = plan.value;
  return { exit: EXIT.done, text: `${shown}\n  kind   ${KINDS[kind]}\n  dials  ${dial}` };
}
