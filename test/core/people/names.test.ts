import { describe, expect, test } from 'vitest';
import { areOneCompany, groupByName, isSameName, nameKey } from '../../../src/core/people/names.ts';

describe('spellings of one name', () => {
  test.each([
    ['Jürgen Weiß', 'JÜRGEN WEISS'],
    ['Jürgen Weiß', 'Juergen Weiss'],
    ['Jürgen', 'Jurgen'],
    ['Anna Müller', 'Anna Mueller'],
    ['Łukasz Żak', 'Lukasz Zak'],
    ['Işık Yılmaz', 'IŞIK YILMAZ'],
    ['İlker Can', 'ilker can'],
    ['Søren Ørsted', 'Soeren Oersted'],
    ['Åse Kjær', 'Aase Kjaer'],
    ['Berg, Anna', 'Anna Berg'],
    ['Acme, Inc.', 'Acme Inc.'],
    ["Sean O'Brien", 'SEAN OBRIEN'],
    ['Sean O’Brien', 'Sean O Brien'],
    ['Jean-Luc Picard', 'Jean Luc Picard'],
    ['Юрий Ёлкин', 'Юрий Елкин'],
    ['Ελένη', 'Ελενη'],
    ['バナ', 'ﾊﾞﾅ'],
  ])('%s and %s', (one, other) => {
    expect(isSameName(one, other)).toBe(true);
    expect(nameKey(one)).toBe(nameKey(other));
  });
});

describe('names of two people', () => {
  test.each([
    ['Martin Paul', 'Paul Martin'],
    ['Martin, Paul', 'Martin Paul'],
    ['Jürgen Weis', 'Jürgen Weiß'],
    ['Anna Muller', 'Anna Mueller'],
    ['Isak', 'Isaak'],
    ['राम शर्मा', 'रमा शर्मा'],
    ['ハナ', 'バナ'],
    ['たかだ', 'たかた'],
    ['กุ้ง', 'กิ่ง'],
    ['Ann Abel', 'Anna Bel'],
  ])('%s and %s', (one, other) => {
    expect(isSameName(one, other)).toBe(false);
  });
});

test.each([
  ['Müller', 'Muller', 'Mueller'],
  ['Müller', 'Mueller', 'Muller'],
  ['Muller', 'Müller', 'Mueller'],
  ['Muller', 'Mueller', 'Müller'],
  ['Mueller', 'Müller', 'Muller'],
  ['Mueller', 'Muller', 'Müller'],
])('%s, %s and %s are one person', (...names) => {
  expect(groupByName(names, (name) => name)).toEqual([names]);
  expect(groupByName([...names, 'Berg', ...names], (name) => name)).toEqual([[...names, ...names], ['Berg']]);
});

test('compares a claimed name without the order of its words', () => {
  expect(nameKey('BERG Anna')).toBe(nameKey('Anna Berg'));
});

test('groups many rows in linear time', () => {
  const names = Array.from({ length: 20_000 }, (_, at) => `Person ${at % 10_000}`);
  expect(groupByName(names, (name) => name)).toHaveLength(10_000);
});

describe('companies', () => {
  test.each([
    [['Siemens AG', 'Siemens'], true],
    [['Acme, Inc.', 'ACME Inc', 'Acme Incorporated'], true],
    [['Müller & Söhne GmbH & Co. KG', 'Mueller & Soehne'], true],
    [['Berg GmbH', 'Berg KG'], false],
    [['Berg GmbH', 'Berg', 'Berg KG'], false],
    [['Berg GmbH', 'Tal GmbH'], false],
    [['AG', 'KG'], false],
    [['', ''], false],
    [['***', '***'], false],
    [[], false],
  ])('%j are one: %s', (companies, one) => {
    expect(areOneCompany(companies)).toBe(one);
  });
});
