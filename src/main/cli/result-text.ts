import { exitOf, type CommandAnswer, type CommandResult } from '../../core/cli/exit-codes.ts';
import type { CommandLineMessages } from '../../messages/command-line.ts';
import { errorSentence } from '../../messages/error-text.ts';

/** The outcome of a sub-command, for the terminal. */
export const answerFor = (result: CommandResult, messages: CommandLineMessages): CommandAnswer => ({
  exit: exitOf(result),
  text: resultText(result, messages),
});

function resultText(result: CommandResult, messages: CommandLineMessages): string {
  if (result.code === 'refused') return errorSentence(messages, result.error);
  return 'number' in result ? messages.results[result.code](result.number) : messages.results[result.code];
}
