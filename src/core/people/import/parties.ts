import { withNames } from './columns-by-content.ts';
import { fieldOf, isName, type Field } from './columns.ts';
import { foldHeader, says } from './header-words.ts';
import { phoneHeader, withoutNumberWords } from './phone-headers.ts';
import { MOSTLY, share } from './phone-values.ts';

/** One of the people, or the company, that a row names. */
export interface RowParty {
  /** What its columns contain. All others are ignored. */
  fields: Field[];
  /** The numbers are those of the row's first party if a row does not name this one: "Name 2" beside "Phone 2". */
  isSecond: boolean;
}

interface Header {
  words: string[];
  field: Field;
  /** What it contains if the row names the person whose it is: "Spouse Cell" beside "Spouse First Name". */
  ofOthers: Field;
  values: readonly string[];
}

/** Words in headers that say no more than that a person is meant. */
const ANYBODY =
  /^(?:contact|contacts|contacto|contatto|contato|kontakt|kontaktperson|ansprechpartner|person|de|du|del)$/u;
/** Somebody who has no name in the row. */
const saysRole = (words: readonly string[]): boolean => {
  const text = words.join(' ');
  return says(text, 'role') || says(text, 'service');
};

/**
 * Divides the columns of a table whose rows name several parties, such as "Contact 1 Name", "Contact 1 Phone", "Contact 2
 * Name" and "Contact 2 Phone", or "Patient", "Patient Phone", "Carer" and "Carer Phone". A number belongs to the party
 * that its header names. The first party also has the columns that name none. Returns none without a column of names.
 */
export function partiesOf(
  headers: readonly string[],
  fields: readonly Field[],
  values: readonly (readonly string[])[],
): RowParty[] {
  const columns = headers.map((header, at): Header => ({
    words: wordsOf(header),
    field: fields[at] ?? IGNORED,
    ofOthers: numberOfOthers(foldHeader(header)),
    values: values[at] ?? [],
  }));
  const named = namedParties(headers, columns);
  const rest = withOwnName(headers, columns, without(columns, named), named);
  const others = rest.some(isPersonName) || isCompanyWithNumber(rest) ? named : named.slice(1);
  const [own] = others.length < named.length ? named : [];
  const first = own === undefined ? rest : without(columns, others).map((field, at) => own.names.get(at) ?? field);
  const parties = [
    { fields: first, isSecond: false },
    // Where all numbers are those of contact persons, a row without one has its own there.
    ...others.map((party) => ({
      fields: fieldsOf(party, columns),
      isSecond: party.isSecond || (!party.isOther && !first.some(isNumber)),
    })),
  ];
  return first.some(isName) ? parties.filter(({ fields: its }, at) => at === 0 || its.some(isNumber)) : [];
}

/** Others who are people of their own if the row names them, unlike assistants and contacts for an emergency. */
const RELATIVE =
  /spouse|husband|\bwife\b|partner|conjoint|conyuge|coniuge|\behe|mother|mutter|father|vater\b|parent|guardian|eltern|account manager/;

function numberOfOthers(header: string): Field {
  const phone = RELATIVE.test(header) && says(header, 'others') ? phoneHeader(header) : null;
  return phone === null ? IGNORED : { is: 'number', kind: phone.kind };
}

/** The fields of the columns that belong to none of these parties. */
function without(columns: readonly Header[], parties: readonly NamedParty[]): Field[] {
  const taken = new Set(parties.flatMap(({ names, numbers }) => [...names.keys(), ...numbers]));
  return columns.map(({ field }, at) => (taken.has(at) || isOfRole(columns, taken, at) ? IGNORED : field));
}

/** Finds the name by its values where no header names it. Only a column whose header says nothing can be the one. */
function withOwnName(
  headers: readonly string[],
  columns: readonly Header[],
  fields: Field[],
  named: readonly NamedParty[],
): Field[] {
  if (fields.some(isName)) return fields;
  const taken = new Set(named.flatMap(({ names }) => [...names.keys()]));
  const unknown = columns.map(({ values }, at) =>
    fieldOf(headers[at] ?? '') === null && !taken.has(at) ? values : [],
  );
  return withNames(unknown, fields) ?? fields;
}

const isCompanyWithNumber = (fields: readonly Field[]): boolean =>
  fields.some(({ is }) => is === 'company') && fields.some((field) => field.is === 'number' && field.kind !== 'main');

/** Its name and numbers, and what the row says of all its parties. */
const fieldsOf = ({ names, numbers, isOther }: NamedParty, columns: readonly Header[]): Field[] =>
  columns.map(({ field, ofOthers }, at) => {
    if (isOther) return names.get(at) ?? (numbers.includes(at) ? ofOthers : IGNORED);
    const isLabel = (field.is === 'label' || field.is === 'extension') && numbers.includes(field.of);
    const isShared = field.is === 'company' || field.is === 'department';
    return names.get(at) ?? (numbers.includes(at) || isLabel || isShared ? field : IGNORED);
  });

interface NamedParty {
  /** The columns of the name, and which part of it each contains. */
  names: ReadonlyMap<number, Field>;
  numbers: number[];
  isSecond: boolean;
  /** A relative or an assistant, who has nothing else of the row. */
  isOther: boolean;
}

function namedParties(headers: readonly string[], columns: readonly Header[]): NamedParty[] {
  const byParty = new Map<string, number[]>();
  for (const [at, { field, ofOthers, words }] of columns.entries()) {
    const party = withoutNumberWords(words).join(' ');
    if ((isNumber(field) || isNumber(ofOthers)) && party !== '')
      byParty.set(party, [...(byParty.get(party) ?? []), at]);
  }
  const isCompanyLine = columns.some(
    ({ field, words, values }) =>
      isPersonName(field) && words.some(isCount) && values.some((value) => COMPANY_LINE.test(value)),
  );
  return [...byParty].flatMap(([party, numbers]): NamedParty[] => {
    const words = party.split(' ');
    if (isCompanyLine && words.every(isCount)) return [];
    const names = namesOf(words, columns);
    if (names === null) return [];
    // "Phone 1" beside "Contact 1 Name" and "Contact 1 Phone" is somebody else's.
    const isContact = (at: number): boolean => hasAnybody(headers[at] ?? '');
    const own = numbers.some(isContact) && [...names.keys()].some(isContact) ? numbers.filter(isContact) : numbers;
    const isOther = own.every((at) => columns[at]?.ofOthers.is === 'number');
    return [{ names, numbers: own, isSecond: words.every(isCount) && !own.some(isContact), isOther }];
  });
}

const isCount = (word: string): boolean => /^[0-9]+$/.test(word);

/** In the second line of a company's name: "Name 2". */
const COMPANY_LINE =
  /(?:^|[\s&])(?:gmbh|mbh|ag|kg|ohg|ug|e\.?\s?[vk]\.?|inc|ltd|llc|corp|abt\.|abteilung|niederlassung|filiale|z\.? ?hd\.?|c\/o|inh\.)(?:[\s.,]|$)/iu;

/** The columns with the name of a party: "Carer", "Contact 2 Name", or its first and last name. null without a whole one. */
function namesOf(party: readonly string[], columns: readonly Header[]): Map<number, Field> | null {
  const names = new Map<number, Field>();
  for (const [at, { words, field, values }] of columns.entries()) {
    if (field.is === 'company' || !party.every((word) => words.includes(word))) continue;
    const rest = words.filter((word) => !party.includes(word)).join(' ');
    const part = rest === '' ? NAME : fieldOf(rest);
    const isKnown = isPersonName(field) || field.is === 'ignored';
    if (part === null || !isPersonName(part) || !isKnown || (values.length > 0 && share(values, isText) <= MOSTLY))
      continue;
    names.set(at, part);
  }
  const parts = [...names.values()].map(({ is }) => is);
  const isWhole =
    parts.includes('name') || parts.includes('reversed') || (parts.includes('first') && parts.includes('last'));
  return isWhole ? names : null;
}

const isText = (value: string): boolean => /\p{L}/u.test(value) && !/[0-9@]/.test(value);

/** A number of somebody whom the row does not name, beside a name: "Lawyer Phone". */
function isOfRole(columns: readonly Header[], taken: ReadonlySet<number>, at: number): boolean {
  const { field, words } = columns[at] ?? { field: IGNORED, words: [] };
  const hasRole = (its: readonly string[]): boolean => saysRole(withoutNumberWords(its));
  if (!isNumber(field) || !hasRole(words)) return false;
  // The only number of a row is that of its person.
  if (!columns.some((other) => isNumber(other.field) && !hasRole(other.words))) return false;
  return columns.some((other, place) => isPersonName(other.field) && !taken.has(place) && !saysRole(other.words));
}

const IGNORED: Field = { is: 'ignored' };
const NAME: Field = { is: 'name' };
const isNumber = ({ is }: Field): boolean => is === 'number';
const isPersonName = (field: Field): boolean => isName(field) && field.is !== 'company' && field.is !== 'nickname';

const foldedWords = (header: string): string[] =>
  foldHeader(header.replace(/\s*-\s*(?:value|wert|valeur|valor|valore)$/iu, ''))
    .split(/[ /-]+/u)
    .filter((word) => word !== '');
const hasAnybody = (header: string): boolean => foldedWords(header).some((word) => ANYBODY.test(word));
const wordsOf = (header: string): string[] => foldedWords(header).filter((word) => !ANYBODY.test(word));
