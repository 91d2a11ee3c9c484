import fc from 'fast-check';
import { readDial } from '../../../src/core/dial/read-dial.ts';
import { DEFAULT_DIAL_RULES } from '../../support/default-dial-rules.ts';
import type { DialPlan, DialReading } from '../../../src/shared/dial.ts';

export const RUNS = { numRuns: 300 };

export const read = (text: string, country: string): DialReading =>
  readDial(text, { provenance: 'typed', rules: { ...DEFAULT_DIAL_RULES, country } });
export const plansOf = (reading: DialReading): DialPlan[] =>
  reading.found === 'one' ? [reading.plan] : reading.found === 'choose' ? reading.candidates : [];
export const dialled = (text: string, country: string): string[] =>
  plansOf(read(text, country)).map(({ dial }) => dial);

/** Valid numbers, as they are written in their country. */
export const NUMBERS = {
  US: [
    ['(201) 555-0123', '+12015550123'],
    ['917-555-0199', '+19175550199'],
  ],
  GB: [
    ['020 7946 0018', '+442079460018'],
    ['07911 123456', '+447911123456'],
  ],
  DE: [
    ['030 231250', '+4930231250'],
    ['0171 3920012', '+491713920012'],
  ],
  FR: [
    ['01 99 00 12 34', '+33199001234'],
    ['06 12 34 56 78', '+33612345678'],
  ],
} as const;
export const country = fc.constantFrom('US', 'GB', 'DE', 'FR');
export const pair = country.map((code) => ({ code, a: NUMBERS[code][0], b: NUMBERS[code][1] }));
