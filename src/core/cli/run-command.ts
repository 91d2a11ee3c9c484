import type { ExplainedCall } from '../../shared/notified.ts';
import type { Desk } from '../desk.ts';
import type { Command } from './command-line.ts';
import type { CommandResult } from './exit-codes.ts';

/** The parts of the program that a command needs. */
export interface CommandContext {
  desk: Pick<Desk, 'account' | 'calls' | 'dial' | 'dialCommands'>;
  showWindow: () => void;
  /** The latest calls with this number, or with any number for '', and why the user was or was not notified of them. */
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
      return hangUpOnlyCall(desk);
    case 'dial':
      return requestCall(desk, command.text);
    case 'why':
      return explain(desk, await explainCalls(command.number));
  }
}

function explain({ account }: CommandContext['desk'], calls: ExplainedCall[]): CommandResult {
  if (account.status !== 'signed-in') return { code: 'signed-out' };
  return calls.length === 0 ? { code: 'not-found' } : { code: 'explained', calls };
}

async function requestCall(desk: CommandContext['desk'], text: string): Promise<CommandResult> {
  const outcome = await desk.dialCommands.dial(text, 'command');
  if (!outcome.ok) return { code: 'refused', error: outcome.error };
  if (outcome.value !== 'asked') return { code: outcome.value, number: text };
  const { question } = desk.dial;
  // There is no plan while the window lets the user choose one of several numbers.
  const number = question?.plan?.shown ?? text;
  if (question?.mode === 'undo') return { code: 'calling-soon', number };
  return { code: desk.account.status === 'signed-in' ? 'asked' : 'waits-for-sign-in', number };
}

/** Hangs up the user's only call. With several calls, the user must choose one in the window. */
async function hangUpOnlyCall(desk: CommandContext['desk']): Promise<CommandResult> {
  if (desk.account.status !== 'signed-in') return { code: 'signed-out' };
  const { placed } = desk.dial;
  // Until the PBX has named its session, a placed call has only a key.
  const placedIds = placed === null || placed.step === 'ended' ? [] : [placed.sessionId ?? placed.key];
  // The list of calls may contain the placed call as well.
  const otherIds = desk.calls.calls
    .filter(({ mine, placedHere, id }) => mine && !placedHere && !placedIds.includes(id))
    .map(({ id }) => id);
  const [onlyId, ...more] = [...placedIds, ...otherIds];
  if (onlyId === undefined) return { code: 'no-call' };
  if (more.length > 0) return { code: 'several-calls' };
  const hungUp = await desk.dialCommands.hangUp(onlyId);
  return hungUp.ok ? { code: 'hung-up' } : { code: 'refused', error: hungUp.error };
}
