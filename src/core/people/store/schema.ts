import type { Database } from '../../store/database.ts';

/** Must be increased when numbers or names are read differently. The rows made from them are then made again. */
const READING_VERSION = 7;

/** See OpenDatabaseOptions. */
export const PEOPLE_MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE source(name TEXT PRIMARY KEY, gen INTEGER NOT NULL, token TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE person(
    pk INTEGER PRIMARY KEY, source TEXT NOT NULL, gen INTEGER NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL,
    company TEXT NOT NULL, department TEXT NOT NULL, email TEXT NOT NULL, favourite INTEGER NOT NULL,
    numbers TEXT NOT NULL, namekey TEXT NOT NULL);
  CREATE UNIQUE INDEX person_id ON person(source, gen, id);
  CREATE INDEX person_name ON person(namekey);
  CREATE INDEX person_favourite ON person(pk) WHERE favourite = 1;
  CREATE TABLE number(
    person INTEGER NOT NULL, key TEXT NOT NULL, own TEXT NOT NULL, dial TEXT NOT NULL, kind TEXT NOT NULL,
    certain INTEGER NOT NULL, short INTEGER NOT NULL, behind TEXT, rev TEXT NOT NULL, stem TEXT NOT NULL,
    main INTEGER NOT NULL);
  CREATE INDEX number_key ON number(key);
  CREATE INDEX number_rev ON number(rev) WHERE rev <> '';
  CREATE INDEX number_stem ON number(stem, main) WHERE stem <> '';
  CREATE INDEX number_person ON number(person);
  CREATE TABLE standing(key TEXT PRIMARY KEY, calls INTEGER NOT NULL, last INTEGER NOT NULL) WITHOUT ROWID;
  CREATE VIRTUAL TABLE words USING fts5(name, rest, initials, content='', contentless_delete=1, prefix='1 2 3',
    tokenize='unicode61 remove_diacritics 0');
  CREATE VIRTUAL TABLE digits USING fts5(text, content='', contentless_delete=1, tokenize='trigram');
`,
  `
  ALTER TABLE person ADD COLUMN companykey TEXT NOT NULL DEFAULT '';
  CREATE INDEX person_company ON person(companykey) WHERE companykey <> '';
`,
];

export function tune(database: Database): void {
  database.exec('PRAGMA cache_size = -8000; PRAGMA trusted_schema = OFF;');
}

/** Reads a page of each table, so that damage to the file is noticed. */
export function readAllTables(database: Database): void {
  database.prepare('SELECT count(*) FROM source').get();
  database.prepare('SELECT pk FROM person ORDER BY pk DESC LIMIT 1').get();
  database.prepare("SELECT rowid FROM words WHERE words MATCH 'a*' LIMIT 1").get();
}

/** A key for the way in which numbers were read. It changes with the place and with READING_VERSION. */
export const readingOf = (place: { country: string; areaCode: string; extensions: string }): string =>
  JSON.stringify([READING_VERSION, place.country, place.areaCode, place.extensions]);
