import { getCountries, isSupportedCountry } from 'libphonenumber-js/max';
import type { FoundCountry } from '../../shared/state.ts';
import { planOf, readByPlan } from './numbering-plan.ts';

/** Countries that a PBX names for one user: ISO 3166-1 alpha-2 in capitals, '' if it names none. */
export interface CountryHints {
  /** The country of the numbers that the user's calls show. */
  line: string;
  /** The country of the tenant. */
  tenant: string;
  /** The country that a time zone of the user or the tenant belongs to. */
  zone: string;
}

export const NO_COUNTRY_HINTS: CountryHints = { line: '', tenant: '', zone: '' };

export interface CountryEvidence {
  hints: CountryHints;
  /** Other numbers of the user, the most reliable first. Only numbers with a + count. */
  numbers: readonly string[];
  /** The region of the operating system. */
  system: string;
}

/**
 * Finds the country in which the user dials from the best evidence; null without any. The user's own line comes before
 * the tenant, because a branch abroad has numbers of its own.
 */
export function findCountry({ hints, numbers, system }: CountryEvidence): FoundCountry | null {
  const found: readonly FoundCountry[] = [
    { code: hints.line, from: 'line' },
    { code: hints.tenant, from: 'tenant' },
    { code: firstCountryOf(numbers), from: 'number' },
    { code: hints.zone, from: 'zone' },
    { code: system.toUpperCase(), from: 'system' },
  ];
  return found.find(({ code }) => isSupportedCountry(code)) ?? null;
}

/** The country of the first number that is in E.164 with its + and exists; '' for none. */
export function firstCountryOf(numbers: readonly string[]): string {
  for (const number of numbers.slice(0, MAX_NUMBERS)) {
    const dial = number.replace(/[\s()./-]/g, '');
    const { parsed, valid } = E164.test(dial) ? readByPlan(dial) : { parsed: undefined, valid: false };
    if (valid && parsed?.country !== undefined) return parsed.country;
  }
  return '';
}

const E164 = /^\+[1-9][0-9]{6,14}$/;
/** More numbers than any user has. It limits the work if a PBX lists very many. */
const MAX_NUMBERS = 100;

// Alpha-3 codes whose first two letters are not the alpha-2 code. The alpha-2 code follows each of them.
const ALPHA_3 =
  'ABWAW AGOAO ALAAX ANDAD AREAE ARMAM ATAAQ ATFTF ATGAG AUTAT BDIBI BENBJ BESBQ BGDBD BHSBS BIHBA BLRBY BLZBZ BRBBB ' +
  'BRNBN CAFCF CHLCL CHNCN CODCD COGCG COKCK COMKM CPVCV CUWCW CYMKY DNKDK ESHEH ESTEE FLKFK FROFO FSMFM GINGN GLPGP ' +
  'GNBGW GNQGQ GRDGD GRLGL GUFGF GUYGY IRLIE IRQIQ ISRIL JAMJM KAZKZ KORKR LBRLR LBYLY MACMO MAFMF MDGMG MDVMV MEXMX ' +
  'MLTMT MNEME MNPMP MOZMZ MTQMQ MYTYT NIUNU PAKPK PLWPW PNGPG POLPL PRKKP PRTPT PRYPY PYFPF SENSN SGSGS SLBSB SLVSV ' +
  'SPMPM SRBRS SURSR SVKSK SVNSI SWESE SWZSZ SYCSC TCDTD TKMTM TUNTN TURTR TUVTV UKRUA URYUY WLFWF';
const IRREGULAR = new Map(ALPHA_3.split(' ').map((pair) => [pair.slice(0, 3), pair.slice(3)]));

/** Turns an ISO 3166-1 alpha-3 or alpha-2 code into alpha-2; '' for any other text. */
export function countryOfIso(code: string): string {
  const letters = code.trim().toUpperCase();
  if (!/^[A-Z]{2,3}$/.test(letters)) return '';
  const found = IRREGULAR.get(letters) ?? letters.slice(0, 2);
  return isSupportedCountry(found) ? found : '';
}

/**
 * Reads a country as PortSIP writes it, for example "Angola(244)". Returns '' if no country has that calling code, or if
 * several share it and none of them has that name.
 */
export function countryOfName(text: string): string {
  const [, name = '', callingCode = ''] = /^(.*?)\s*\(\+?([0-9]{1,4})\)\s*$/.exec(text.trim()) ?? [];
  const sharing = getCountries().filter((country) => planOf(country)?.callingCode === callingCode);
  const [only, ...others] = sharing;
  if (only !== undefined && others.length === 0) return only;
  const names = new Intl.DisplayNames(['en'], { type: 'region' });
  return sharing.find((country) => names.of(country)?.toLowerCase() === name.toLowerCase()) ?? '';
}

/** The country of an IANA time zone; '' if the zone belongs to no country, such as UTC, or to several. */
export function countryOfZone(zone: string): string {
  const wanted = canonicalZone(zone);
  return wanted === '' ? '' : (countriesByZone().get(wanted) ?? '');
}

let byZone: ReadonlyMap<unknown, string> | null = null;

/** Made once: asking Intl for the zones of every country takes a tenth of a second. */
function countriesByZone(): ReadonlyMap<unknown, string> {
  if (byZone !== null) return byZone;
  const found = new Map<unknown, string>();
  for (const country of getCountries()) {
    for (const zone of new Set(zonesOf(country))) found.set(zone, found.has(zone) ? '' : country);
  }
  return (byZone = found);
}

/** "Asia/Kolkata" and "Asia/Calcutta" are one zone; '' for a text that is not a zone. */
function canonicalZone(zone: string): string {
  try {
    return zone === '' ? '' : new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return '';
  }
}

/** Calls a method that is missing in the types and in older runtimes. */
function zonesOf(country: string): readonly unknown[] {
  const locale = new Intl.Locale(`und-${country}`);
  const list: unknown = Reflect.get(locale, 'getTimeZones');
  const zones: unknown = typeof list === 'function' ? Reflect.apply(list, locale, []) : [];
  return Array.isArray(zones) ? zones : [];
}
