import type { listening as english } from '../en/listening.ts';
import { formatFor } from '../format.ts';

const { plural } = formatFor('de');

export const listening: typeof english = {
  push: 'Anrufe erscheinen sofort.',
  polling: (seconds) =>
    `Traydial fragt ${plural(seconds, { one: 'jede Sekunde', other: 'alle # Sekunden' })} nach Anrufen.`,
  ownOnly: 'Nur Ihre eigenen Anrufe werden angezeigt.',
  history: 'Sie sehen, dass Ihr Telefon klingelt und was Sie verpasst haben, aber nicht, wer anruft.',
  starting: 'Traydial ermittelt, wie es Anrufe bemerken kann.',
  none: 'Traydial kann keine Anrufe bemerken.',
  signInAgain:
    'Melden Sie sich neu an, damit Anrufe sofort erscheinen. Nach einem Neustart bleibt das nur mit „Kennwort speichern“.',
  missing: 'Diese Telefonanlage meldet Anrufe nicht von selbst.',
  connecting: 'Verbindung für sofortige Meldungen wird aufgebaut …',
};
