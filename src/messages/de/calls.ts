import type { calls as english } from '../en/calls.ts';
import { formatFor } from '../format.ts';

export const calls: typeof english = {
  direction: { incoming: 'Eingehend', outgoing: 'Ausgehend', internal: 'Intern', unknown: 'Anruf' },
  state: { ringing: 'Klingelt', talking: 'Im Gespräch', unknown: 'Aktiv' },
  list: {
    live: 'Verbunden',
    starting: 'Verbindung wird hergestellt',
    stale: 'Neuer Versuch',
    forbidden: 'Verbunden',
    off: 'Nicht verbunden',
  },
  missed: 'Verpasst',
  declined: 'Abgelehnt',
  noAnswer: 'Keine Antwort',
  length: formatFor('de').length,
};
