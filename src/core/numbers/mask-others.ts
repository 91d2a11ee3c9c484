import type { ErrorCode } from '../../shared/errors.ts';
import { replaceIds } from './mask-ids.ts';

/** Stands in a masked text for every character of something that is no phone number. */
export const HIDDEN = '\uE001';

/** What a masked piece looked like. */
export type Look = Extract<ErrorCode, `looks-${string}`>;

const DAY = '(?:0?[1-9]|[12][0-9]|3[01])';
const MONTH = '(?:0?[1-9]|1[0-2])';
const YEAR = '(?:19|20|21)[0-9]{2}';
// Not in the middle of a number that is written in groups.
const START = '(?<![0-9+*#]|[0-9)][-./ ])';
// A year of four digits makes it a date behind a number and a space, too.
const START_OF_DATE = '(?<![0-9+*#]|[0-9)][-./])';
const END = '(?![0-9]|[-./][0-9])';
const MONEY_BEFORE =
  '(?:[€$£¥₹₽₩₺₪฿]|\\b(?:EUR|USD|GBP|CHF|JPY|INR|BRL|AUD|CAD|MXN|SEK|NOK|DKK|PLN|CZK|CNY|R\\$|Rs)\\.?)';
const MONEY_AFTER =
  '(?:[€$£¥₹₽₩₺₪฿]|(?:EUR|USD|GBP|CHF|JPY|INR|BRL|AUD|CAD|MXN|SEK|NOK|DKK|PLN|CZK|CNY|Euros?|dollars?|pounds?|kr|zł)(?![\\p{L}]))';
const AMOUNT = "[0-9]{1,12}(?:[.,' ][0-9]{3}(?![0-9])){0,5}(?:[.,][0-9]{1,2})?(?![0-9])";
const BYTE = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const HEX = '[0-9a-f]';

const CLOCK = '[0-9]{1,2}(?:[.:][0-9]{2})?';
/** "8 bis 12 Uhr", "9 to 5 pm", "24 h", "8h-12h": hours behind their unit. */
const HOURS = new RegExp(
  `(?<![0-9+.:-]|[0-9)][-/])${CLOCK}(?: ?h)?(?: ?(?:-|bis|to|till|until|à|a|al|do|až|tot|til|till|до|и|και|–) ?${CLOCK})? ?` +
    '(?:uhr|h|hrs?|hours?|std|stunden|horas?|heures?|ore|uur|timer|godz|óra|hod|saat|часов|ч|時|时|点|點|시)(?![\\p{L}\\p{N}-])',
  'giu',
);
/** "kl. 8-17", "w godz. 8-16", "von 8 bis 12": a range behind a word for the time. */
const HOURS_NAMED = new RegExp(
  `(?<!\\p{L})(?:kl|klo|klokka|klockan|ore|godz|od|von|from|ab|de|das|dalle|entre)\\.? ?${CLOCK} ?(?:-|bis|to|til|till|do|à|a|às|alle) ?${CLOCK}(?![0-9]|[.:-][0-9])`,
  'giu',
);
/** "5. Etage", "3rd floor", "2. OG" */
const FLOOR =
  /(?<![0-9+.:-]|[0-9)][-/])[0-9]{1,2}(?:\.|st|nd|rd|th|e|er|ère|ème|º|°|\.º|ª)? ?(?:etage|étage|stock(?:werk)?|og|ug|obergeschoss|floor|fl|piso|andar|piano|verdieping|våning|kerros|krs|sal|patro|piętro|emelet|kat|этаж|階|楼|樓|층)(?!\p{L})/giu;
/** "12 Mitarbeiter", "3 km" */
const COUNT =
  /(?<![0-9+.:-]|[0-9)][-/])[0-9]{1,4} ?(?:mitarbeiter(?:innen)?|personen|plätze|jahre|tage|wochen|monate|minuten|min|sekunden|sek|prozent|stück|seiten|zimmer|km|m²|qm|kg|cm|mm|employees|seats|years|days|weeks|months|minutes|mins?|seconds|pages|rooms|guests|miles|ans|jours|personnes|minutos|minuti|días|dias|años|anos|anni|giorni|jaar|dagen|medewerkers|år|dagar|anställda|dni|lat|osób|лет|дней|минут|чел|年|名|人|分|歳)(?!\p{L})/giu;

/** In this order: what is found first is gone for those behind it. Every pattern is linear, or bounded by counts. */
const OTHERS: readonly (readonly [look: Look, pattern: RegExp])[] = [
  ['looks-address', /(?<![\p{L}\p{N}])[a-z][a-z0-9+.-]{1,20}:\/\/[^\s<>"]+|(?<![\p{L}\p{N}])www\.[^\s<>"]+/giu],
  ['looks-address', /(?<![^\s<>()"',;:])[^\s<>()"',;:@]{1,64}@[^\s<>()"',;@]+/gu],
  // MAC addresses, IPv6, IPv4 with a port or a mask
  ['looks-address', new RegExp(`(?<![0-9a-z:-])(?:${HEX}{2}[:-]){5}${HEX}{2}(?![0-9a-z:-])`, 'gi')],
  ['looks-address', /(?<![0-9a-z.])(?=[0-9.]{0,11}[a-f])[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}(?![0-9a-z.])/gi],
  ['looks-address', new RegExp(`${START}(?:${BYTE}\\.){3}${BYTE}(?:/[0-9]{1,2}|:[0-9]{1,5})?${END}`, 'g')],
  // Versions, times and dates
  ['looks-reference', /(?<!\p{L})v(?:ersion|er)?\.? ?[0-9]{1,5}(?:\.[0-9]{1,6}){0,4}(?![0-9])/giu],
  ['looks-date', new RegExp(`${START_OF_DATE}${YEAR}-${MONTH}-${DAY}T[0-9:.+Z-]{4,25}`, 'gi')],
  ['looks-date', /(?<![0-9:+])[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,6})?)?(?: ?[ap]\.?m\b\.?)?(?![0-9:])/gi],
  ['looks-address', new RegExp(`(?<![0-9a-z:])(?:${HEX}{0,4}:){2,7}${HEX}{0,4}(?![0-9a-z:])`, 'gi')],
  ['looks-date', new RegExp(`${START_OF_DATE}${YEAR}([./-])${MONTH}\\1${DAY}${END}`, 'g')],
  ['looks-date', new RegExp(`${START}${YEAR} ${MONTH} ${DAY}(?![0-9]|[-./ ][0-9])`, 'g')],
  ['looks-date', new RegExp(`${START_OF_DATE}${DAY}([./-])${MONTH}\\1${YEAR}${END}`, 'g')],
  ['looks-date', new RegExp(`${START}${DAY}([./-])${MONTH}\\1[0-9]{2}${END}`, 'g')],
  ['looks-date', new RegExp(`${START_OF_DATE}${MONTH}([./-])${DAY}\\1${YEAR}${END}`, 'g')],
  ['looks-date', new RegExp(`${START}${MONTH}([./-])${DAY}\\1[0-9]{2}${END}`, 'g')],
  ['looks-date', new RegExp(`${START}${DAY}\\. ${MONTH}\\. ?(?:${YEAR})${END}`, 'g')],
  ['looks-date', new RegExp(`${START}${DAY}\\.${MONTH}\\.(?![0-9])`, 'g')],
  ['looks-date', HOURS],
  ['looks-date', HOURS_NAMED],
  ['looks-date', /(?<=[0-9)] ?)\((?:[1-9]|1[0-2]) ?- ?(?:[1-9]|1[0-9]|2[0-4])\)(?! ?[0-9])/g],
  ['looks-date', /(?<![0-9+])[0-9]{1,2}(?:[.:-][0-9]{1,2}){0,3} ?(?:Uhr|h[0-9]{2}|[ap]\.m\.|[ap]m)(?!\p{L})/giu],
  ['looks-date', /(?<![0-9/])24\/7(?![0-9/])/g],
  ['looks-address', FLOOR],
  ['looks-amount', COUNT],
  [
    'looks-date',
    /(?<!\p{L})(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)\p{L}{0,7}\.? [0-9]{1,2}(?:st|nd|rd|th)?(?:,? ?[0-9]{4})?(?![0-9]|[-./ ][0-9])/giu,
  ],
  [
    'looks-date',
    /(?<![0-9+])[0-9]{1,2}(?:\.|st|nd|rd|th)? ?(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)\p{L}{0,7}\.?(?: ?[0-9]{4})?(?![0-9])/giu,
  ],
  // Amounts
  ['looks-amount', new RegExp(`${MONEY_BEFORE} ?${AMOUNT}`, 'giu')],
  ['looks-amount', new RegExp(`(?<![0-9+])${AMOUNT}(?:,?-)? ?${MONEY_AFTER}`, 'giu')],
  ['looks-amount', /(?<![0-9+])[0-9]{1,9}(?:[.,][0-9]{1,3})? ?%(?![0-9a-f]{2})/gi],
  ['looks-amount', /(?<![0-9+.,'-])[0-9]{1,3}(?:,[0-9]{3}){1,5}(?:\.[0-9]{1,2})?(?![0-9]|[.,'-][0-9])/g],
  ['looks-amount', /(?<![0-9+.,'-])[0-9]{1,3}(?:[.' ][0-9]{3}){1,5},[0-9]{1,2}(?![0-9]|[.,'-][0-9])/g],
  ['looks-amount', /(?<![0-9+.,'-])[0-9]{1,3}(?:'[0-9]{3}){1,5}(?![0-9]|[.,'-][0-9])/g],
  ['looks-amount', /(?<![0-9+.,'()/-]|[0-9)] )[0-9]{1,9}[.,][0-9]{1,2}(?![0-9#]|[.,' ()/-]{1,2}[0-9])/g],
  // A place on the map
  ['looks-address', /-?[0-9]{1,3}\.[0-9]{3,15}°?(?:, ?| )-?[0-9]{1,3}\.[0-9]{3,15}(?![0-9.])/g],
  ['looks-address', /(?<!\p{L})CEP[: ]{0,3}[0-9]{5}-?[0-9]{3}(?![0-9]| [0-9])/giu],
  ['looks-address', /〒 ?[0-9]{3}-?[0-9]{4}/g],
  // Books and accounts
  ['looks-reference', /(?<!\p{L})IS[BS]N(?:-1[03])?[: ]{0,3}[0-9][0-9 -]{6,16}[0-9X]/giu],
  ['looks-reference', /(?<![\p{L}\p{N}])[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?![\p{L}\p{N}])/gu],
];

/** How far in front of a piece its label may begin. */
const LOOK_BACK = 20;

export interface MaskedText {
  /** As long as the text that was given. */
  text: string;
  /** What was hidden, in the order of the patterns. */
  looks: Look[];
}

/** Hides what holds digits and is no phone number: addresses, dates, times, amounts, references. */
export function maskOthers(
  text: string,
  isNumber: (piece: string, before: string) => boolean,
  declared: boolean,
): MaskedText {
  const looks: Look[] = [];
  const hide = (look: Look, found: string): string => {
    looks.push(look);
    return HIDDEN.repeat(found.length);
  };
  let masked = declared ? text : replaceIds(text, (found) => hide('looks-reference', found));
  for (const [look, pattern] of OTHERS) {
    // A comma in a link is a pause.
    if (declared && look === 'looks-amount') continue;
    masked = masked.replace(pattern, (found, ...rest: unknown[]) => {
      const at = rest.find((value) => typeof value === 'number') ?? 0;
      return !/[0-9]/.test(found) || isNumber(found, text.slice(Math.max(0, at - LOOK_BACK), at))
        ? found
        : hide(look, found);
    });
  }
  return { text: masked, looks };
}
