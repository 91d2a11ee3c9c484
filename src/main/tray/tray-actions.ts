import type { DialCommands } from '../../core/dial/dial-flow.ts';
import type { TrayAction } from './menu.ts';

/** What the tray's menu uses of the program. */
export interface TrayProgram {
  show(view?: 'dial' | 'settings' | 'calls' | 'history' | 'missed'): void;
  desk: {
    dialCommands: Pick<DialCommands, 'dial' | 'ignoreLinks' | 'hangUp'>;
  };
  dialCopied(): void;
  pause(until: 'half-hour' | 'tomorrow' | null): void;
  quit(): void;
}

/** Carries out an entry of the tray's menu. */
export function runTrayAction(action: TrayAction, program: TrayProgram): void {
  switch (action.type) {
    case 'open':
      program.show();
      break;
    case 'missed':
    case 'history':
    case 'dial':
    case 'settings':
      program.show(action.type);
      break;
    case 'dial-number':
      void program.desk.dialCommands.dial(action.number, action.provenance, action.external);
      break;
    case 'dial-clipboard':
      program.dialCopied();
      break;
    case 'hang-up':
      void hangUp(action.call, program);
      break;
    case 'ignore-links':
      program.desk.dialCommands.ignoreLinks(action.ignore);
      break;
    case 'pause':
      program.pause(action.until);
      break;
    case 'quit':
      program.quit();
  }
}

/** The window shows a call that could not be ended. */
async function hangUp(call: string, program: TrayProgram): Promise<void> {
  const answer = await program.desk.dialCommands.hangUp(call);
  if (!answer.ok) program.show('calls');
}
