import type { NumberPlace } from '../numbers/national-number.ts';
import { blockOf, nationalForms, otherForms, plainKey, readKeys, type NumberKey } from './number-keys.ts';
import { namesCompany } from './names.ts';
import type { NumberKind } from '../../shared/people.ts';
import type { Person } from './person.ts';

/** One number of one person in the index. */
export interface NumberEntry {
  person: Person;
  kind: NumberKind;
  number: NumberKey;
}

/**
 * Finds people by a number, in memory or in the database. A block is all numbers of a company that begin with the same
 * digits, its stem.
 */
export interface NumberIndex {
  /** Entries whose number, in any of its forms, is `key`. */
  exact(key: string): readonly NumberEntry[];
  /** Entries of public numbers that end with these digits. */
  endingIn(digits: string): readonly NumberEntry[];
  /** Entries in the block with this stem: the number of the switchboard (`main`), or the other numbers. */
  block(stem: string, main: boolean): readonly NumberEntry[];
  /** True if one of the stems is that of a block. This is a quick check, because most numbers are in no block. */
  hasBlock(stems: readonly string[]): boolean;
}

/** The texts by which a number of a person is found. */
export interface NumberTerms {
  entry: NumberEntry;
  /** All forms of the number; see NumberIndex.exact. */
  keys: string[];
  /** The digits for NumberIndex.endingIn; '' for a number or address that is only compared in full. */
  digits: string;
  /** The stem of its block, and whether it is the switchboard; '' if it is in no block. */
  stem: string;
  main: boolean;
}

/** The index entries for all numbers of a person. */
export function termsOf(person: Person, place: NumberPlace): NumberTerms[] {
  return person.numbers.flatMap(({ kind, written, asItStands = false }) => {
    if (kind === 'sip' || asItStands) return [plainTerms(person, kind, kind === 'sip' ? sipKey(written) : written)];
    return readKeys(written, place).map((number): NumberTerms => {
      const forms = otherForms(number, place, false);
      const national = place.country === '' ? nationalForms(forms[0] ?? number.key) : [];
      const isShared = namesCompany(person.company) && kind !== 'home' && kind !== 'mobile';
      const block = isShared ? blockOf(written, number) : null;
      return {
        entry: { person, kind, number },
        keys: [...new Set([number.key, ...forms, ...national])],
        digits: number.isPublic ? number.key.replace(/[^0-9]/g, '') : '',
        stem: block?.stem ?? '',
        main: block?.main ?? false,
      };
    });
  });
}

/** The entry of a SIP address, or of a number that must not be completed, which can still match by its last digits. */
function plainTerms(person: Person, kind: NumberKind, key: string): NumberTerms {
  return {
    entry: { person, kind, number: plainKey(key) },
    keys: [key],
    digits: kind === 'sip' ? '' : key,
    stem: '',
    main: false,
  };
}

/** "sip:Anna@Example.com;transport=tls" -> "anna@example.com" */
export const sipKey = (address: string): string =>
  address
    .replace(/^(?:sips?|xmpp|im) *:/i, '')
    .replace(/[;?].*$/s, '')
    .trim()
    .toLowerCase();

/** The index in memory, for one file or a PBX without a database. */
export class MemoryIndex implements NumberIndex {
  readonly #place: NumberPlace;
  readonly #exact = new Map<string, NumberEntry[]>();
  readonly #blocks = new Map<string, NumberEntry[]>();
  readonly #all: { digits: string; entry: NumberEntry }[] = [];
  readonly #endings = new Map<number, Map<string, NumberEntry[]>>();

  constructor(place: NumberPlace) {
    this.#place = place;
  }

  add(person: Person): void {
    for (const { entry, keys, digits, stem, main } of termsOf(person, this.#place)) {
      for (const key of keys) push(this.#exact, key, entry);
      if (stem !== '') push(this.#blocks, main ? `${stem}!` : stem, entry);
      if (digits !== '') this.#all.push({ digits, entry });
    }
    this.#endings.clear();
  }

  exact(key: string): readonly NumberEntry[] {
    return this.#exact.get(key) ?? [];
  }

  block(stem: string, main: boolean): readonly NumberEntry[] {
    return this.#blocks.get(main ? `${stem}!` : stem) ?? [];
  }

  hasBlock(stems: readonly string[]): boolean {
    return stems.some((stem) => this.#blocks.has(stem) || this.#blocks.has(`${stem}!`));
  }

  endingIn(digits: string): readonly NumberEntry[] {
    const { length } = digits;
    const known = this.#endings.get(length) ?? this.#endingsOf(length);
    return known.get(digits) ?? [];
  }

  #endingsOf(length: number): Map<string, NumberEntry[]> {
    const endings = new Map<string, NumberEntry[]>();
    for (const { digits, entry } of this.#all) {
      if (digits.length >= length) push(endings, digits.slice(-length), entry);
    }
    this.#endings.set(length, endings);
    return endings;
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
