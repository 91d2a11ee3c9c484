import { foldText } from '../../shared/fold-text.ts';
import { withoutAccents } from './without-accents.ts';

const words = (text: string): ReadonlySet<string> =>
  new Set(
    withoutAccents(text)
      .split(/\s+/u)
      .filter((word) => word !== ''),
  );

/** Words that networks send in place of a withheld number or name. */
const HIDDEN = words(`
  anonymous unknown unavailable restricted private withheld hidden anonym anonyme anonimo anonimowy anoniem unbekannt unbekannte privat privater
  inconnu masque cache desconocido desconhecido privado privada oculto oculta sconosciuto privato privata nascosto riservato restringido
  unidentified blocked onbekend afgeschermd verborgen onderdrukt prive nieznany zastrzezony ukryty prywatny unterdruckt unterdruckte geheim
  okand okant hemligt dolt skjult ukendt ukjent tuntematon salainen invalid no-number none null неизвестный неизвестен скрыт скрытый
`);
/** Words that say what is hidden: "Nummer unterdrückt". */
const OF_WHAT = words(`
  number caller call id name nummer rufnummer telefonnummer anrufer anruf teilnehmer numero appelant appel correspondant llamada llamante chiamante
  chiamata chamada chamador beller oproep numer nr no nummeret nummer номер абонент
`);
const MORE_HIDDEN = /^(?:no caller id|out of area|not available|n\/a|coverage ?[a-z0-9]*)$/;

export const isHiddenWord = (text: string): boolean => {
  const folded = foldText(text).trim().toLowerCase();
  if (MORE_HIDDEN.test(folded)) return true;
  const found = withoutAccents(folded)
    .split(/[\s.:]+/u)
    .filter((word) => word !== '');
  return found.some((word) => HIDDEN.has(word)) && found.every((word) => HIDDEN.has(word) || OF_WHAT.has(word));
};
