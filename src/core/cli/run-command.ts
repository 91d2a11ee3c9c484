import type { ExplainedCall } from '../../shared/notified.ts';
import type { Desk } from '../desk.ts';
import type { Command } from './command-line.ts';
import type { CommandResult } from './exit-codes.ts';

/** The parts of the program that a command needs. */
export interface CommandContext {
  desk: Pick<Desk, 'account' | 'calls' | 'dial' | 'dialling'>;
  showWindow: () => void;
  /** The latest calls with a number, or all of them for '', with the reasons for their notifications. */
  explainCalls: (number: string) => Promise<ExplainedCall[]>;
}

/** Runs a sub-command in the running program. A number gets the same questions and errors as the number of a link. */
export async function runCommand(command: Command, context: CommandContext): Promise<CommandResult> {
  const { desk, showWindow, explainCalls } = context;
  switch (command.name) {
    case 'show':
      showWindow();
      return { code: 'shown' };
    case 'hangup':
      return hangUp(desk);
    case 'dial':
      return dial(desk, command.text);
    case 'why':
      return explained(desk, await explainCalls(command.number));
  }
}

function explained({ account }: CommandContext['desk'], calls: ExplainedCall[]): CommandResult {
  if (account.status !== 'signed-in') return { code: 'signed-out' };
  return calls.length === 0 ? { code: 'not-found' } : { code: 'explained', calls };
}

async function dial(desk: CommandContext['desk'], text: string): Promise<CommandResult> {
  const answer = await desk.dialling.dial(text, 'command');
  if (!answer.ok) return { code: 'refused', error: answer.error };
  const { question } = desk.dial;
  if (answer.value === 'kept') return { code: 'read-after-sign-in', number: text };
  if (answer.value === 'waits') return { code: 'waits-for-question', number: text };
  const number = question?.plan?.shown ?? text;
  if (question?.mode === 'undo') return { code: 'calling-soon', number };
  return { code: desk.account.status === 'signed-in' ? 'asked' : 'waits-for-sign-in', number };
}

async function hangUp(desk: CommandContext['desk']): Promise<CommandResult> {
  if (desk.account.status !== 'signed-in') return { code: 'signed-out' };
  const { placed } = desk.dial;
  const placedHere = placed === null || placed.step === 'ended' ? [] : [placed.sessionId ?? placed.key];
  const others = desk.calls.calls.filter((call) => call.mine && !call.placedHere && !placedHere.includes(call.id));
  const [id, ...more] = [...placedHere, ...others.map((call) => call.id)];
  if (id === undefined) return { code: 'no-call' };
  if (more.length > 0) return { code: 'several-calls' };
  const answer = await desk.dialling.hangUp(id);
  return answer.ok ? { code: 'hung-up' } : { code: 'refused', error: answer.error };
}
