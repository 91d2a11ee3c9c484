import type { Desk } from '../desk.ts';
import type { Command } from './command-line.ts';
import { EXIT, type CommandAnswer } from './exit-codes.ts';

/** The desk, and the window to bring up. */
export interface CommandPlace {
  desk: Pick<Desk, 'account' | 'calls' | 'dial' | 'request' | 'hangUp'>;
  show: () => void;
}

/** Does what a sub-command asks of the running program. Numbers go the way of links: same questions, same refusals. */
export async function runCommand(command: Command, { desk, show }: CommandPlace): Promise<CommandAnswer> {
  switch (command.name) {
    case 'show':
      show();
      return done('Traydial is in front.');
    case 'hangup':
      return hangUp(desk);
    case 'dial':
      return dial(desk, command.text);
  }
}

async function dial(desk: CommandPlace['desk'], text: string): Promise<CommandAnswer> {
  const answer = await desk.request(text, 'command');
  if (!answer.ok) {
    const { message, action } = answer.error;
    return refused(action === undefined ? message : `${message} ${action}`);
  }
  const { request, placed } = desk.dial;
  if (answer.value === 'placed') return done(`Calling ${placed?.plan.shown ?? text}.`);
  const shown = request?.plan?.shown ?? text;
  return desk.account.status === 'signed-in'
    ? done(`Traydial asks in its window whether to call ${shown}.`)
    : { exit: EXIT.notReady, text: `You are not signed in. ${shown} waits in the window until you are.` };
}

async function hangUp(desk: CommandPlace['desk']): Promise<CommandAnswer> {
  if (desk.account.status !== 'signed-in') return { exit: EXIT.notReady, text: 'You are not signed in.' };
  const { placed } = desk.dial;
  const here = placed === null || placed.step === 'ended' ? [] : [placed.sessionId ?? placed.key];
  const mine = here.length > 0 ? here : desk.calls.calls.filter((call) => call.mine).map((call) => call.id);
  const [id] = mine;
  if (id === undefined) return refused('There is no call to hang up.');
  if (mine.length > 1) return refused('You are in more than one call. Choose the one to hang up in the window.');
  const answer = await desk.hangUp(id);
  return answer.ok ? done('Hung up.') : refused(answer.error.message);
}

const done = (text: string): CommandAnswer => ({ exit: EXIT.done, text });
const refused = (text: string): CommandAnswer => ({ exit: EXIT.refused, text });
