import { expect, test } from 'vitest';
import { officeDirectories } from '../../src/demo/office-directory.ts';

const entriesOf = (directory: ReturnType<typeof officeDirectories>['company']) =>
  directory.diff(directory.begin())?.items ?? [];

test('the office has about 80 people, each with a department and an extension of their own', () => {
  const people = entriesOf(officeDirectories().extensions);
  expect(people.length).toBeGreaterThanOrEqual(78);
  expect(people.length).toBeLessThanOrEqual(90);
  expect(people.filter(({ department }) => department === '')).toEqual([]);
  expect(new Set(people.map((person) => person['extension_number'])).size).toBe(people.length);
  expect(new Set(people.map((person) => person['display_name'])).size).toBe(people.length);
});

test('every number of the directory is reserved for fiction', () => {
  const { extensions, company } = officeDirectories();
  const numbers = [...entriesOf(extensions), ...entriesOf(company)].flatMap((entry) =>
    ['work_phone', 'business', 'mobile_phone'].flatMap((field) => {
      const number = entry[field];
      return typeof number === 'string' ? [number] : [];
    }),
  );
  const others = numbers.filter(
    (number) =>
      number !== '' && !/^\+1\d{3}55501\d\d$|^\+4420794600?\d{3}$|^\+493023125\d{3}$|^\+331990\d{5}$/.test(number),
  );
  expect(others).toEqual([]);
});
