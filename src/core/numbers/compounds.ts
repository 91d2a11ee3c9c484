import type { NumberLabel } from '../../shared/dial.ts';

/** Compound words such as "Kundennummer" or "Fakturanr". The part before the ending says what kind of number follows. */
const COMPOUND = /^(\p{L}*?)(?:nummern?|nro?|numer|number|numarası|zeichen|referenz|kennung|kennziffer)$/u;
const FAX_STEM = /^(?:t[ée]l[ée])?fa(?:x|ks|csimile)/u;
const MOBILE_STEM = /^(?:handy|mob|m[oó]vil|gsm|natel|cell|kom[oó]r|whatsapp)/u;
const PHONE_STEM =
  /t[eé]l[eé]f|^tele?$|^ruf|(?:not|an|rück)ruf|fon|phone|^fax|service|hotline|helpline|durchwahl|kurzwahl|nebenst|kontakt|contact|büro|bereitschaft|meister|^(?:haupt|zentral|sammel|direkt|direct|dienst|amts|privat|firmen|gratis|info|alarm|nood|jour|vakt|vagt|support|pager|sms)|zentrale|festnetz|dienst$|puhelin|växel|störung|^call|^home|^office|^work/u;

/** The label that a word such as "Faxnummer" or "Kundennummer" gives the number after it; null for other words. */
export function kindOfCompound(word: string): NumberLabel | 'other' | null {
  const stem = COMPOUND.exec(word)?.[1] ?? '';
  if (stem.length < 2) return null;
  if (FAX_STEM.test(stem)) return 'fax';
  if (MOBILE_STEM.test(stem)) return 'mobile';
  return PHONE_STEM.test(stem) ? 'phone' : 'other';
}

/** Joins "Rechnungs-Nr." and "Kd.-Nr." into one word, and drops the possessive "'s". */
export const joinCompounds = (text: string): string =>
  text.replace(/(\p{L})\.?-(?=(?:nr|nummer|no|number)(?!\p{L}))/giu, '$1').replace(/(?<=\p{L})['’]s(?!\p{L})/giu, '');

/** Matches "numéro de dossier", "nº de cuenta", "number of the file". Polish has no word for "of": "nr konta". */
const NUMBER_OF =
  /(?<!\p{L})(?:(?:n|no|nr|num|núm|num[eé]ro|número|number)[.°º]? (?:d['’]|(?:de|du|da|do|di|del|della|dell|of)(?: (?:la|le|los|the))? )|(?:nr|numer) )(\p{Ll}[\p{L}' ]{1,30}?)[ .:=#-]{0,4}$/u;
/** Words for a place, a purpose or an owner. After "number of" they still mean a phone. */
const PHONE_OWNERS =
  /(?<!\p{L})(?:appel|gratuit|cabinet|bureau|accueil|secours|urgence|secrétariat|mairie|école|domicile|travail|portable|standard|casa|oficina|escritório|trabajo|atención|emergencia|centralita|consultorio|urgencia|ufficio|emergenza|centralino|telefono|cellulare|my|our|his|her|their|your|mon|ma|son|mi|su|mio|suo|vom|von|der|für|for|domow|służbow|prywatn|alarmow|stacjonarn|kontaktow|bezpłatn|infolini|tel|kom|fax|faks|gsm|wewn|biur)/u;

/** True if the words before the digits say that these are not the number of a phone but, for example, of an order. */
export function namesAnId(before: string): boolean {
  const named = NUMBER_OF.exec(before.replace(/\p{Lu}(?=\p{L}*[.°º]? )/u, (letter) => letter.toLowerCase()))?.[1] ?? '';
  return named !== '' && !PHONE_OWNERS.test(named) && !PHONE_STEM.test(named) && !MOBILE_STEM.test(named);
}
