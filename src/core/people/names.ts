import { ASCII, withoutAccents } from './without-accents.ts';

type Replacements = readonly (readonly [RegExp, string])[];

/** Letters that are not made of a letter and an accent, in lower case. */
const LETTERS: Replacements = [
  [/ß/gu, 'ss'],
  [/[æǽ]/gu, 'ae'],
  [/œ/gu, 'oe'],
  [/[øǿ]/gu, 'o'],
  [/ł/gu, 'l'],
  [/[đð]/gu, 'd'],
  [/þ/gu, 'th'],
  [/ı/gu, 'i'],
];

/** Two letters that are often written for one, or the other way round. The first of them stays. */
const DIGRAPHS = /ss|aa|ae|oe|ue/g;

/** Letters with accents that are written as two letters where a keyboard does not have them. */
const EXPANSIONS: Replacements = [
  [/ä/gu, 'ae'],
  [/[öø]/gu, 'oe'],
  [/ü/gu, 'ue'],
  [/å/gu, 'aa'],
];

/**
 * The last words of a company's name that only say its legal form, without dots. Where two are written for the same
 * form, the second is the value.
 */
const LEGAL_FORMS: ReadonlyMap<string, string> = new Map(
  `ag gmbh mbh gesmbh kg kgaa ohg og ug gbr ek ev eg se co inc incorporated=inc corp corporation=corp company=co llc llp lp
  ltd limited=ltd plc pty pte pvt private=pvt sa sas sarl sl slu srl spa snc bv nv bvba sprl oy oyj ab as asa
  aps lda ltda doo sro kft zrt nyrt oü uab sia kk jsc ооо оао зао`
    .split(/\s+/u)
    .map((form): [string, string] => {
      const [written = '', same = written] = form.split('=');
      return [written, same];
    }),
);

const withLetters = (text: string): string => (ASCII.test(text) ? text : replaced(text, LETTERS));

function replaced(text: string, replacements: Replacements): string {
  let changed = text;
  for (const [from, to] of replacements) changed = changed.replace(from, to);
  return changed;
}

/** The form of a text for searching, with one spelling for ä and ae, ß and ss, ø and oe. */
export const foldName = (text: string): string =>
  withLetters(withoutAccents(text)).replace(DIGRAPHS, (pair) => pair.charAt(0));

/** Words of a folded text. */
export const nameWords = (folded: string): string[] => folded.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? [];

/** "O'Brien" and "O Brien" -> "OBrien" */
const withoutApostrophes = (text: string): string =>
  text.replace(/(?<=\p{L})['’‘`´ʼ](?=\p{L})/gu, '').replace(/(?<![\p{L}\p{N}])([odl]) (?=\p{L}{2})/giu, '$1');

/**
 * The key by which a name that a caller claims is compared with those of the directory. It is equal for all spellings of
 * a name and for any order of its words, and may be equal for two people.
 */
export const nameKey = (name: string): string =>
  nameWords(foldName(withoutApostrophes(name)))
    .sort()
    .join(' ');

/** A text without accents, and with ä written as ae: the two ways in which a text is written on other keyboards. */
function spellingsOf(text: string): [plain: string, expanded: string] {
  if (ASCII.test(text)) return [text.toLowerCase(), text.toLowerCase()];
  const expanded = replaced(text.normalize('NFC').toLowerCase(), EXPANSIONS);
  const [plain = '', other = ''] = [text, expanded].map((one) => withLetters(withoutAccents(one)));
  return [plain, other];
}

/**
 * Keys of a name. Two spellings of one name have one in common, such as "Müller, Jörg" and "JOERG MUELLER". Words in
 * another order are another name, such as "Martin Paul" and "Paul Martin".
 */
function spellingKeys(name: string): [plain: string, expanded: string] {
  const [plain, expanded] = spellingsOf(withoutApostrophes(firstNameFirst(name)));
  const key = nameWords(plain).join(' ');
  return [key, plain === expanded ? key : nameWords(expanded).join(' ')];
}

/**
 * Puts entries with the same name into one group, because they are one person. "Muller" and "Mueller" are two people, but
 * one if there is a "Müller" among the entries, in any order.
 */
export function groupByName<T>(entries: readonly T[], nameOf: (entry: T) => string): [T, ...T[]][] {
  const [only, ...more] = entries;
  if (only !== undefined && more.length === 0) return [[only]];
  /** Each key, and another key of the same group; the first key of a group has none. */
  const others = new Map<string, string>();
  const firstOf = (key: string): string => {
    let first = key;
    for (let other = others.get(first); other !== undefined; other = others.get(first)) first = other;
    return first;
  };
  const keys = entries.map((entry) => {
    const [plain, expanded] = spellingKeys(nameOf(entry));
    const [first, second] = [firstOf(plain), firstOf(expanded)];
    if (first !== second) others.set(second, first);
    return plain;
  });
  return [...Map.groupBy(entries.entries(), ([at]) => firstOf(keys[at] ?? '')).values()].flatMap((group) => {
    const [first, ...rest] = group.map(([, entry]) => entry);
    return first === undefined ? [] : [[first, ...rest]];
  });
}

/** "Berg, Anna" -> "Anna Berg", but "Acme, Inc." as it is */
function firstNameFirst(name: string): string {
  const [last = '', first = '', ...more] = name.split(',').map((part) => part.trim());
  const isLegalForm = LEGAL_FORMS.has(first.toLowerCase().replace(/\./g, ''));
  return first === '' || more.length > 0 || isLegalForm ? name : `${first} ${last}`;
}

/** True for a text with a letter or a digit, which can be a company's name. */
export const namesCompany = (company: string): boolean => nameWords(company).length > 0;

export const isSameName = (one: string, other: string): boolean =>
  groupByName([one, other], (name) => name).length === 1;

/**
 * True if all of these are names of one company. Its legal form is often left out, but "Berg GmbH" and "Berg KG" are two
 * companies.
 */
export function areOneCompany(companies: readonly string[]): boolean {
  const spelled = [...new Set(companies)].map((company) =>
    spellingsOf(company.replace(/[.'’]/gu, '')).map(companyParts),
  );
  const [first = []] = spelled;
  return first.some(({ name }, at) => {
    const forms = new Set(spelled.map((parts) => parts[at]?.form ?? '').filter((form) => form !== ''));
    return name !== '' && forms.size <= 1 && spelled.every((parts) => parts[at]?.name === name);
  });
}

/** "siemens ag" -> "siemens" and "ag" */
function companyParts(folded: string): { name: string; form: string } {
  const words = nameWords(folded);
  const forms: string[] = [];
  for (let form = LEGAL_FORMS.get(words.at(-1) ?? ''); form !== undefined && words.length > 1;) {
    forms.unshift(form);
    words.pop();
    form = LEGAL_FORMS.get(words.at(-1) ?? '');
  }
  return { name: words.join(' '), form: forms.join(' ') };
}
