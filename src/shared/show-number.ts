import parsePhoneNumber, { isSupportedCountry } from 'libphonenumber-js/min';
import { plainText } from './plain-text.ts';

/** Longer texts are not numbers; they are cut for display. */
const MAX_SHOWN = 64;

/**
 * A number for people: "+12015550123" -> "+1 201 555 0123"; with a `country` (ISO 3166-1 alpha-2) also its national
 * numbers. Extensions, codes and other text are shown unchanged, as one safe line. The digits never change.
 */
export function showNumber(number: string, country: string): string {
  const text = plainText(number, MAX_SHOWN);
  const global = /^\+[1-9][0-9]{6,14}$/.test(text);
  if (!global && !(/^[0-9]{6,15}$/.test(text) && isSupportedCountry(country))) return text;
  const defaultCountry = isSupportedCountry(country) ? country : undefined;
  const parsed = parsePhoneNumber(text, {
    extract: false,
    ...(defaultCountry === undefined ? {} : { defaultCountry }),
  });
  if (parsed === undefined) return text;
  const shown = global ? parsed.formatInternational() : parsed.formatNational();
  return shown.replace(/[^+0-9]/g, '') === text ? shown : text;
}
