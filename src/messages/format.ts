import type { Language } from '../shared/language.ts';

const SECOND = 1000;
const DAY = 24 * 60 * 60 * SECOND;

/** The region whose dates and times are used when the computer is set to another language. */
const DEFAULT_LOCALES: Record<Language, string> = { en: 'en-GB', de: 'de-DE' };

/** The forms of a noun phrase; `#` stands for the number. Both languages have only these two forms. */
export interface PluralForms {
  one: string;
  other: string;
}

/** Numbers, lists and times in one language. All times are ms since 1970, in the time zone of this computer. */
export interface Format {
  number: (value: number) => string;
  /** "1 call", "2,000 calls". */
  plural: (count: number, forms: PluralForms) => string;
  /** "a, b and c". */
  and: (items: readonly string[]) => string;
  /** "a, b or c". */
  or: (items: readonly string[]) => string;
  /** The time of day as this computer writes it: "10:42", "10:42 AM". */
  clockTime: (ms: number) => string;
  /** "12 November 2026". */
  date: (ms: number) => string;
  /** When something happened, as a list shows it: "10:42" today, "Yesterday", "Monday", "12 Nov", "12 Nov 2025". */
  when: (ms: number, now: number) => string;
  /** How long something took: "48 sec", "3 min", "1 hr 5 min"; less than a second counts as one. */
  length: (seconds: number) => string;
  /** The name of a weekday: "Mon", "Monday". `index`: 0 for Monday. */
  weekday: (index: number, length: 'short' | 'long') => string;
  /** The name of a country. `code`: ISO 3166-1 alpha-2 in capitals. */
  country: (code: string) => string;
}

const formats = new Map<Language, Format>();

/** The format of a language; dates and times follow the region of this computer if it has the same language. */
export function formatFor(language: Language): Format {
  let format = formats.get(language);
  if (format === undefined) {
    format = createFormat(() => localeFor(language, new Intl.DateTimeFormat().resolvedOptions().locale));
    formats.set(language, format);
  }
  return format;
}

/** `system`: the locale of this computer as a BCP 47 tag. */
export function localeFor(language: Language, system: string): string {
  return new Intl.Locale(system).language === language ? system : DEFAULT_LOCALES[language];
}

/**
 * Each formatter of Intl is created when it is first needed: they take milliseconds that a start does not have. `findLocale`
 * is called then, too, because the first formatter of a process loads the data of all.
 */
export function createFormat(findLocale: () => string): Format {
  const locale = once(findLocale);
  const number = once(() => new Intl.NumberFormat(locale()));
  const rules = once(() => new Intl.PluralRules(locale()));
  const both = once(() => new Intl.ListFormat(locale(), { type: 'conjunction' }));
  const either = once(() => new Intl.ListFormat(locale(), { type: 'disjunction' }));
  const time = once(() => new Intl.DateTimeFormat(locale(), { hour: 'numeric', minute: '2-digit' }));
  const longDate = once(() => new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'long', year: 'numeric' }));
  const countries = once(() => new Intl.DisplayNames(locale(), { type: 'region' }));
  return {
    number: (value) => number().format(value),
    plural: (count, { one, other }) =>
      (rules().select(count) === 'one' ? one : other).replaceAll('#', number().format(count)),
    and: (items) => both().format(items),
    or: (items) => either().format(items),
    clockTime: (ms) => time().format(ms),
    date: (ms) => longDate().format(ms),
    when: (ms, now) => {
      const days = Math.round((midnight(now) - midnight(ms)) / DAY);
      return days <= 0 ? time().format(ms) : dayWords(locale(), ms, now, days);
    },
    length: (seconds) => lengthWords(new Intl.Locale(locale()).language, seconds),
    weekday: (index, length) =>
      // 1 January 2024 was a Monday.
      new Intl.DateTimeFormat(locale(), { weekday: length, timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + index)),
    country: (code) => countries().of(code) ?? code,
  };
}

/** A day that was `days` days ago. */
function dayWords(locale: string, ms: number, now: number, days: number): string {
  if (days === 1)
    return capitalised(new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-1, 'day'), locale);
  if (days < 7) return new Intl.DateTimeFormat(locale, { weekday: 'long' }).format(ms);
  const isThisYear = new Date(ms).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    ...(isThisYear ? {} : { year: 'numeric' }),
  }).format(ms);
}

/** `language` without a region: British English would write "3 mins". */
function lengthWords(language: string, seconds: number): string {
  const unit = (name: string, value: number): string =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
  if (seconds < 60) return unit('second', Math.max(1, Math.floor(seconds)));
  const minutes = Math.round(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const parts = [hours > 0 ? unit('hour', hours) : '', minutes % 60 > 0 ? unit('minute', minutes % 60) : ''];
  return parts.filter((part) => part !== '').join(' ');
}

/** A running time as a telephone shows it, the same in every language: "0:07", "12:40", "1:02:03". Never negative. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND));
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60) % 60;
  const hours = Math.floor(seconds / 3600);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

const capitalised = (text: string, locale: string): string => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);

const midnight = (ms: number): number => new Date(ms).setHours(0, 0, 0, 0);

function once<T>(create: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= create());
}
