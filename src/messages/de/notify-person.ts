import type { notifyPerson as english } from '../en/notify-person.ts';

export const notifyPerson: typeof english = {
  usual: 'Wie bei allen Anrufen',
  always: 'Immer',
  silent: 'Ohne Ton',
  silentNotHere: 'Ohne Ton (nicht unter Linux)',
  never: 'Nie',
};
