import type { NumberLabel } from '../../shared/dial.ts';

// Words beside numbers, in the languages that desk users meet most; all in lower case, without dots.
const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/u).filter((word) => word !== ''));

/** What follows is the number of a fax. */
const FAX = words(
  'fax fx ф telefax facsimile télécopie telecopie telefaks faks faksi téléfax факс φαξ fakss 传真 傳真 팩스 ファックス ファクス فاكس פקס פאקס โทรสาร mafax',
);

/** What follows is the number of a mobile phone. */
const MOBILE = words(`
  mb mob mobile mobil móvil movil móviles celular cel cell cellulare cellphone portable handy gsm natel mobiltelefon
  mobitel komórka komórkowy kom matkapuhelin gsm mobiltel mobilnummer telemóvel telemovel tlm gsm-nr whatsapp
  моб мобильный мобилен κινητό κιν 携帯 携帯電話 手机 手機 行動電話 휴대폰 휴대전화 핸드폰 جوال موبایل همراه נייד มือถือ cep gsm hp
`);

/** What follows is a phone number. */
const PHONE = words(`
  т vxl dir tel phone telephone telefon telefono teléfono telefone téléphone téléphoner fon ph t f p telf tlf tfno tfn puh puhelin
  tél tlf telefoonnummer telefoon sími telefonas telefons tālr
  call dial ring contact reach hotline helpline helpdesk support direct office work home main switchboard reception
  emergency police fire ambulance notruf polizei feuerwehr rettung urgences pompiers samu polizia policía emergencia
  anruf anrufen ruf rufen rufnummer telefonnummer wählen zentrale durchwahl büro privat dienstlich festnetz
  appeler appelez chiamare chiama llamar llame ligar ligue bellen bel sms voice
  centralino centralita standard växel sentralbord omstilling switch
  тел телефон τηλ τηλέφωνο 電話 電話番号 电话 電話號碼 联系电话 연락처 전화번호 전화 هاتف تلفن تلفون טל טלפון โทร โทรศัพท์
`);

const LABELS: ReadonlySet<string> = new Set([...PHONE, ...MOBILE, ...FAX]);

/** What follows is an extension, or if a number stands before it, digits to press after the answer. */
const EXTENSION_LABELS = words(`
  ext extn exten extension extensión extensão extensie x xt ex durchwahl dw nebenstelle nst nbst klappe kl apparat app
  poste interno int anexo anx ramal rml wew wewnętrzny toestel tst toestelnr anknytning ankn lokal lok loc local linka
  klapka kl dahili dah εσωτ εσωτερικό mellék alaknr alanumero lokalnummer vnitřní interní
  доб добавочный вн внутр ішн додатковий вътр 内線 分机 分机号 轉 转 转分机 轉分機 分機 내선 intern internal intérieur
  שלוחה تحويلة تحويله داخلی داخلي ต่อ opt option press
`);

/** Extensions that are dialled through in Germany and Austria: they follow the main number at once. */
const THROUGH = words('durchwahl dw klappe kl');

/** What follows is a number, but none to dial. */
const OTHER_LABELS = words(`
  s order invoice ref reference po ticket case id customer account acct bill serial sn sku part item tracking shipment
  parcel contract policy booking reservation confirmation code pin otp zip postcode room building floor page line
  ssn ein abn acn tfn nhs aadhaar isbn issn iban bic vat tax ustid ean upc imei mac ip version build model license licence passport article
  bestellung bestellnummer bestellnr auftrag auftragsnummer rechnung rechnungsnummer kunde kunden kundennummer
  kundennr vertrag vertragsnummer konto kontonummer blz plz postfach seriennummer artikel artikelnummer aktenzeichen
  raum zimmer seite steuernummer ustidnr hrb hrab commande facture référence client compte pedido factura cliente
  ordine fattura codice código codigo cpf cnpj nif siret siren заказ счет счёт инн 注文 订单
  orgnr regon nip krs pesel npi routing cvr kvk rcs rea iva duns swift cuit rut nit ruc uen gstin огрн кпп
`);

/** Says nothing of what follows. */
const FILLERS = words(`
  n no nr nos num number numbers nummer numero número numéro is at on under the a an me us my our your his her or and to
  via by with unter der die das ist mein meine unsere oder und od bzw ou et o y e u i ili или и au le la il su it
  please bitte now today gebührenfrei free toll tollfree or type pref al aan naar zum zu
`);
const NAMES_A_NUMBER = words('number numbers nummer numero número numéro');
const JOINS = words(
  'or and oder und od bzw ou et o y e u i ili или и eller og och ja tai lub nebo alebo vagy veya ή أو או 或 または',
);

export type Label = 'phone' | 'extension' | 'other' | 'none';

/** The words of a text in lower case, as they stand. */
export const wordsOf = (text: string): string[] =>
  (text.match(/[\p{L}\p{M}]+/gu) ?? []).map((word) => word.toLowerCase());

/** True for a word that belongs to numbers, so that a text of such words and digits is nothing but numbers. */
export const isPhoneWord = (word: string): boolean =>
  (LABELS.has(word) || EXTENSION_LABELS.has(word) || FILLERS.has(word) || JOINS.has(word)) && !OTHER_LABELS.has(word);

export const isExtensionWord = (word: string): boolean => EXTENSION_LABELS.has(word);

export const isThroughWord = (word: string): boolean => THROUGH.has(word);

/** True for words that only join two numbers, so that what was said before the first holds for the second. */
export const areJoins = (found: readonly string[]): boolean => found.every((word) => JOINS.has(word));

/** What the words in front of a number say of it; the nearest one that says anything counts, of the last four. */
export function labelOf(before: readonly string[]): Label {
  let named = false;
  for (const word of before.slice(-4).reverse()) {
    if (OTHER_LABELS.has(word)) return 'other';
    if (word === 'durchwahl' || word === 'intern') return 'extension';
    if (LABELS.has(word)) return 'phone';
    if (EXTENSION_LABELS.has(word)) return 'extension';
    if (!FILLERS.has(word)) break;
    named ||= NAMES_A_NUMBER.has(word);
  }
  return named ? 'phone' : 'none';
}

const BOTH =
  /(?:tel|phone|fon|telefon|telephone|telefono|teléfono|téléphone|тел)\.?(?:\s{0,2}[/&+]\s{0,2}|\s(?:and|und|y|et|e|i|и)\s)(?:tele)?fax/iu;
const LETTER_LABEL = /(?:^|[\s|,;•·(/])([mcfMCF])(?:\.|:|\.:)? {0,2}$/u;

/** Phone, mobile or fax, as the text right in front of a number says; null where it says nothing. */
export function kindNamed(before: string): NumberLabel | null {
  const [, letter = ''] = LETTER_LABEL.exec(before) ?? [];
  if (letter !== '') return letter.toLowerCase() === 'f' ? 'fax' : 'mobile';
  let kind: NumberLabel | null = null;
  for (const word of wordsOf(before).slice(-4).reverse()) {
    if (FAX.has(word)) return BOTH.test(before) ? 'phone' : 'fax';
    if (MOBILE.has(word)) kind ??= 'mobile';
    else if (PHONE.has(word)) kind ??= 'phone';
    else if (!FILLERS.has(word)) break;
  }
  return kind;
}

/** The same for a word in brackets behind the number: "201-555-0124 (F)". */
export function kindBehind(behind: string): NumberLabel | null {
  const word = /^ {0,2}\((\p{L}{1,12})\.?\)/u.exec(behind)?.[1]?.toLowerCase() ?? '';
  if (word === 'f' || FAX.has(word)) return 'fax';
  if (word === 'c' || word === 'm' || MOBILE.has(word)) return 'mobile';
  return PHONE.has(word) ? 'phone' : null;
}

/** Alternatives of a regular expression, longest first. */
export const EXTENSION_PATTERN = [...EXTENSION_LABELS].sort((a, b) => b.length - a.length).join('|');
