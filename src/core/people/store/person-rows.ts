import { z } from 'zod';
import type { NumberPlace } from '../../numbers/national-number.ts';
import { nameKey } from '../names.ts';
import { termsOf, type NumberEntry } from '../number-index.ts';
import type { NumberKind } from '../../../shared/people.ts';
import type { Person, PersonNumber } from '../person.ts';
import { searchTextOf } from '../search.ts';
import type { Database } from '../../store/database.ts';

export type Row = Record<string, unknown>;

const kinds = ['work', 'mobile', 'home', 'main', 'fax', 'extension', 'sip', 'other'] as const satisfies NumberKind[];
const numbersSchema = z.array(
  z.object({ kind: z.enum(kinds), written: z.string(), asItStands: z.boolean().exactOptional() }),
) satisfies z.ZodType<PersonNumber[]>;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export function personOf(row: Row): Person {
  return {
    id: text(row['id']),
    source: text(row['source']),
    name: text(row['name']),
    company: text(row['company']),
    department: text(row['department']),
    email: text(row['email']),
    favourite: row['favourite'] === 1,
    numbers: numbersOf(text(row['numbers'])),
  };
}

function numbersOf(json: string): PersonNumber[] {
  try {
    return numbersSchema.parse(JSON.parse(json));
  } catch {
    return [];
  }
}

export function entryOf(row: Row): NumberEntry {
  const kind = kinds.find((known) => known === row['kind']) ?? 'other';
  const behind = row['behind'];
  return {
    person: personOf(row),
    kind,
    number: {
      key: text(row['own']),
      dial: text(row['dial']),
      certain: row['certain'] === 1,
      short: row['short'] === 1,
      behind: typeof behind === 'string' ? behind : null,
    },
  };
}

/** Writes and deletes people with their rows in the indexes. Each call must be in a transaction. */
export class PersonRows {
  readonly #insert;
  readonly #number;
  readonly #words;
  readonly #digits;
  readonly #deletes;
  readonly #dropNumbers;

  constructor(database: Database) {
    this.#insert = database.prepare(
      `INSERT INTO person(source, gen, id, name, company, department, email, favourite, numbers, namekey)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#number = database.prepare(
      `INSERT INTO number(person, key, own, dial, kind, certain, short, behind, rev, stem, main)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#words = database.prepare('INSERT INTO words(rowid, name, rest, initials) VALUES (?, ?, ?, ?)');
    this.#digits = database.prepare('INSERT INTO digits(rowid, text) VALUES (?, ?)');
    this.#dropNumbers = database.prepare('DELETE FROM number WHERE person = ?');
    this.#deletes = [
      'DELETE FROM words WHERE rowid = ?',
      'DELETE FROM digits WHERE rowid = ?',
      'DELETE FROM person WHERE pk = ?',
    ].map((sql) => database.prepare(sql));
  }

  add(person: Person, gen: number, place: NumberPlace): void {
    const { lastInsertRowid } = this.#insert.run(
      person.source,
      gen,
      person.id,
      person.name,
      person.company,
      person.department,
      person.email,
      person.favourite ? 1 : 0,
      JSON.stringify(person.numbers),
      nameKey(person.name),
    );
    const pk = Number(lastInsertRowid);
    const dials = this.#addNumbers(pk, person, place);
    const { name, rest, initials, digits } = searchTextOf(person, dials);
    this.#words.run(pk, name.join(' '), rest.join(' '), initials);
    this.#digits.run(pk, digits);
  }

  /** Reads the numbers of a person again, for another country. */
  renumber(pk: number, person: Person, place: NumberPlace): void {
    this.#dropNumbers.run(pk);
    this.#addNumbers(pk, person, place);
  }

  drop(pk: number): void {
    this.#dropNumbers.run(pk);
    for (const statement of this.#deletes) statement.run(pk);
  }

  #addNumbers(pk: number, person: Person, place: NumberPlace): string[] {
    return termsOf(person, place).map(({ entry, keys, digits, stem, main }) => {
      const { number, kind } = entry;
      for (const [at, key] of keys.entries()) {
        // Columns other than the key are only filled in the first row.
        const first = at === 0;
        this.#number.run(
          pk,
          key,
          number.key,
          number.dial,
          kind,
          number.certain ? 1 : 0,
          number.short ? 1 : 0,
          number.behind,
          first ? reversed(digits) : '',
          first ? stem : '',
          main ? 1 : 0,
        );
      }
      return number.dial;
    });
  }
}

/** Reverses a number, because an index can find its end only as the beginning of another text. */
export const reversed = (digits: string): string => Array.from(digits).reverse().join('');
