import type { App } from 'electron';
import { EXIT, HELP, type CommandAnswer } from '../../core/cli/exit-codes.ts';
import type { CommandLine } from '../../core/cli/command-line.ts';

/** What needs no running program. */
export async function answerHere(
  line: Exclude<CommandLine, { type: 'start' | 'command' }>,
  app: Pick<App, 'getPath' | 'getVersion'>,
): Promise<CommandAnswer> {
  switch (line.type) {
    case 'help':
      return { exit: EXIT.done, text: HELP };
    case 'version':
      return { exit: EXIT.done, text: `Traydial ${app.getVersion()}` };
    case 'usage':
      return { exit: EXIT.usage, text: `${line.problem} See traydial --help.` };
    case 'explain':
      return (await import('./explain-here.ts')).explainHere(line.text, app.getPath('userData'));
  }
}

/** Writes it where a terminal shows it, and resolves once it is written. */
export function print({ exit, text }: CommandAnswer): Promise<void> {
  const stream = exit === EXIT.done ? process.stdout : process.stderr;
  return new Promise((resolve) => stream.write(text.endsWith('\n') ? text : `${text}\n`, () => resolve()));
}
