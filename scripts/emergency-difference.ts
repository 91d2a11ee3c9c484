import google from 'google-libphonenumber';
import { isEmergency } from '../src/core/numbers/emergency.ts';

/** The police in Gabon has 1300. libphonenumber's pattern matches the whole block 13xx. */
const TOO_WIDE = /^GA 13[0-9]{2}$/;

export interface EmergencyDifference {
  /** "DE 110": libphonenumber has it as an emergency number of that country, and we do not. */
  missing: string[];
  /** The other way round, without 112 and 911, which count everywhere. */
  added: string[];
}

/** Compares our emergency numbers with those of libphonenumber's short-number metadata, country by country. */
export function emergencyDifference(): EmergencyDifference {
  const theirs = google.ShortNumberInfo.getInstance();
  const difference: EmergencyDifference = { missing: [], added: [] };
  const candidates = shortNumbers();
  for (const country of theirs.getSupportedRegions().sort()) {
    for (const number of candidates) {
      const ours = isEmergency(number, country);
      if (ours === theirs.isEmergencyNumber(number, country)) continue;
      const named = `${country} ${number}`;
      if (!ours && !TOO_WIDE.test(named)) difference.missing.push(named);
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
