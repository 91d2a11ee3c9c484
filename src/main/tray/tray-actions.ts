import type { DialCommands } from '../../core/dial/dial-flow.ts';
import type { TrayAction } from './menu.ts';

/** The parts of the program that the tray's menu reaches. */
export interface TrayReach {
  show(view?: 'dial' | 'settings' | 'calls' | 'history' | 'missed'): void;
  desk: {
    dialCommands: Pick<DialCommands, 'dial' | 'ignoreLinks' | 'hangUp'>;
  };
  dialCopied(): void;
  pause(until: 'half-hour' | 'tomorrow' | null): void;
  quit(): void;
}

/** Does what an entry of the tray's menu says. */
export function runTrayAction(action: TrayAction, reach: TrayReach): void {
  switch (action.type) {
    case 'open':
      reach.show();
      break;
    case 'missed':
    case 'history':
    case 'dial':
    case 'settings':
      reach.show(action.type);
      break;
    case 'dial-number':
      void reach.desk.dialCommands.dial(action.number, action.provenance, action.external);
      break;
    case 'dial-clipboard':
      reach.dialCopied();
      break;
    case 'hang-up':
      void hangUp(action.call, reach);
      break;
    case 'ignore-links':
      reach.desk.dialCommands.ignoreLinks(action.ignore);
      break;
    case 'pause':
      reach.pause(action.until);
      break;
    case 'quit':
      reach.quit();
  }
}

/** The window shows a call that could not be ended. */
async function hangUp(call: string, reach: TrayReach): Promise<void> {
  const answer = await reach.desk.dialCommands.hangUp(call);
  if (!answer.ok) reach.show('calls');
}
