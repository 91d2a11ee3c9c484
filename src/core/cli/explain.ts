import type { DialRules } from '../../shared/dial-rules.ts';
import type { DialKind, DialPlan } from '../../shared/dial.ts';
import { readDial } from '../dial/read-dial.ts';
import { EXIT, type CommandAnswer } from './exit-codes.ts';

const KINDS: Record<DialKind, string> = {
  public: 'public number',
  extension: 'extension of the PBX',
  'feature-code': 'feature code',
  emergency: 'emergency number',
  'short-code': 'short number',
};

/** What would be dialled for a text, in words for a terminal. Dials nothing. */
export function explain(text: string, rules: DialRules): CommandAnswer {
  const reading = readDial(text, { source: 'command', rules });
  switch (reading.found) {
    case 'one':
      return { exit: EXIT.done, text: describe(reading.plan) };
    case 'choose':
      return {
        exit: EXIT.done,
        text: `Several numbers, to choose from.\n${reading.candidates.map(describe).join('\n')}`,
      };
    case 'none': {
      const { message, action } = reading.refusal;
      return { exit: EXIT.refused, text: action === undefined ? message : `${message} ${action}` };
    }
  }
}

function describe({ shown, kind, dial, then, rule }: DialPlan): string {
  return [
    shown,
    `  kind   ${KINDS[kind]}`,
    `  dials  ${dial}`,
    ...(then === null ? [] : [`  then   press ${then}`]),
    ...(rule === null ? [] : [`  rule   ${rule}`]),
  ].join('\n');
}
