/** Sequences that occur in names only when the text was decoded with the wrong code page. */
const UNLIKELY: readonly RegExp[] = [
  // Symbols inside words: "£ukasz".
  /(?<=\p{L})[^\p{L}\p{M}\p{N}\s.,;:'’"()/+@_&|#*-]+|[¡-¿×÷](?=\p{Ll})/gu,
  // Two accented letters in a row: "Èâàíîâ", "MÃ¼ller".
  /[À-ž]{2}/gu,
  // Control characters, private use and half-width katakana.
  /[\u0080-\u009f\ue000-\uf8ff\uff61-\uff9f]/gu,
  // A lower-case letter directly before an upper-case one, outside ASCII: "öÜ".
  /[ß-öø-ÿа-яα-ω][À-ÖØ-ÞА-ЯΑ-Ω]/gu,
  // The same after a letter of ASCII: "ZoŽ", "J…rg".
  /(?<=[a-z])[À-ÖØ-ÞŠŒŽŸ]/gu,
  // Letters that Windows and Macs have in place of each other's "ö", "ß", "Ä" and "ü".
  /[ˆﬂƒ]|Ÿ(?=\p{Ll})/gu,
];

/** Letters of two scripts in one word, or Latin letters with marks of Arabic or Hebrew. */
const TWO_SCRIPTS =
  /\p{Script=Latin}[\u0591-\u05c7\u064b-\u0652\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Han}\p{Script=Bopomofo}\p{Script=Hangul}]|[\u0591-\u05c7\u064b-\u0652\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Han}\p{Script=Bopomofo}\p{Script=Hangul}]\p{Script=Latin}/gu;
/** Two accented letters also stand together in some languages, two scripts in none. */
const SCRIPTS_WEIGHT = 3;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** How many places of a text look as if it was decoded with the wrong code page. */
export const isMojibake = (text: string): number =>
  UNLIKELY.reduce((sum, pattern) => sum + count(text, pattern), count(text, TWO_SCRIPTS) * SCRIPTS_WEIGHT);
