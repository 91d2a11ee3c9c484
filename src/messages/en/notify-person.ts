import type { PersonNotify } from '../../shared/notified.ts';

/** Whether the user is notified of the calls of one person; `usual`: no rule. */
export const notifyPerson: Record<PersonNotify | 'usual', string> = {
  usual: 'As for all calls',
  always: 'Always',
  silent: 'Without sound',
  never: 'Never',
};
