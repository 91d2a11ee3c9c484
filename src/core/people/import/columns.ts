import type { NumberKind } from '../../../shared/people.ts';
import { foldHeader, says } from './header-words.ts';
import { phoneHeader, speaksOfNumbers } from './phone-headers.ts';

/** The content of a column. */
export type Field =
  | { is: 'first' | 'middle' | 'last' | 'name' | 'reversed' | 'nickname' | 'company' | 'department' | 'email' }
  | { is: 'number'; kind: NumberKind }
  /** The label of the number in column `of`, such as "Mobile". */
  | { is: 'label'; of: number }
  /** The extension of the number in column `of`. */
  | { is: 'extension'; of: number }
  | { is: 'ignored' };

const field = (is: Exclude<Field['is'], 'number' | 'label' | 'extension'>): Field => ({ is });
const number = (kind: NumberKind): Field => ({ is: 'number', kind });
const IGNORED: Field = { is: 'ignored' };

/** What a column contains according to its header; null if the header is not known. */
export function fieldOf(header: string): Field | null {
  const text = foldHeader(header);
  // Whole columns of partners exist: their values decide.
  if (text === '' || text === 'partner') return null;
  if (NOT_A_NAME.test(text) || says(text, 'others') || says(text, 'own')) return IGNORED;
  if (says(text, 'mail')) return isAddressOnly(text) ? field('email') : IGNORED;
  const phone = phoneHeader(text);
  if (phone !== null) return number(phone.kind);
  if (speaksOfNumbers(text)) return IGNORED;
  return nameOf(text) ?? (says(text, 'else') ? IGNORED : null);
}

const isAddressOnly = (text: string): boolean =>
  !/type|typ\b|tipo|label|name\b|nom\b|nombre|nome|naam|namn|navn|visning|nazwa|имя|тип|display|anzeige|種類|类型|類型|表示|显示|顯示|표시|유형/u.test(
    text,
  );

const NOT_A_NAME =
  /prefix|suffi[xk]|yomi|furigana|phonetic|フリガナ|フリカナ|maiden|user ?name|benutzername|file ?name|host ?name|domain|screen|phone ?book|telefonbuch/u;
/** One column for the whole name, last name first: "Berg, Anna". */
const LAST_FIRST =
  /^(?:nachname|name|last ?name|surname|nom|cognome|apellidos?|naam|nazwisko)[ ,/&-]+(?:und |and |et |y |e )?(?:vorname|first ?name|prenom|nome|nombre|voornaam|imie)/u;

function nameOf(text: string): Field | null {
  if (LAST_FIRST.test(text)) return field('reversed');
  if (says(text, 'nickname')) return field('nickname');
  if (says(text, 'middle')) return field('middle');
  if (says(text, 'last')) return field('last');
  if (says(text, 'first')) return field('first');
  if (says(text, 'department')) return says(text, 'else') ? IGNORED : field('department');
  if (text === 'account name') return field('company');
  if (says(text, 'company'))
    return says(text, 'else') || /title|titel|type|symbol|location|descr|id$|nr$|yomi|address|adres/u.test(text)
      ? IGNORED
      : field('company');
  return says(text, 'display') ? field('name') : null;
}

/** True for a column that can name a row. */
export const isName = ({ is }: Field): boolean =>
  ['first', 'last', 'name', 'reversed', 'company', 'nickname'].includes(is);

/** Google's headers for one number: "Phone 1 - Type" or "Phone 1 - Label" beside "Phone 1 - Value". */
const VALUE = /^(.*\S)\s*-\s*(?:value|wert|valeur|valor|valore)$/i;
const LABEL = /^(.*\S)\s*-\s*(?:type|label|typ|beschriftung|libelle|étiquette|etiqueta|tipo|etichetta)$/i;

/** The content of each column according to the headers; null if the row is not a row of headers. */
export function columnsByHeader(headers: readonly string[]): Field[] | null {
  const values = new Map<string, number>();
  for (const [at, header] of headers.entries()) {
    const name = VALUE.exec(header.trim())?.[1];
    if (name !== undefined) values.set(name.toLowerCase(), at);
  }
  let known = 0;
  const fields = headers.map((header): Field => {
    const labelled = LABEL.exec(header.trim())?.[1]?.toLowerCase() ?? '';
    const of = values.get(labelled);
    if (of !== undefined && says(foldHeader(labelled), 'phone')) return { is: 'label', of };
    const found = fieldOf(header.replace(VALUE, '$1'));
    if (found !== null) known += 1;
    return found ?? IGNORED;
  });
  const numbers = fields.filter(({ is }) => is === 'number').length;
  const names = fields.filter(isName).length;
  const digits = headers.filter((header) => /[0-9]{4,}/.test(header)).length;
  return known > 0 && numbers + names > 0 && digits === 0 ? settle(headers, fields) : null;
}

/**
 * Decides between columns that seem to contain the same. In PortSIP's files, "name" beside "display_name" is the user
 * name.
 */
function settle(headers: readonly string[], fields: readonly Field[]): Field[] {
  const names = fields.flatMap(({ is }, at) => (is === 'name' ? [at] : []));
  const bare = names.find((at) => foldHeader(headers[at] ?? '') === 'name');
  const display = names.find((at) => /display|anzeige/.test(foldHeader(headers[at] ?? '')));
  const fileAs = names.find((at) => /^file as$|speichern/.test(foldHeader(headers[at] ?? '')));
  const last = fields.some(({ is }) => is === 'last');
  const settled = [...fields];
  if (bare !== undefined && display !== undefined) settled[bare] = IGNORED;
  if (fileAs !== undefined) settled[fileAs] = field('nickname');
  // "Name" beside "Vorname", or "Nom" beside "Prénom", is the last name.
  const first = fields.some(({ is }) => is === 'first');
  const family = names.find((at) => /^(?:name|nom|naam|namn|navn|nimi)$/.test(foldHeader(headers[at] ?? '')));
  if (family !== undefined && settled[family]?.is === 'name' && first && !last) settled[family] = field('last');
  // "Apelido" is a last name in Portugal and a nickname in Brazil.
  if (first && !last && !settled.some(({ is }) => is === 'last')) {
    const at = headers.findIndex((header) => /^apelidos?$/.test(foldHeader(header)));
    if (at >= 0) settled[at] = field('last');
  }
  return withoutOthers(headers, withExtensions(headers, settled));
}

/** Headers of a PBX's list of its users, where "Number" is the extension (3CX). */
const PBX_USERS =
  /^(?:auth (?:id|password)|outbound caller id|web meeting|registration name|sip id|vm pin|voice ?mail pin)/;

/** In a list of calls, the extension is the phone that was used. */
function withExtensions(headers: readonly string[], fields: readonly Field[]): Field[] {
  const folded = headers.map(foldHeader);
  const isOfUsers = folded.some((header) => PBX_USERS.test(header));
  const isOfCalls = folded.some((header) => says(header, 'own'));
  return fields.map((known, at) => {
    if (isOfUsers && folded[at] === 'number') return number('extension');
    if (known.is !== 'number') return known;
    const of = folded.findIndex((other, place) => place !== at && isOwnExtension(other, folded[at] ?? ''));
    if (of >= 0 && fields[of]?.is === 'number') return { is: 'extension', of };
    return isOfCalls && known.kind === 'extension' ? IGNORED : known;
  });
}

/** True for "phone 1 extension" beside "phone 1 number", and for "business phone ext" beside "business phone". */
const isOwnExtension = (header: string, extension: string): boolean =>
  /^(.+) (?:extension|extn?|durchwahl|dw|nebenstelle|klappe)$/.exec(extension)?.[1] ===
  header.replace(/ (?:number|value)$/, '');

const CUSTOMER = /^(?:kundenname|name des kunden|customer name|client name|klantnaam|客户名称|客户姓名)$/u;
const CUSTOMER_COMPANY = /^(?:kunde|customer|client|cliente|klient|klant|account name)$/;
const EMPLOYEE = /^(?:mitarbeiter|mitarbeitername|employee|employee name)$/;

/**
 * Decides who is called by the numbers of a row with several parties: the contact person of a customer, and not the
 * employee who looks after them. LDAP's "sn" is a last name, any other a serial number.
 */
function withoutOthers(headers: readonly string[], fields: readonly Field[]): Field[] {
  const folded = headers.map(foldHeader);
  const isParty = (at: number): boolean => CUSTOMER.test(folded[at] ?? '') || EMPLOYEE.test(folded[at] ?? '');
  const isLdap = folded.includes('cn') || folded.includes('given name');
  const persons = fields.flatMap(({ is }, at) =>
    ['name', 'reversed', 'first', 'last'].includes(is) && !isParty(at) ? [at] : [],
  );
  const hasCustomer = folded.some((header) => CUSTOMER.test(header) || CUSTOMER_COMPANY.test(header));
  return fields.map((known, at): Field => {
    const header = folded[at] ?? '';
    if (header === 'sn' && !isLdap) return IGNORED;
    if (CUSTOMER.test(header) && persons.length > 0) return field('company');
    return EMPLOYEE.test(header) && (persons.length > 0 || hasCustomer) ? IGNORED : known;
  });
}

/** True for a label or a text beside a number that says that it is somebody else's. */
export const saysOthers = (text: string): boolean => says(text, 'others') || says(text, 'role');

/** The kind of number that a label such as "Mobile" stands for; null if it is somebody else's. */
export function kindOfLabel(label: string): NumberKind | null {
  const text = foldHeader(label);
  if (saysOthers(text)) return null;
  if (says(text, 'fax')) return 'fax';
  if (/\bmain\b|company|zentrale|centralita|centralino|hauptnummer/.test(text)) return 'main';
  if (/^(?:.* )?x-extension\b/.test(text)) return 'extension';
  if (says(text, 'mobile')) return 'mobile';
  if (says(text, 'work')) return 'work';
  return says(text, 'home') ? 'home' : 'other';
}
