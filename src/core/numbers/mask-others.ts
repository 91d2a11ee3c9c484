import type { ErrorCode } from '../../shared/errors.ts';
import { replaceIds } from './mask-ids.ts';

/** Replaces every character of a piece that is not a phone number. */
export const HIDDEN = '\uE001';

/** The kind of text that a masked piece looked like. */
export type Look = Extract<ErrorCode, `looks-${string}`>;

const DAY = '(?:0?[1-9]|[12][0-9]|3[01])';
const MONTH = '(?:0?[1-9]|1[0-2])';
const YEAR = '(?:19|20|21)[0-9]{2}';
// Not in the middle of a number that is written in groups.
const START = '(?<![0-9+*#]|[0-9)][-./ ])';
// With a four-digit year it is a date even after a number and a space.
const START_OF_DATE = '(?<![0-9+*#]|[0-9)][-./])';
const END = '(?![0-9]|[-./][0-9])';
const OPTIONAL_YEAR = `(?:\\.?|[./]${YEAR}|[./][0-9]{2})`;
/**
 * Ranges of days: "04.06-08.06.2015", "05.06. - 08.06", "4.-8.6.2015". Ranges with slashes and without a year are not
 * included, because they may be something else.
 */
const DAYS = [
  `${START_OF_DATE}${DAY}([./])${MONTH}${OPTIONAL_YEAR} {0,3}- {0,3}${DAY}\\1${MONTH}\\1(?:${YEAR}|[0-9]{2})${END}`,
  `${START_OF_DATE}${DAY}\\.? {0,3}- {0,3}${DAY}\\.${MONTH}\\.${YEAR}${END}`,
  `${START}${DAY}\\.${MONTH}\\.? {0,3}- {0,3}${DAY}\\.${MONTH}(?:\\.(?![0-9])|${END})`,
].map((days) => new RegExp(days, 'g'));
const MONEY_BEFORE =
  '(?:[€$£¥₹₽₩₺₪฿]|\\b(?:EUR|USD|GBP|CHF|JPY|INR|BRL|AUD|CAD|MXN|SEK|NOK|DKK|PLN|CZK|CNY|R\\$|Rs)\\.?)';
const MONEY_AFTER =
  '(?:[€$£¥₹₽₩₺₪฿]|(?:EUR|USD|GBP|CHF|JPY|INR|BRL|AUD|CAD|MXN|SEK|NOK|DKK|PLN|CZK|CNY|Euros?|dollars?|pounds?|kr|zł)(?![\\p{L}]))';
const AMOUNT = "[0-9]{1,12}(?:[.,' ][0-9]{3}(?![0-9])){0,5}(?:[.,][0-9]{1,2})?(?![0-9])";
const BYTE = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const HEX = '[0-9a-f]';

const CLOCK = '[0-9]{1,2}(?:[.:][0-9]{2})?';
/** Hours with their unit: "8 bis 12 Uhr", "9 to 5 pm", "24 h", "8h-12h". */
const HOURS = new RegExp(
  `(?<![0-9+.:-]|[0-9)][-/])${CLOCK}(?: ?h)?(?: ?(?:-|bis|to|till|until|à|a|al|do|až|tot|til|till|до|и|και|–) ?${CLOCK})? ?` +
    '(?:uhr|h|hrs?|hours?|std|stunden|horas?|heures?|ore|uur|timer|godz|óra|hod|saat|часов|ч|時|时|点|點|시)(?![\\p{L}\\p{N}-])',
  'giu',
);
/** A range after a word for the time: "kl. 8-17", "w godz. 8-16", "von 8 bis 12". */
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

// Words for streets, before the name or at its end.
const STREETS =
  '(?<!\\p{L})(?:via|viale|v\\.le|piazza|piazzale|p\\.zza|corso|c\\.so|largo|vicolo|strada|ul|ulica|al|aleja|aleje|pl|plac|os|osiedle|' +
  'rue|avenue|av|avda|bd|boulevard|place|calle|c/|plaza|paseo|rua|avenida|praça|travessa|str|strasse|straße)(?!\\p{L})[^0-9\\n|]{1,40}';
const STREET_ENDS =
  '\\p{L}(?:straße|strasse|str\\.?|gasse|platz|weg|allee|ring|straat|steenweg|laan|plein|gatan|vägen|gade|vej|katu|utca|út)[ ,.]{1,3}';
/** A house number and a postal code before a town: "Via Verdi 19 33070 Trento", "Długa 22 00-113 Warszawa". */
const HOUSE_AND_TOWN = new RegExp(
  `(?<![0-9+*#.-])(?=[1-9])(?<=${STREETS}|${STREET_ENDS})[1-9][0-9]{0,3}(?: ?[a-z](?!\\p{L}))?(?: ?/ ?[0-9]{1,4})?` +
    '(?:,? {0,2}- {0,2}|, {0,3}| {1,4})(?:[A-Z]{1,2}-)?(?:[0-9]{4,5}|[0-9]{2}-[0-9]{3}|[0-9]{4}-[0-9]{3})(?= {1,2}(?:[A-Z]{2} )?\\p{Lu})',
  'giu',
);

/**
 * The patterns of what is not a phone number. Their order matters, because a pattern does not see the text that an
 * earlier one has hidden. Every pattern is linear or bounded by counts.
 */
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
  ...DAYS.map((days) => ['looks-date', days] as const),
  ['looks-date', new RegExp(`${START_OF_DATE}${YEAR}([./-])${MONTH}\\1${DAY}${END}`, 'g')],
  ['looks-date', new RegExp(`${START}${YEAR} ${MONTH} ${DAY}(?![0-9]|[-./ ][0-9])`, 'g')],
  ['looks-date', new RegExp(`${START_OF_DATE}${DAY}([./-])${MONTH}\\1${YEAR}${END}`, 'g')],
  ['looks-date', new RegExp(`${START}${DAY}([./-])${MONTH}\\1[0-9]{2}${END}`, 'g')],
  ['looks-date', new RegExp(`${START_OF_DATE}${MONTH}([./-])${DAY}\\1${YEAR}${END}`, 'g')],
  ['looks-date', new RegExp(`${START}${MONTH}([./-])${DAY}\\1[0-9]{2}${END}`, 'g')],
  ['looks-date', new RegExp(`${START}${DAY}\\. ${MONTH}\\. ?(?:${YEAR})${END}`, 'g')],
  ['looks-date', new RegExp(`${START}${DAY}\\.${MONTH}\\.(?![0-9])`, 'g')],
  ['looks-address', HOUSE_AND_TOWN],
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
  // Geographic coordinates and postal codes
  ['looks-address', /-?[0-9]{1,3}\.[0-9]{3,15}°?(?:, ?| )-?[0-9]{1,3}\.[0-9]{3,15}(?![0-9.])/g],
  ['looks-address', /(?<!\p{L})CEP[:"' ]{0,5}[0-9]{5}-?[0-9]{3}(?![0-9]| [0-9])/giu],
  ['looks-address', /〒 ?[0-9]{3}-?[0-9]{4}/g],
  // Belgian company numbers, ISBNs and ISSNs, IBANs
  ['looks-reference', /(?<![\p{L}\p{N}])BE [01][0-9]{3}\.[0-9]{3}\.[0-9]{3}(?![0-9]|[.-][0-9])/gu],
  ['looks-reference', /(?<!\p{L})IS[BS]N(?:-1[03])?[: ]{0,3}[0-9][0-9 -]{6,16}[0-9X]/giu],
  ['looks-reference', /(?<![\p{L}\p{N}])[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?![\p{L}\p{N}])/gu],
];

/** Maximum distance between the start of a label and its piece, in characters. */
const LOOK_BACK = 20;

export interface MaskedText {
  /** The masked text. It has the length of the original. */
  text: string;
  /** The kinds of hidden pieces, in the order of the patterns. */
  looks: Look[];
}

export interface MaskOptions {
  /** True for a piece that stays visible. `before` is the text before it. */
  isNumber: (piece: string, before: string) => boolean;
  /** The text contains nothing but a number, as in a link. */
  isNumberOnly: boolean;
}

/** Hides texts with digits that are not phone numbers: addresses, dates, times, amounts, references. */
export function maskOthers(text: string, { isNumber, isNumberOnly }: MaskOptions): MaskedText {
  const looks: Look[] = [];
  const hide = (look: Look, found: string): string => {
    looks.push(look);
    return HIDDEN.repeat(found.length);
  };
  let masked = isNumberOnly ? text : replaceIds(text, (found) => hide('looks-reference', found));
  for (const [look, pattern] of OTHERS) {
    // A comma in a link is a pause, not part of an amount.
    if (isNumberOnly && look === 'looks-amount') continue;
    masked = masked.replace(pattern, (found, ...rest: unknown[]) => {
      const at = rest.find((value) => typeof value === 'number') ?? 0;
      return !/[0-9]/.test(found) || isNumber(found, text.slice(Math.max(0, at - LOOK_BACK), at))
        ? found
        : hide(look, found);
    });
  }
  return { text: masked, looks };
}
