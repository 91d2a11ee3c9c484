import { foldText } from '../../shared/fold-text.ts';

/** Words that networks send in place of a withheld number or name. */
const HIDDEN: ReadonlySet<string> = new Set(
  `anonymous unknown unavailable restricted private withheld hidden anonym anonyme unbekannt privat inconnu masqué
  desconocido privado oculto sconosciuto anonimo anónimo nascosto unidentified blocked onbekend nieznany zastrzeżony
  invalid no-number none null`
    .split(/\s+/u)
    .filter((word) => word !== ''),
);
const MORE_HIDDEN =
  /^(?:(?:private|unknown|blocked|hidden|withheld|restricted) (?:number|caller|call|id|name)|(?:number|caller id|id|no\.?) (?:withheld|unavailable|restricted|hidden|blocked)|no caller id|out of area|not available|n\/a|coverage ?[a-z0-9]*)$/;

export const isHiddenWord = (text: string): boolean => {
  const word = foldText(text).trim().toLowerCase();
  return HIDDEN.has(word) || MORE_HIDDEN.test(word);
};
