import type { App } from 'electron';
import { EXIT, type CommandAnswer } from '../../core/cli/exit-codes.ts';
import type { CommandLine, UsageProblem } from '../../core/cli/command-line.ts';
import type { CommandLineMessages } from '../../messages/command-line.ts';

/** Answers the command lines that need no running program. */
export async function answerHere(
  line: Exclude<CommandLine, { type: 'start' | 'command' }>,
  app: Pick<App, 'getPath' | 'getVersion'>,
  messages: CommandLineMessages,
): Promise<CommandAnswer> {
  switch (line.type) {
    case 'help':
      return { exit: EXIT.done, text: messages.help };
    case 'version':
      return { exit: EXIT.done, text: `Traydial ${app.getVersion()}` };
    case 'usage':
      return { exit: EXIT.usage, text: usageText(line.problem, messages) };
    case 'explain':
      return (await import('./explain-here.ts')).explainHere(line.text, app.getPath('userData'), messages);
  }
}

const usageText = ({ code, command }: UsageProblem, { usage }: CommandLineMessages): string =>
  `${usage[code](command)} ${usage.seeHelp}`;

/** Prints the text to the terminal and resolves once it is written. */
export function print({ exit, text }: CommandAnswer): Promise<void> {
  const stream = exit === EXIT.done ? process.stdout : process.stderr;
  return new Promise((resolve) => stream.write(text.endsWith('\n') ? text : `${text}\n`, () => resolve()));
}
