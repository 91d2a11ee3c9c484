import type { DialPlan, DialReading } from '../../shared/dial.ts';
import type { CommandLineMessages } from '../../messages/command-line.ts';
import { errorSentence } from '../../messages/error-text.ts';

/** Describes for a terminal which number would be dialled for a text. */
export function explainedText(reading: DialReading, messages: CommandLineMessages): string {
  switch (reading.found) {
    case 'one':
      return planText(reading.plan, messages);
    case 'choose':
      return [messages.explained.several, ...reading.candidates.map((plan) => planText(plan, messages))].join('\n');
    case 'none':
      return errorSentence(messages, reading.refusal);
  }
}

function planText(plan: DialPlan, { explained }: CommandLineMessages): string {
  const { label } = explained;
  const { shown, kind, dial, digitsAfterAnswer, rule, provenance, warnings } = plan;
  const notes = [
    ...(provenance === 'rule' ? [explained.replaced] : []),
    // The digits to press have a line of their own.
    ...warnings.filter((warning) => warning !== 'then-press').map((warning) => explained.warning[warning]),
  ];
  const lines: [name: string, value: string][] = [
    [label.kind, explained.kind[kind]],
    [label.dials, dial],
    ...(digitsAfterAnswer === null
      ? []
      : [[label.then, explained.press(digitsAfterAnswer)] satisfies [string, string]]),
    ...(rule === null ? [] : [[label.rule, rule] satisfies [string, string]]),
    ...notes.map((note): [string, string] => [label.note, note]),
  ];
  return [shown, ...lines.map(([name, value]) => `  ${name}  ${value}`)].join('\n');
}
