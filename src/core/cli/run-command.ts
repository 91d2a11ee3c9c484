import type { ExplainedCall } from '../../shared/notified.ts';
import type { Desk } from '../desk.ts';
import type { Command } from './command-line.ts';
import type { CommandResult } from './exit-codes.ts';

/** The desk, and the window to bring up. */
export interface CommandPlace {
  desk: Pick<Desk, 'account' | 'calls' | 'dial' | 'dialling'>;
  show: () => void;
  /** The latest calls, or those with a number; '' for all numbers. */
  why: (number: string) => Promise<ExplainedCall[]>;
}

/** Does what a sub-command asks of the running program. Numbers go the way of links: same questions, same refusals. */
export async function runCommand(command: Command, { desk, show, why }: CommandPlace): Promise<CommandResult> {
  switch (command.name) {
    case 'show':
      show();
      return { code: 'shown' };
    case 'hangup':
      return hangUp(desk);
    case 'dial':
      return dial(desk, command.text);
    case 'why':
      return explain(desk, await why(command.number));
  }
}

function explain({ account }: CommandPlace['desk'], calls: ExplainedCall[]): CommandResult {
  if (account.status !== 'signed-in') return { code: 'signed-out' };
  return calls.length === 0 ? { code: 'not-found' } : { code: 'explained', calls };
}

async function dial(desk: CommandPlace['desk'], text: string): Promise<CommandResult> {
  const answer = await desk.dialling.dial(text, 'command');
  if (!answer.ok) return { code: 'refused', error: answer.error };
  const { question } = desk.dial;
  if (answer.value === 'kept') return { code: 'read-after-sign-in', number: text };
  if (answer.value === 'waits') return { code: 'waits-for-question', number: text };
  const number = question?.plan?.shown ?? text;
  if (question?.mode === 'undo') return { code: 'calling-soon', number };
  return { code: desk.account.status === 'signed-in' ? 'asked' : 'waits-for-sign-in', number };
}

async function hangUp(desk: CommandPlace['desk']): Promise<CommandResult> {
  if (desk.account.status !== 'signed-in') return { code: 'signed-out' };
  const { placed } = desk.dial;
  const here = placed === null || placed.step === 'ended' ? [] : [placed.sessionId ?? placed.key];
  const mine = here.length > 0 ? here : desk.calls.calls.filter((call) => call.mine).map((call) => call.id);
  const [id] = mine;
  if (id === undefined) return { code: 'no-call' };
  if (mine.length > 1) return { code: 'several-calls' };
  const answer = await desk.dialling.hangUp(id);
  return answer.ok ? { code: 'hung-up' } : { code: 'refused', error: answer.error };
}
