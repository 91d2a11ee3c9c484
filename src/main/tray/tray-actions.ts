import type { TrayAction } from './menu.ts';

/** The parts of the program that the tray's menu reaches. */
export interface TrayReach {
  show(view?: 'dial' | 'settings'): void;
  /** Asks or dials, as the settings say. */
  request(number: string, source: 'menu' | 'redial'): void;
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
    case 'dial':
    case 'settings':
      reach.show(action.type);
      break;
    case 'dial-number':
      reach.request(action.number, 'menu');
      break;
    case 'redial':
      reach.request(action.number, 'redial');
      break;
    case 'dial-clipboard':
      reach.dialCopied();
      break;
    case 'pause':
      reach.pause(action.until);
      break;
    case 'quit':
      reach.quit();
  }
}
