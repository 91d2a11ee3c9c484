import { describe, expect, test } from 'vitest';
import { ContactList } from '../../../src/core/people/contact-list.ts';
import { readAllContacts } from '../../../src/core/people/import/read-file.ts';
import { people as words } from '../../../src/messages/en/people.ts';
import { DEFAULT_EXTENSIONS } from '../../../src/shared/dial-rules.ts';
import { FORMS } from './corpus/corpus.ts';
import { bytesOf, pairsOf, type Form, type Pair } from './corpus/form.ts';

function answers(form: Form): { pair: Pair; shown: string; names: string[] }[] {
  const place = { country: form.country, areaCode: form.areaCode ?? '', extensions: DEFAULT_EXTENSIONS };
  const read = readAllContacts(bytesOf(form), { source: form.name, place });
  if (!read.ok) throw new Error(`${form.name}: ${read.error.detail ?? read.error.code}`);
  const list = new ContactList(place);
  for (const person of read.value.people) list.add(person);
  const names = read.value.people.flatMap(({ name, company }) => [name, company]).filter((name) => name !== '');
  return pairsOf(form).map((pair) => {
    const { shown } = list.find(pair.caller, { matchLength: form.matchLength ?? null, limit: 20 });
    return { pair, shown: words.shown(shown, form.country), names };
  });
}

describe('shows who calls, from files as programs write them', () => {
  test.each(FORMS.map((form) => [form.name, form] as const))('%s', (_name, form) => {
    const found = answers(form).map(({ pair, shown }) => `${pair.caller} => ${shown}`);
    expect(found).toEqual(pairsOf(form).map(({ caller, shown }) => `${caller} => ${shown}`));
  });
});

test('never shows a name that is not the caller’s', () => {
  const wrong = FORMS.flatMap(answers).filter(
    ({ pair, shown, names }) => shown !== pair.shown && names.some((name) => shown.includes(name)),
  );
  expect(wrong.map(({ pair, shown }) => `${pair.caller}: ${shown}, not ${pair.shown}`)).toEqual([]);
});

test('has 700 pairs from 60 forms of files', () => {
  expect(FORMS.length).toBeGreaterThanOrEqual(60);
  expect(FORMS.reduce((sum, form) => sum + pairsOf(form).length, 0)).toBeGreaterThanOrEqual(700);
});
