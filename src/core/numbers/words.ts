import type { NumberLabel } from '../../shared/dial.ts';
import { joinCompounds, kindOfCompound, namesAnId } from './compounds.ts';

// Words beside numbers, in the languages that desk users meet most; all in lower case, without dots.
const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/u).filter((word) => word !== ''));

/** Words before a fax number. */
const FAX = words(
  'fax fx ф télécopieur telecopieur téléc telec telecópia belgegeçer belgegecer telefax facsimile télécopie telecopie telefaks faks faksi téléfax факс φαξ fakss 传真 傳真 팩스 ファックス ファクス فاكس פקס פאקס โทรสาร mafax',
);

/** Words before a mobile number. */
const MOBILE = words(`
  mb mob mobile mobil móvil movil móviles celular cel cell cellulare cellphone portable handy gsm natel mobiltelefon
  mobitel komórka komórkowy kom matkapuhelin gsm mobiltel mobilnummer telemóvel telemovel tlm gsm-nr whatsapp
  моб мобильный мобилен κινητό κιν 携帯 携帯電話 手机 手機 行動電話 휴대폰 휴대전화 핸드폰 جوال موبایل همراه נייד มือถือ cep gsm hp
`);

/** Words before a phone number. */
const PHONE = words(`
  т vxl dir tel phone telephone telefon telefono teléfono telefone téléphone téléphoner fon ph t f p telf tlf tfno tfn puh puhelin
  tél tlf telefoonnummer telefoon sími telefonas telefons tālr
  call dial ring contact reach hotline helpline helpdesk support direct office work home main switchboard reception
  emergency police fire ambulance notruf polizei feuerwehr rettung urgences pompiers samu polizia policía emergencia
  direkt ddi fone
  anruf anrufen ruf rufen rufnummer telefonnummer wählen zentrale durchwahl büro privat dienstlich festnetz
  appeler appelez chiamare chiama llamar llame ligar ligue bellen bel sms voice
  centralino centralita standard växel sentralbord omstilling switch
  тел телефон τηλ τηλέφωνο 電話 電話番号 电话 電話號碼 联系电话 연락처 전화번호 전화 هاتف تلفن تلفون טל טלפון โทร โทรศัพท์
`);

/** "port" may mean a mobile phone, but also a harbour. So it can name the kind of a number but does not prove one. */
const MOBILE_NAMES: ReadonlySet<string> = new Set([...MOBILE, 'port']);

export const isFaxWord = (word: string): boolean => FAX.has(word) || kindOfCompound(word) === 'fax';

const LABELS: ReadonlySet<string> = new Set([...PHONE, ...MOBILE, ...FAX]);

/** Words before an extension. After a complete number they mean digits to press after the answer. */
const EXTENSION_LABELS = words(`
  ext extn exten extension extensión extensão extensie x xt ex durchwahl dw nebenstelle nst nbst klappe kl apparat app
  poste interno int anexo anx ramal rml wew wewnętrzny toestel tst toestelnr anknytning ankn lokal lok loc local linka
  klapka kl dahili dah εσωτ εσωτερικό mellék alaknr alanumero lokalnummer vnitřní interní
  доб добавочный вн внутр ішн додатковий вътр 内線 分机 分机号 轉 转 转分机 轉分機 分機 내선 intern internal intérieur
  שלוחה تحويلة تحويله داخلی داخلي ต่อ opt option press
`);

/** Words before a direct-dial extension in Germany and Austria: its digits directly follow the main number. */
const DIRECT_DIAL = words('durchwahl dw klappe kl');

/** Words before a number that is not a phone number. */
const OTHER_LABELS = words(`
  s order invoice ref reference po ticket case id customer member membership account acct bill serial sn sku part item tracking shipment
  parcel contract policy booking reservation confirmation code pin otp zip postcode room building floor page line
  ssn ein abn acn tfn nhs aadhaar isbn issn iban bic vat tax ustid ean upc imei mac ip version build model license licence passport article
  bestellung bestellnummer bestellnr auftrag auftragsnummer rechnung rechnungsnummer kunde kunden kundennummer
  kundennr vertrag vertragsnummer konto kontonummer blz plz postfach seriennummer artikel artikelnummer aktenzeichen
  raum zimmer seite steuernummer ustidnr hrb hrab commande facture référence client compte pedido factura cliente
  ordine fattura codice código codigo cpf cnpj nif siret siren заказ счет счёт инн 注文 订单
  kto utr mrn loan registered
  orgnr regon nip krs pesel npi routing cvr kvk rcs rea iva duns swift cuit rut nit ruc uen gstin огрн кпп
`);

/** Words that say nothing about the number after them. */
const FILLERS = words(`
  n no nr nos num number numbers nummer numero número numéro is at on under the a an me us my our your his her or and to
  via by with unter der die das ist mein meine unsere oder und od bzw ou et o y e u i ili или и au le la il su it
  please bitte now today gebührenfrei free toll tollfree or type pref al aan naar zum zu
`);
const NAMES_A_NUMBER = words('number numbers nummer numero número numéro');
const JOINS = words(
  'or and oder und od sowie resp bzw ou et o y e u i ili или и eller og och ja tai lub nebo alebo vagy veya ή أو או 或 または',
);

const isLabel = (word: string): boolean => {
  const kind = kindOfCompound(word);
  return LABELS.has(word) || (kind !== null && kind !== 'other');
};

export type Label = 'phone' | 'extension' | 'other' | 'none';

/** The words of a text in lower case. */
export const wordsOf = (text: string): string[] =>
  (text.match(/[\p{L}\p{M}]+/gu) ?? []).map((word) => word.toLowerCase());

/** True for a word that often stands beside numbers. A text of only such words and digits is not prose. */
export const isPhoneWord = (word: string): boolean =>
  (isLabel(word) || EXTENSION_LABELS.has(word) || FILLERS.has(word) || JOINS.has(word)) && !OTHER_LABELS.has(word);

export const isExtensionWord = (word: string): boolean => EXTENSION_LABELS.has(word);

export const isDirectDialWord = (word: string): boolean => DIRECT_DIAL.has(word);

/** True for words that only join two numbers, so that the label of the first also applies to the second. */
export const areJoins = (found: readonly string[]): boolean => found.every((word) => JOINS.has(word));

/** The label of a number from the text before it: the nearest of the last four words that gives one. */
export function labelOf(before: string): Label {
  if (namesAnId(before)) return 'other';
  let named = false;
  for (const word of wordsOf(joinCompounds(before)).slice(-4).reverse()) {
    if (OTHER_LABELS.has(word)) return 'other';
    if (word === 'durchwahl' || word === 'intern') return 'extension';
    if (isLabel(word)) return 'phone';
    if (EXTENSION_LABELS.has(word)) return 'extension';
    if (kindOfCompound(word) === 'other') return 'other';
    if (!FILLERS.has(word)) break;
    named ||= NAMES_A_NUMBER.has(word);
  }
  return named ? 'phone' : 'none';
}

const BOTH =
  /(?:tel|phone|fon|telefon|telephone|telefono|teléfono|téléphone|тел)\.?(?:\s{0,2}[/&+]\s{0,2}|\s(?:and|und|y|et|e|i|и)\s)(?:tele)?fax/giu;
// Only m, c and f count without a sign after them, because the other letters may be words.
const LETTER_LABEL = /(?:^|[\s|,;•·(/])(?:([mcf])(?:\.|:|\.:)?|([otwhdp])[.:]{1,2}) {0,2}$/iu;

/** Replaces "phone and fax" by one word for a phone, because such a number can be called. */
export const withoutBoth = (text: string): string => text.replace(BOTH, 'tel');

/** Phone, mobile or fax, from the text directly before a number; null if the text does not say. */
export function kindBefore(before: string): NumberLabel | null {
  const [found, letter = ''] = LETTER_LABEL.exec(before) ?? [];
  if (found !== undefined) return letter === '' ? 'phone' : kindOfLetter(letter);
  const near: string[] = [];
  for (const word of wordsOf(joinCompounds(withoutBoth(before)))
    .slice(-4)
    .reverse()) {
    if (!isNaming(word)) break;
    near.push(word);
  }
  return kindOf(near);
}

/** Phone, mobile or fax, from the text after a number, up to the next one: "201-555-0124 (F)", "201-555-0124 mobile". */
export function kindAfter(after: string): NumberLabel | null {
  const [, bracket = '', label = ''] = /^ {0,2}([([]?)([^)\]\n]{1,40})/u.exec(withoutBoth(after)) ?? [];
  const words = wordsOf(label);
  const [first = ''] = words;
  if (words.length === 1 && /^[fcm]$/.test(first)) return kindOfLetter(first);
  if (words.every(isNaming)) return kindOf(words);
  return isFaxWord(first) ? 'fax' : bracket === '' ? null : kindOf([first]);
}

const isNaming = (word: string): boolean => isPhoneWord(word) || MOBILE_NAMES.has(word);

const kindOfLetter = (letter: string): NumberLabel => (letter.toLowerCase() === 'f' ? 'fax' : 'mobile');

/** The kind that the most exact of the words names: "mobile phone" is mobile, "TYPE=cell:tel" too. */
function kindOf(words: readonly string[]): NumberLabel | null {
  if (words.some(isFaxWord)) return 'fax';
  if (words.some((word) => MOBILE_NAMES.has(word) || kindOfCompound(word) === 'mobile')) return 'mobile';
  return words.some((word) => PHONE.has(word) || kindOfCompound(word) === 'phone') ? 'phone' : null;
}

/** Alternatives of a regular expression, longest first. */
export const EXTENSION_PATTERN = [...EXTENSION_LABELS].sort((a, b) => b.length - a.length).join('|');
