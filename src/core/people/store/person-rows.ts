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
  const digitsAfterAnswer = row['behind'];
  return {
    person: personOf(row),
    kind,
    number: {
      key: text(row['own']),
      dial: text(row['dial']),
      certain: row['certain'] === 1,
      isPublic: row['short'] !== 1,
      digitsAfterAnswer: typeof digitsAfterAnswer === 'string' ? digitsAfterAnswer : null,
    },
  };
}

/** Writes and deletes people with their rows in the indexes. Each call must be in a transaction. */
export class PersonRows {
  readonly #insert;
  readonly #number;
  readonly #words;
  readonly #digits;
  readonly #dropIndexes;
  readonly #dropPerson;
  readonly #setNameKey;

  constructor(database: Database) {
    this.#insert = database.prepare(
      `INSERT INTO person(source, gen, id, name, company, department, email, favourite, numbers, namekey, companykey)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#number = database.prepare(
      `INSERT INTO number(person, key, own, dial, kind, certain, short, behind, rev, stem, main)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#words = database.prepare('INSERT INTO words(rowid, name, rest, initials) VALUES (?, ?, ?, ?)');
    this.#digits = database.prepare('INSERT INTO digits(rowid, text) VALUES (?, ?)');
    this.#dropIndexes = [
      'DELETE FROM number WHERE person = ?',
      'DELETE FROM words WHERE rowid = ?',
      'DELETE FROM digits WHERE rowid = ?',
    ].map((sql) => database.prepare(sql));
    this.#dropPerson = database.prepare('DELETE FROM person WHERE pk = ?');
    this.#setNameKey = database.prepare('UPDATE person SET namekey = ?, companykey = ? WHERE pk = ?');
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
      nameKey(person.company),
    );
    this.#addIndexes(Number(lastInsertRowid), person, place);
  }

  /** Reads the name and the numbers of a person again, for another country or by other rules. */
  readAgain(pk: number, person: Person, place: NumberPlace): void {
    for (const statement of this.#dropIndexes) statement.run(pk);
    this.#setNameKey.run(nameKey(person.name), nameKey(person.company), pk);
    this.#addIndexes(pk, person, place);
  }

  drop(pk: number): void {
    for (const statement of [...this.#dropIndexes, this.#dropPerson]) statement.run(pk);
  }

  #addIndexes(pk: number, person: Person, place: NumberPlace): void {
    const dials = this.#addNumbers(pk, person, place);
    const { name, rest, initials, digits } = searchTextOf(person, dials);
    this.#words.run(pk, name.join(' '), rest.join(' '), initials);
    this.#digits.run(pk, digits);
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
          number.isPublic ? 0 : 1,
          number.digitsAfterAnswer,
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
