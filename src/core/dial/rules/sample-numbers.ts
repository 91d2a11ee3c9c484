import parsePhoneNumber, { getCountryCallingCode, isSupportedCountry, type CountryCode } from 'libphonenumber-js/max';
import type { DialRules } from '../../../shared/dial-rules.ts';
import type { DialReading } from '../../../shared/dial.ts';
import type { RuleReason, SampleKind, SampleLine } from '../../../shared/rule-bench.ts';
import { DEFAULT_SETTINGS } from '../../settings/defaults.ts';
import type { DialSituation } from '../guards/situation.ts';
import { guardsFor } from '../guards/guards.ts';
import { readDial } from '../read-dial.ts';
import { nationalForm } from './national-form.ts';

/**
 * A premium-rate number of each country, from the examples in libphonenumber's data. A test compares them with that
 * data. They are only shown with the effect of the rules, never dialled.
 */
export const PREMIUM_SAMPLES: Readonly<Record<string, string>> = {
  AE: '+971900234567',
  AT: '+43900123456',
  AU: '+611900123456',
  BE: '+3290012345',
  BR: '+55500123456',
  CA: '+19002123456',
  CH: '+41900123456',
  CN: '+8616812345',
  CZ: '+420900123456',
  DE: '+499001234567',
  DK: '+4590123456',
  ES: '+34803123456',
  FI: '+358600123456',
  FR: '+33891123456',
  GB: '+449012345678',
  GR: '+309091234567',
  HK: '+85290012345678',
  HU: '+3690123456',
  IE: '+3531520123456',
  IL: '+9721919123456',
  IN: '+911861123456789',
  IT: '+39899123456',
  JP: '+81990123456',
  KR: '+82602345678',
  LU: '+35290012345',
  MX: '+529001234567',
  NL: '+319061234',
  NO: '+4782012345',
  NZ: '+64900123456',
  PL: '+48701234567',
  PT: '+351760123456',
  RO: '+40900123456',
  SA: '+966925012345',
  SE: '+469001234567',
  SG: '+6519001234567',
  SK: '+421900123456',
  TR: '+909001234567',
  US: '+19002345678',
  ZA: '+27862345678',
};
const AMERICAN_PREMIUM = '+19002345678';
const AMERICAN = '+12015550123';
const BRITISH = '+442079460958';

/** Guards that look at the number that the PBX gets. The others also depend on earlier calls, or on the link. */
const GUARDS_OF_RULES: readonly RuleReason[] = ['emergency', 'feature-code', 'rewritten', 'premium-rate', 'satellite'];

/**
 * Shows the effect of the rules on a number of each kind. The window displays it before the user saves rules from a file.
 * `extension` is the user's, or ''.
 */
export function sampleOf(rules: DialRules, extension: string): SampleLine[] {
  return sampleNumbers(rules.country, extension).map(([kind, text]) => {
    const reading = readDial(text, { provenance: 'typed', rules });
    return { kind, text, reading, reasons: reasonsOf(reading, rules.country) };
  });
}

function sampleNumbers(country: string, extension: string): [SampleKind, string][] {
  const domestic = isSupportedCountry(country) ? ordinaryNumber(country) : undefined;
  const national = domestic === undefined ? null : nationalForm(domestic, country);
  const american = isSupportedCountry(country) && getCountryCallingCode(country) === '1';
  const premium = PREMIUM_SAMPLES[country] ?? AMERICAN_PREMIUM;
  return [
    ['extension', extension === '' ? '1001' : extension],
    ...(national === null ? [] : [['national', national.full] satisfies [SampleKind, string]]),
    ['international', american || country === '' ? BRITISH : AMERICAN],
    ['emergency', american ? '911' : '112'],
    ['premium', nationalForm(premium, country)?.full ?? premium],
  ];
}

const ordinaryNumbers = new Map<CountryCode, string>();

/**
 * A number that a subscriber of the country may have. The metadata in the program contains no examples, so this tries
 * digits until the numbering plan accepts them.
 */
function ordinaryNumber(country: CountryCode): string | undefined {
  const known = ordinaryNumbers.get(country);
  if (known !== undefined) return known;
  for (let area = 20; area < 1000; area += 1) {
    for (const digits of ['2345678', '234567', '23456', '2345']) {
      const number = `+${getCountryCallingCode(country)}${area}${digits}`;
      const read = parsePhoneNumber(number);
      if (read?.country === country && /^(?:FIXED|MOBILE)/.test(read.getType() ?? '')) {
        ordinaryNumbers.set(country, number);
        return number;
      }
    }
  }
  return undefined;
}

function reasonsOf(reading: DialReading, country: string): RuleReason[] {
  if (reading.found !== 'one') return [];
  const noCalls = { ownCalls: [], placed: null, dialledNumbers: [], recents: [] };
  const situation: DialSituation = { plan: reading.plan, provenance: 'typed', now: 0, country, ...noCalls };
  const ids = guardsFor(situation, DEFAULT_SETTINGS.dialling.guards).map(({ id }) => id);
  return GUARDS_OF_RULES.filter((reason) => ids.includes(reason));
}
