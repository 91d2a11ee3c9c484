import type { PersonNotify } from '../../shared/notified.ts';

/**
 * Whether the user is notified of the calls of one person. `usual`: no rule. `silentNotHere`: a rule for no sound, where
 * the desktop decides about sounds.
 */
export const notifyPerson: Record<PersonNotify | 'usual' | 'silentNotHere', string> = {
  usual: 'As for all calls',
  always: 'Always',
  silent: 'Without sound',
  silentNotHere: 'Without sound (not on Linux)',
  never: 'Never',
};
