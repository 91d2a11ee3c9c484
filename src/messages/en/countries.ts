import { formatFor } from '../format.ts';
import type { CountrySource } from '../../shared/state.ts';

const { country } = formatFor('en');

const foundBy: Record<CountrySource, string> = {
  line: 'Taken from the number you call from.',
  tenant: 'Taken from the settings of the PBX.',
  number: 'Taken from your own numbers.',
  zone: 'Taken from your time zone on the PBX.',
  system: 'Taken from the settings of this computer.',
};

export const countries = {
  /** "Germany" */
  name: country,
  /** `code`: ISO 3166-1 alpha-2. */
  readAs: (code: string) => `Numbers without +: ${country(code)}`,
  /** How the country was found. */
  foundBy,
};
