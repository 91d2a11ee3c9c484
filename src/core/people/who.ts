import type { Shown } from '../../shared/who.ts';
import type { NumberPlace } from '../numbers/national-number.ts';
import { planOf } from '../numbers/numbering-plan.ts';
import type { Caller } from './caller.ts';
import { areOneCompany, groupByName, nameKey } from './names.ts';
import type { NumberEntry, NumberIndex } from './number-index.ts';
import { nationalForms, otherForms, type NumberKey } from './number-keys.ts';
import { isCompany, type Person } from './person.ts';

/** Somebody who has the number. */
export interface Match {
  person: Person;
  /** The number as it would be dialled. */
  number: string;
}

/** Who a caller is. */
export interface Who {
  /** Everybody who has the number. */
  matches: Match[];
  /** What to show: a person, a company, a claimed name or only the number. */
  shown: Shown;
}

export interface WhoOptions {
  index: NumberIndex;
  place: NumberPlace;
  /** The tenant's rule: how many last digits must be equal for two numbers to be the same; null for all digits. */
  matchLength: number | null;
  /** True for the name of somebody, or of a company, in the directory. */
  isKnownName: (key: string) => boolean;
  /**
   * The rank of a source; 0 is the most trusted. For a number, only the best sources that have it count. Default: all
   * equal.
   */
  trust?: (source: string) => number;
  /** The call came from outside. A number that looks like an extension is then not that of a colleague. */
  external?: boolean;
}

/** Maximum digits of a direct-dial extension in Germany and Austria. */
const MAX_DIRECT_DIGITS = 5;
/** The shortest beginning that the numbers of a company can share. */
const MIN_STEM_LENGTH = 7;

/** Finds a caller in the directory. A claimed name is only used if the directory does not have the number. */
export function whoIs(caller: Caller, options: WhoOptions): Who {
  switch (caller.kind) {
    case 'number':
      return whoHas(caller.number, caller.claim, options);
    case 'address': {
      const found = options.index.exact(caller.address);
      return found.length > 0 ? decide(found) : unknown(caller.address, caller.claim, options);
    }
    case 'hidden':
      return unknown('', caller.claim, options);
    case 'search':
    case 'nothing':
      return { matches: [], shown: { kind: 'nothing' } };
  }
}

function whoHas(number: NumberKey, claim: string, options: WhoOptions): Who {
  if (options.external === true && !number.isPublic) return unknown(number.dial, claim, options);
  const exact = exactly(number, options);
  const found = exact.length > 0 ? exact : byEnding(number, options);
  if (found.length > 0) return decideByExtension(found, number, options.index) ?? unknown(number.dial, claim, options);
  const company = companyOfBlock(number, options.index);
  if (company !== null) return company;
  return unknown(number.dial, claim, options);
}

/** Entries with this number, as received or in another form that can only mean the same number. */
function exactly(number: NumberKey, options: WhoOptions): NumberEntry[] {
  const { index, place } = options;
  const forms = [number.key, ...otherForms(number, place, true), ...withoutArea(number, place)];
  const found = forms.flatMap((key) => [...index.exact(key)]);
  // With no country known, a number with a country code is the same as a national one, but not as one of another country.
  const national = place.country === '' ? forms.flatMap(nationalForms) : [];
  const own = national.flatMap((key) => index.exact(key).filter((entry) => entry.number.key === key));
  const all = [...new Set([...found, ...own])];
  // "00431…" is a number of Vienna, or behind the 0 for an outside line one of Kiel. If both are known, it is either.
  const withoutOutsideLineDigit =
    all.length === 0 || number.withoutOutsideLineDigit === undefined ? [] : index.exact(number.withoutOutsideLineDigit);
  return mostTrusted([...all, ...withoutOutsideLineDigit], options);
}

/** The digits without the user's area code, which was added. A number that may lack its 0 can only be found by these. */
function withoutArea({ key, certain }: NumberKey, { country, areaCode }: NumberPlace): string[] {
  const area = `+${planOf(country)?.callingCode}${areaCode}`;
  return areaCode !== '' && !certain && key.startsWith(area) ? [key.slice(area.length)] : [];
}

/** Entries that match by the tenant's rule. Two numbers with country codes never match, even if their ends are equal. */
function byEnding(number: NumberKey, options: WhoOptions): NumberEntry[] {
  const { index, place, matchLength } = options;
  const digits = number.key.replace(/[^0-9]/g, '');
  if (matchLength === null || !number.isPublic || digits.length < matchLength) return [];
  const found = index.endingIn(digits.slice(-matchLength));
  if (!isGlobal(number, place, true)) return mostTrusted(found, options);
  return mostTrusted(
    found.filter((entry) => !isGlobal(entry.number, place, false)),
    options,
  );
}

const isGlobal = (number: NumberKey, place: NumberPlace, passedOn: boolean): boolean =>
  number.key.startsWith('+') || otherForms(number, place, passedOn).length > 0;

/** The entries of the most trusted of the sources that have the number. */
function mostTrusted(found: readonly NumberEntry[], { trust }: WhoOptions): NumberEntry[] {
  if (trust === undefined || found.length < 2) return [...found];
  const best = Math.min(...found.map(({ person }) => trust(person.source)));
  return found.filter(({ person }) => trust(person.source) === best);
}

/**
 * Decides for a number to which an extension may be added, as in "030 1234 ext. 12". If somebody has the caller's
 * extension, it is that person. Otherwise anybody with such a number may be calling, so their company is shown. Returns
 * null if they have no common company.
 */
function decideByExtension(found: readonly NumberEntry[], caller: NumberKey, index: NumberIndex): Who | null {
  const { digitsAfterAnswer, key } = caller;
  const same = found.filter(({ number }) => number.digitsAfterAnswer === digitsAfterAnswer);
  const isDirect = same.length === found.length;
  if (digitsAfterAnswer === null && isDirect) return decide(found, isSwitchboardOf(found, key, index));
  if (digitsAfterAnswer !== null && same.length > 0) return decide(same);
  const company = commonCompany(found.map(({ person }) => person));
  return company === null ? null : asCompany(found, company);
}

/** Shows the company, because it is not known which of these people is calling. */
const asCompany = (found: readonly NumberEntry[], company: string): Who => ({
  matches: found
    .slice(0, 1)
    .map(({ person, number }) => ({ person: { ...person, name: company }, number: number.dial })),
  shown: { kind: 'company', company },
});

/**
 * True if this number is the switchboard's: everybody found has a direct number behind it, too, or colleagues of theirs
 * have one.
 */
function isSwitchboardOf(found: readonly NumberEntry[], key: string, index: NumberIndex): boolean {
  const stem = key.endsWith('0') ? key.slice(0, -1) : '';
  const direct = stem.length < MIN_STEM_LENGTH ? [] : index.block(stem, false);
  if (direct.length === 0) return false;
  if (commonCompany([...found, ...direct].map(({ person }) => person)) !== null) return true;
  return found.every(({ person }) => direct.some((other) => isSame(other.person, person)));
}

/** A database makes a new object for each row. Ids are only unique within a source. */
const isSame = (a: Person, b: Person): boolean => a === b || (a.id === b.id && a.source === b.source);

/** Decides what to show: the person or the company, or how many people have the number if they have no common company. */
function decide(found: readonly NumberEntry[], isSwitchboard = false): Who {
  const matches = matchesOf(found);
  const [first, ...others] = matches;
  if (first === undefined) return { matches, shown: { kind: 'nothing' } };
  const isShared = others.length > 0 || isSwitchboard || found.every(({ kind }) => kind === 'main');
  const company = isShared ? commonCompany(matches.map(({ person }) => person)) : null;
  if (company !== null) return { matches, shown: { kind: 'company', company } };
  if (others.length > 0) return { matches, shown: { kind: 'several', count: matches.length } };
  return { matches, shown: asPerson(first.person) };
}

const asPerson = (person: Person): Shown =>
  isCompany(person)
    ? { kind: 'company', company: person.company }
    : { kind: 'person', name: person.name, company: person.company };

/** One match for each name, with the company that one of its rows has. */
const matchesOf = (found: readonly NumberEntry[]): Match[] =>
  groupByName(found, ({ person }) => person.name).map((rows) => {
    const [first] = rows;
    const { person } = rows.find((row) => row.person.company !== '') ?? first;
    return { person, number: first.number.dial };
  });

/** The company that all of these people belong to; null if there is no such company. */
function commonCompany(people: readonly Person[]): string | null {
  // The entry of the company itself may have nothing but its name.
  const isOfOther = ({ name }: Person): boolean =>
    people.some(({ company }) => company !== '' && areOneCompany([company, name]));
  const companies = people.map((person) => (person.company === '' && isOfOther(person) ? person.name : person.company));
  return areOneCompany(companies) ? (companies[0] ?? null) : null;
}

/** The company of a number that nobody has: if "+49 30 12345-0" is known, "+49 30 12345-67" is the same company. */
function companyOfBlock({ key }: NumberKey, index: NumberIndex): Who | null {
  if (!/^\+4[39][0-9]+$/.test(key)) return null;
  const stems = Array.from({ length: MAX_DIRECT_DIGITS }, (_, at) => key.slice(0, key.length - 1 - at));
  if (!index.hasBlock(stems.filter((stem) => stem.length >= MIN_STEM_LENGTH))) return null;
  for (let length = key.length - 1; length >= Math.max(MIN_STEM_LENGTH, key.length - MAX_DIRECT_DIGITS); length -= 1) {
    const stem = key.slice(0, length);
    const rest = key.slice(length);
    const found = [...index.block(stem, true), ...(/^0{1,2}$/.test(rest) ? index.block(stem, false) : [])];
    if (found.length === 0) continue;
    const company = commonCompany(found.map(({ person }) => person));
    return company === null ? null : asCompany(found, company);
  }
  return null;
}

/** "Anna Berg (Berg GmbH)", "Anna Berg – Sales" */
const BETWEEN_NAMES = /[()[\]|/,;:]|\s[-–—·]\s/u;
/** A word of letters that look alike in two scripts, such as "Berg" with a Cyrillic В. Marks do not look like letters. */
const MIXED_SCRIPTS =
  /\p{Script=Latin}\p{M}*[[\p{Script=Cyrillic}\p{Script=Greek}]--\p{M}]|[[\p{Script=Cyrillic}\p{Script=Greek}]--\p{M}]\p{M}*\p{Script=Latin}/v;

/**
 * The result for a number that nobody has. A claim to be a person or a company of the directory is not shown, because
 * they have other numbers there.
 */
function unknown(number: string, claim: string, options: WhoOptions): Who {
  const keys = [claim, ...claim.split(BETWEEN_NAMES)].map(nameKey).filter((key) => key !== '');
  const isShown = claim !== '' && !MIXED_SCRIPTS.test(claim) && !keys.some(options.isKnownName);
  if (isShown) return { matches: [], shown: { kind: 'claim', claim, number } };
  return { matches: [], shown: number === '' ? { kind: 'hidden' } : { kind: 'number', number } };
}
