import type { guards as english } from '../en/guards.ts';

export const guards: typeof english = {
  emergency: 'Notrufnummern',
  'feature-code': 'Funktionscodes, die Sie nicht eingegeben haben',
  rewritten: 'Nummern, die eine Wählregel ersetzt',
  'premium-rate': 'Sonderrufnummern',
  satellite: 'Satelliten- und Sondernetze',
  unassigned: 'Nummern, die es nicht gibt',
  'foreign-host': 'Andere Telefonanlagen',
  distant: 'Neue Länder',
  stranger: 'Rückruf bei Unbekannten',
  'on-the-phone': 'Nummern, mit denen Sie gerade sprechen',
  repeated: 'Wiederholte Anrufe',
  'in-a-call': 'Links, Befehle und Zwischenablage während eines Gesprächs',
};
