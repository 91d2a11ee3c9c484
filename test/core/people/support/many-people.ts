import type { Person } from '../../../../src/core/people/person.ts';

const FIRST =
  'Anna Bo Céline Dörte Emil Fátima Gül Håkon Inès Jürgen Kasia Łukasz Maria Nuño Olga Pétur Quentin Rósa Sören Zoë'.split(
    ' ',
  );
const LAST =
  'Abel Berg Çelik Dvořák Eßer Fuchs Groß Høj Ito Jäger Kowalski Lefèvre Müller Novák Öztürk Peña Röhl Weiß Young Žák'.split(
    ' ',
  );
const DEPARTMENTS = ['Sales', 'Einkauf', 'Support', 'Buchhaltung', 'Technik'];

/** So many people with accents, one German number each, some of them in companies; the same ones each time. */
export function* manyPeople(count: number, source = 'test'): Generator<Person> {
  for (let at = 0; at < count; at += 1) {
    const first = FIRST[at % FIRST.length] ?? '';
    const last = LAST[Math.floor(at / FIRST.length) % LAST.length] ?? '';
    const company = at % 3 === 0 ? '' : `Firma ${at % 997} GmbH`;
    yield {
      id: String(at),
      source,
      name: `${first} ${last}-${at}`,
      company,
      department: DEPARTMENTS[at % DEPARTMENTS.length] ?? '',
      email: `p${at}@example.com`,
      numbers: [{ kind: 'work', written: numberOf(at) }],
      favourite: false,
    };
  }
}

/** "030 2000000" and on. */
export const numberOf = (at: number): string => `030 ${2_000_000 + at}`;
export const callerOf = (at: number): string => `+4930${2_000_000 + at}`;
