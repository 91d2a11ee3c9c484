import { exitOf, type CommandAnswer, type CommandResult } from '../../core/cli/exit-codes.ts';
import type { ExplainedCall } from '../../shared/notified.ts';
import type { CommandLineMessages } from '../../messages/command-line.ts';
import { errorSentence } from '../../messages/error-text.ts';
import { whySentences } from '../../messages/why-text.ts';

/** The outcome of a sub-command, for the terminal. `now` in ms since 1970. */
export const answerFor = (result: CommandResult, messages: CommandLineMessages, now: number): CommandAnswer => ({
  exit: exitOf(result),
  text: resultText(result, messages, now),
});

function resultText(result: CommandResult, messages: CommandLineMessages, now: number): string {
  if (result.code === 'explained') return result.calls.map((call) => explained(call, messages, now)).join('\n');
  if (result.code === 'refused') return errorSentence(messages, result.error);
  return 'number' in result ? messages.results[result.code](result.number) : messages.results[result.code];
}

/** A call such as "10:42  Anna Berg, +1 201 555 0123" and, on the next lines, why it was announced or not. */
function explained(
  { name, number, at, notified }: ExplainedCall,
  { why, call }: CommandLineMessages,
  now: number,
): string {
  const who = [name, number].filter((part) => part !== '').join(', ') || call.unknown;
  return [`${call.at(at, now)}  ${who}`, ...whySentences(notified, why).map((line) => `  ${line}`)].join('\n');
}
