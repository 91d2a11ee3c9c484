import google from 'google-libphonenumber';
import { isEmergency } from '../src/core/numbers/emergency.ts';

/** Gabon's police has 1300; libphonenumber's pattern takes the whole block behind it. */
const NOT_MEANT = /^GA 13[0-9]{2}$/;

export interface EmergencyDifference {
  /** "DE 110": libphonenumber has it as an emergency number of that country, and we do not. */
  missing: string[];
  /** The other way round, without 112 and 911, which count everywhere. */
  added: string[];
}

/** Our emergency numbers beside those of libphonenumber's short-number metadata, country by country. */
export function emergencyDifference(): EmergencyDifference {
  const theirs = google.ShortNumberInfo.getInstance();
  const difference: EmergencyDifference = { missing: [], added: [] };
  const candidates = shortNumbers();
  for (const country of theirs.getSupportedRegions().sort()) {
    for (const number of candidates) {
      const ours = isEmergency(number, country);
      if (ours === theirs.isEmergencyNumber(number, country)) continue;
      const named = `${country} ${number}`;
      if (!ours && !NOT_MEANT.test(named)) difference.missing.push(named);
      if (ours && number !== '112' && number !== '911') difference.added.push(named);
    }
  }
  return difference;
}

/** Every emergency number has two to four digits, or five that begin with 10. */
function shortNumbers(): string[] {
  const upTo = (end: number, digits: number): string[] =>
    Array.from({ length: end }, (_, number) => String(number).padStart(digits, '0'));
  return [...upTo(100, 2), ...upTo(1_000, 3), ...upTo(10_000, 4), ...upTo(11_000, 5).slice(10_000)];
}
