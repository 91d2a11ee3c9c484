import parsePhoneNumber, { isSupportedCountry } from 'libphonenumber-js/min';
import { plainText } from './plain-text.ts';

/** Longer texts are no numbers and are cut. */
const MAX_SHOWN = 64;

/**
 * Formats a number for people: "+12015550123" becomes "+1 201 555 0123". With a `country` (ISO 3166-1 alpha-2), this also
 * formats its national numbers. An extension after a number stays: "+12015550123 ext. 12". Other
 * text, such as extensions and codes, is only cleaned. The digits never change.
 */
export function showNumber(number: string, country: string): string {
  const text = plainText(number, MAX_SHOWN);
  const extension = / ext\. [0-9]+$/.exec(text)?.[0];
  if (extension !== undefined) return `${showNumber(text.slice(0, -extension.length), country)}${extension}`;
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
