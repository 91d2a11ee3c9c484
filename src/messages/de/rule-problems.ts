import type { RuleProblemTexts } from '../rule-problems.ts';
import type { placeInFile as english } from '../en/rule-problems.ts';

export const problems: RuleProblemTexts = {
  'too-long': ({ max }) => `Verwenden Sie höchstens ${max} Zeichen.`,
  'word-unknown': ({ words }) => `Verwenden Sie eines dieser Wörter: ${words.join(', ')}.`,
  'rules-too-many': ({ max }) => `Behalten Sie höchstens ${max} Regeln.`,
  'pattern-invalid': ({ detail }) =>
    detail === '' ? 'Dieses Muster ist ungültig.' : `Dieses Muster ist ungültig: ${detail}.`,
  'extension-digits': ({ max }) =>
    `Geben Sie an, wie viele Ziffern: von 1 bis ${max}, die kleinere Zahl zuerst, etwa 3-5.`,
  'group-unknown': ({ group }) => `Das Muster hat keine Gruppe ${group}. $0 steht für die ganze Nummer.`,
  'group-without-pattern': ({ group }) => `Ohne Muster gibt es keine Gruppe ${group}. $0 steht für die ganze Nummer.`,
  'never-reached': ({ name }) =>
    `Kommt nie an die Reihe: „${name}“ weiter oben gilt für dieselben Nummern. Schieben Sie diese Regel nach oben.`,
  'format-unknown': ({ format }) => `Hier muss „${format}“ stehen. Andere Dateien enthalten keine Wählregeln.`,
  'not-a-text': 'Schreiben Sie einen Text in Anführungszeichen.',
  'not-a-switch': 'Schreiben Sie true oder false.',
  'not-a-rule': 'Schreiben Sie eine Regel in { }.',
  'not-a-list': 'Schreiben Sie eine Liste von Regeln.',
  'not-an-object': 'Die Datei enthält kein Objekt { }.',
  'version-invalid': 'Schreiben Sie 1.',
  'field-unknown': 'Dieses Feld gibt es nicht. Korrigieren Sie den Namen oder lassen Sie es weg.',
  'not-one-line': 'Schreiben Sie eine einzige Zeile ohne unsichtbare Zeichen.',
  'id-invalid': 'Verwenden Sie 1 bis 64 Buchstaben, Ziffern, _ oder -.',
  'id-taken': 'Eine andere Regel hat schon diese Kennung.',
  'name-empty': 'Geben Sie der Regel einen Namen.',
  'pattern-empty': 'Geben Sie das Muster ein.',
  'pattern-too-large': 'Dieses Muster wiederholt zu viel. Verwenden Sie kleinere Zahlen in { }.',
  'replacement-invalid':
    'Verwenden Sie Ziffern, * und #, $1 bis $9 für Gruppen, $0 für die ganze Nummer und ein + nur am Anfang.',
  'international-prefix-invalid': 'Verwenden Sie bis zu 8 Ziffern, zum Beispiel 00 oder 011.',
  'outside-prefix-invalid': 'Verwenden Sie bis zu 8 Ziffern, zum Beispiel 0 oder 9.',
  'country-invalid': 'Verwenden Sie die zwei Großbuchstaben eines Landes, zum Beispiel DE.',
  'area-code-invalid': 'Verwenden Sie bis zu 8 Ziffern.',
  'zero-in-front': 'Lassen Sie die 0 am Anfang weg.',
  'country-unset': 'Wählen Sie zuerst Ihr Land: Ohne Land ist keine Nummer national oder international.',
  'replacement-empty': 'Geben Sie ein, was stattdessen gewählt wird.',
  'international-prefix-empty': 'Geben Sie die Ziffern ein, die das + ersetzen, zum Beispiel 00.',
  'international-prefix-kept': 'Geben Sie die Ziffern ein, die bei anderen Ländern das + ersetzen, zum Beispiel 00.',
  'prefix-before-plus': 'Vor einem + kann nichts gewählt werden. Wählen Sie eine Form ohne +.',
  'file-too-large': 'Die Datei ist größer als 256 kB.',
  'file-not-json':
    'Die Datei ist kein gültiges JSON: Vielleicht fehlt ein Komma, ein Anführungszeichen oder eine Klammer.',
  'file-newer': 'Ein neueres Traydial hat diese Datei geschrieben. Aktualisieren Sie zuerst dieses.',
};

export const placeInFile: typeof english = ({ rule, field }) => {
  const name = rule === undefined || rule.name === '' ? '' : ` „${rule.name}“`;
  const place = rule === undefined ? [] : [`Regel ${rule.place}${name}`];
  return [...place, ...(field === undefined ? [] : [field])].join(', ');
};
