import type { DialRules } from '../../shared/dial-rules.ts';
import type { DialKind, DialPlan, DialWarning } from '../../shared/dial.ts';
import { readDial } from '../dial/read-dial.ts';
import { EXIT, type CommandAnswer } from './exit-codes.ts';

const KINDS: Record<DialKind, string> = {
  public: 'public number',
  extension: 'extension of the PBX',
  'feature-code': 'feature code',
  emergency: 'emergency number',
  'short-code': 'short number',
};

const WARNINGS: Record<DialWarning, string> = {
  'then-press': 'digits have to be pressed after the answer',
  vanity: 'letters were read as digits',
  'not-completed': 'dialled as it stands: its country is not certain',
  'not-valid': 'no number that exists, as far as the numbering plan says',
  'unclear-end': 'digits behind it may belong to it',
  'unread-number': 'the text holds another number that could not be read',
  'area-added': 'completed with the own area code',
  'premium-rate': 'a premium-rate number',
  'foreign-host': 'the address names another host',
  'parameter-ignored': 'a parameter of the link was left out',
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

function describe({ shown, kind, dial, then, rule, warnings }: DialPlan): string {
  return [
    shown,
    `  kind   ${KINDS[kind]}`,
    `  dials  ${dial}`,
    ...(then === null ? [] : [`  then   press ${then}`]),
    ...(rule === null ? [] : [`  rule   ${rule}`]),
    // What to press is told above.
    ...warnings.filter((warning) => warning !== 'then-press').map((warning) => `  note   ${WARNINGS[warning]}`),
  ].join('\n');
}
