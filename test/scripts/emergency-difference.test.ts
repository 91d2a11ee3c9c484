import { expect, test } from 'vitest';
import { emergencyDifference } from '../../scripts/emergency-difference.ts';

// Three million short numbers.
const TIMEOUT_MS = 120_000;

/** National ones that libphonenumber leaves out. */
const ADDED = {
  BR: ['180', '191', '194', '199'],
  BY: ['104'],
  CH: ['1414'],
  ES: ['061', '062', '080', '091', '092'],
  FR: ['114', '115', '119', '196'],
  IN: ['1091', '1098'],
  IT: ['117'],
  JP: ['118'],
  KR: ['110', '122'],
  KZ: ['104', '109'],
  PE: ['106'],
  RU: ['104'],
  SA: ['996', '998'],
  TR: ['156', '177'],
  UA: ['104'],
};

test(
  'every emergency number of libphonenumber is an emergency number, and each addition is on the list',
  () => {
    const { missing, added } = emergencyDifference();
    expect(missing).toEqual([]);
    expect(added).toEqual(
      Object.entries(ADDED).flatMap(([country, all]) => all.map((number) => `${country} ${number}`)),
    );
  },
  TIMEOUT_MS,
);
