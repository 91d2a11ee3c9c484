// Words beside numbers, in the languages that desk users meet most; all in lower case, without dots.
const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/u).filter((word) => word !== ''));

/** What follows is a phone number. */
const LABELS = words(`
  tel phone telephone telefon telefono teléfono telefone téléphone téléphoner fon ph t f p fax telefax facsimile
  mob mobile mobil móvil movil celular cel cell cellulare portable handy gsm natel
  call dial ring contact reach hotline helpline helpdesk support direct office work home main switchboard reception
  emergency police fire ambulance notruf polizei feuerwehr rettung urgences pompiers samu polizia policía emergencia
  anruf anrufen ruf rufen rufnummer telefonnummer wählen zentrale durchwahl büro privat dienstlich festnetz
  appeler appelez chiamare chiama llamar llame ligar ligue bellen bel whatsapp sms
  тел телефон моб факс τηλ τηλέφωνο 電話 電話番号 携帯 电话 手机 传真 電話號碼 전화 هاتف تلفون טל טלפון
`);

/** What follows is an extension, or if a number stands before it, digits to press after the answer. */
const EXTENSION_LABELS = words(`
  ext extn exten extension x xt durchwahl dw nebenstelle nst nbst klappe kl apparat app poste interno int anexo anx
  ramal wew wewnętrzny toestel tst anknytning lokal linka доб добавочный вн 内線 分机 轉 转 내선 intern internal
`);

/** What follows is a number, but none to dial. */
const OTHER_LABELS = words(`
  s order invoice ref reference po ticket case id customer account acct bill serial sn sku part item tracking shipment
  parcel contract policy booking reservation confirmation code pin otp zip postcode room building floor page line
  ssn ein abn acn tfn nhs aadhaar isbn issn iban bic vat tax ustid ean upc imei mac ip version build model license licence passport article
  bestellung bestellnummer bestellnr auftrag auftragsnummer rechnung rechnungsnummer kunde kunden kundennummer
  kundennr vertrag vertragsnummer konto kontonummer blz plz postfach seriennummer artikel artikelnummer aktenzeichen
  raum zimmer seite steuernummer ustidnr hrb hrab commande facture référence client compte pedido factura cliente
  ordine fattura codice código codigo cep cpf cnpj nif siret siren заказ счет счёт инн 注文 订单
`);

/** Says nothing of what follows. */
const FILLERS = words(`
  n no nr nos num number numbers nummer numero número numéro is at on under the a an me us my our your his her or and to
  via by with unter der die das ist mein meine unsere oder und od bzw ou et o y e u i ili или и au le la il su it
  please bitte now today gebührenfrei free toll tollfree or
`);
const NAMES_A_NUMBER = words('number numbers nummer numero número numéro');
const JOINS = words('or and oder und od bzw ou et o y e u i ili или и');

export type Label = 'phone' | 'extension' | 'other' | 'none';

/** The words of a text in lower case, as they stand. */
export const wordsOf = (text: string): string[] =>
  (text.match(/[\p{L}\p{M}]+/gu) ?? []).map((word) => word.toLowerCase());

/** True for a word that belongs to numbers, so that a text of such words and digits is nothing but numbers. */
export const isPhoneWord = (word: string): boolean =>
  (LABELS.has(word) || EXTENSION_LABELS.has(word) || FILLERS.has(word)) && !OTHER_LABELS.has(word);

export const isExtensionWord = (word: string): boolean => EXTENSION_LABELS.has(word);

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

/** Alternatives of a regular expression, longest first. */
export const EXTENSION_PATTERN = [...EXTENSION_LABELS].sort((a, b) => b.length - a.length).join('|');
