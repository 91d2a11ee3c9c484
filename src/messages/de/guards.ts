import type { guards as english } from '../en/guards.ts';

export const guards: typeof english = {
  emergency: { name: 'Notrufnummern', hint: 'Zuerst würde Ihr Telefon klingeln. Mit dem Hörer geht es schneller.' },
  'feature-code': {
    name: 'Funktionscodes, die Sie nicht eingegeben haben',
    hint: 'Sie schalten etwas an der Telefonanlage, zum Beispiel eine Umleitung aller Anrufe.',
  },
  rewritten: {
    name: 'Nummern, die eine Wählregel ersetzt',
    hint: 'Sie würden eine andere Nummer erreichen, als Sie sehen.',
  },
  'premium-rate': { name: 'Sonderrufnummern', hint: 'Anrufe können sehr teuer sein.' },
  satellite: { name: 'Satelliten- und Sondernetze', hint: 'Anrufe können sehr teuer sein.' },
  unassigned: { name: 'Nummern, die es nicht gibt', hint: 'Vielleicht sind sie vertippt oder gefälscht.' },
  'foreign-host': {
    name: 'Andere Telefonanlagen',
    hint: 'Ihre eigene Anlage würde die Nummer einer fremden Adresse anrufen.',
  },
  distant: { name: 'Neue Länder', hint: 'Länder, in die Sie von hier noch nicht angerufen haben.' },
  stranger: {
    name: 'Rückruf bei Unbekannten',
    hint: 'Anrufer können ihre Nummer fälschen, damit Sie zurückrufen.',
  },
  'on-the-phone': {
    name: 'Nummern, mit denen Sie gerade sprechen',
    hint: 'Ein zweiter Anruf dorthin ist selten gewollt.',
  },
  repeated: { name: 'Wiederholte Anrufe', hint: 'Dieselbe Nummer noch einmal innerhalb weniger Sekunden.' },
  'in-a-call': {
    name: 'Links während eines Gesprächs',
    hint: 'Auch Befehle und die Zwischenablage. Ein zweiter Anruf könnte das Gespräch stören.',
  },
};
