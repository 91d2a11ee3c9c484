import { app } from 'electron';
import { systemClock } from '../../core/clock.ts';
import type { CommandLine } from '../../core/cli/command-line.ts';
import { EXIT, type CommandAnswer } from '../../core/cli/exit-codes.ts';
import { answerHere, print } from './answer-here.ts';
import { askRunning } from './ask-running.ts';

/** Answers what needs no program of its own, prints the answer and ends; false when the program has to start for it. */
export async function answered(line: CommandLine): Promise<boolean> {
  const answer = await answerTo(line);
  if (answer === null) return false;
  await print(answer);
  app.exit(answer.exit);
  return true;
}

async function answerTo(line: CommandLine): Promise<CommandAnswer | null> {
  const here = answerHere(line, app);
  if (here !== null || line.type !== 'command') return here;
  const running = await askRunning(app.getPath('userData'), line.command, systemClock);
  if (running !== null) return running;
  return line.command.name === 'hangup' ? { exit: EXIT.notReady, text: 'Traydial is not running.' } : null;
}
