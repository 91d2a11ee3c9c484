import type { PersonNumber } from '../person.ts';
import { says } from './header-words.ts';

type NumberKind = PersonNumber['kind'];

export interface PhoneHeader {
  kind: NumberKind;
  /**
   * How clearly the header means a phone number: by a word for phones; by "number" beside a word such as "business"; by
   * a place alone ("Office"), which may also be a room or an address; or by nothing but "number".
   */
  by: 'phone' | 'number' | 'place' | 'nothing';
}

/** Headers that name a phone only by where it is (3CX, Yeastar, PortSIP, Outlook in Italian and Spanish). */
const PLACES: readonly (readonly [RegExp, NumberKind])[] = [
  [/^(?:business|work|geschaftlich|dienstlich)$/, 'work'],
  [/^(?:office|buro|ufficio|bureau)$/, 'work'],
  [/^(?:home|privat|abitazione|particular)$/, 'home'],
  [/^(?:other|primary|auto)$/, 'other'],
  [/^port$/, 'mobile'],
];

/** Words beside a word for phones with which the column contains something about phones, but no numbers. */
const NO_PHONE =
  /(?:e-?mail|mac|ip) ?address|address(?! (?:tele)?phone)|adress|indirizzo|direccion|endereco|postal|postnum|postleit|postcode|street|straße|strasse|\bcity|\bzip|\bid\b|\bids\b|\buid\b|type$|\btyp\b|government|regierung|password|passwort|secret|\bpin\b|\bpuk\b|imei|\bsim\b|outbound|caller ?id|\bmac\b|\bip\b(?! ?phone)|serial|serien|\bvat\b|\btax|steuer|rechnung|invoice|bestell|iban|birth|noti[zc]|notes?\b|comment|kommentar|bemerk|remark|provider(?! (?:tele)?phone)|anbieter|carrier|operator|betreiber|tarif|vertrag|contract(?!or)|plan\b|model|hersteller|brand\b|device|gerat|headset|zeit(?!\p{L}*funk)|\btimes?\b|(?<!after )\bhours?\b|\bdate\b|datum|(?<!ac)count\b|anzahl|status|vorwahl|area code|country|prefix|language|sprache|speed ?dial|kurzwahl|\bbook\b|(?<!whats )\bapp\b|account(?: id)?$|flags?$|\bbill(?!ing (?:address )?(?:tele)?(?:phone|mobile|cell|fax))|kosten|\bcost|voice ?mail|verified|consent|\bname\b|forward|weiterleit|umleitung/u;

/** Outlook's "Company Main Phone" in languages whose header does not say "main": "Telefon Firma". */
const COMPANY_MAIN =
  /^account (?:tele)?phone$|^telefon firma$|^telephone societe$|^telefon spolo?e?cnosti$|^telefon,? vaxel|centralita de la/u;

const NUMBER_WORD =
  /numero|numer(?!\p{L})|numeru|nummer|number|numara(?:si)?|номер|cislo|nr(?!\p{L})|(?<!\p{L})(?:no|num|n)(?!\p{L})|番号|号码|號碼|번호/gu;
/** Words that make a phone number of "number". Beside any other word, it is the number of something else. */
const BESIDE_NUMBER =
  /^(?:business|work|office|home|private|main|direct|primary|secondary|second|zweit|service|direkte|alternate|alternative|other|contact|caller|call ?back|kontakt|haupt|geschafts?|geschaftlich|dienst|dienstlich|privat|private|direkt|ruckruf|weitere|andere|buro|toll|free|hot|line|de|di|del|da|contacto|contatto|contato|principal|principale|trabajo|bureau|domicile|casa|[0-9]+)$/u;
/** A header that says nothing but "number". */
const LINE_ALONE = /^(?:(?:line|de|di|del|da|toll|free|hot) ?)*$/;

/** What a folded header says of phone numbers; null if it means something else. */
export function phoneHeader(text: string): PhoneHeader | null {
  const place = PLACES.find(([words]) => words.test(text.replace(/ ?[0-9]$/, '')));
  if (place !== undefined) return { kind: place[1], by: 'place' };
  if (NO_PHONE.test(text)) return null;
  const kind = kindByPhoneWord(text);
  if (kind !== null) return { kind, by: 'phone' };
  const rest = text
    .replace(NUMBER_WORD, ' ')
    .trim()
    .split(/[ /-]+/u);
  if (text.replace(NUMBER_WORD, '') === text || !(rest.join('') === '' || rest.every(isBesideNumber))) return null;
  if (/^[0-9]*$/.test(rest.join(''))) return { kind: 'other', by: 'nothing' };
  if (LINE_ALONE.test(rest.join(' ')) && !/toll|hot/.test(text)) return null;
  return { kind: kindOfPlace(text), by: 'number' };
}

/** True if a folded header speaks of phones, or of a number of any sort: of a customer or an invoice. */
export const speaksOfNumbers = (text: string): boolean =>
  text.replace(NUMBER_WORD, '') !== text || kindByPhoneWord(text) !== null;

/** The words of a folded header that say neither that it is about numbers nor of which kind: "carer" of "carer phone". */
export const withoutNumberWords = (words: readonly string[]): string[] =>
  words.filter(
    (word) =>
      kindByPhoneWord(word) === null &&
      word.replace(NUMBER_WORD, '') !== '' &&
      !KIND_WORDS.some((kind) => says(word, kind)),
  );

const KIND_WORDS = ['work', 'home', 'main'] as const;

const isBesideNumber = (word: string): boolean => BESIDE_NUMBER.test(word);

function kindByPhoneWord(text: string): NumberKind | null {
  if (says(text, 'fax')) return 'fax';
  const mobile = says(text, 'mobile');
  if (!mobile && says(text, 'extension')) return 'extension';
  if (!mobile && !says(text, 'phone')) return null;
  if (/\b(?:telex|tty|tdd|radio)|телекс|телетайп/u.test(text)) return 'other';
  if (mobile) return 'mobile';
  if (COMPANY_MAIN.test(text) || (says(text, 'company') && says(text, 'main')) || /^zentrale$/.test(text))
    return 'main';
  return kindOfPlace(text);
}

function kindOfPlace(text: string): NumberKind {
  if (says(text, 'work')) return 'work';
  return says(text, 'home') ? 'home' : 'other';
}
